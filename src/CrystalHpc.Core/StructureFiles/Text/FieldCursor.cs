namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// The fields of a line, separated by spaces and tabs. Other white space of Unicode separates nothing: programs disagree on it.
/// </summary>
internal ref struct FieldCursor(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;

    /// <summary>Takes the next field; false when there is none.</summary>
    public bool TryNext(out ReadOnlySpan<char> field)
    {
        _rest = _rest.TrimStart(" \t");
        int end = _rest.IndexOfAny(' ', '\t');
        field = end < 0 ? _rest : _rest[..end];
        _rest = _rest[field.Length..];
        return field.Length > 0;
    }

    /// <summary>How many fields are left.</summary>
    public readonly int CountRest()
    {
        FieldCursor copy = this;
        int count = 0;
        while (copy.TryNext(out _))
            count++;
        return count;
    }

    /// <summary>How many fields a line has.</summary>
    public static int Count(ReadOnlySpan<char> line) => new FieldCursor(line).CountRest();
}
