namespace CrystalHpc.Core.StructureFiles;

/// <summary>A column of per-atom values while it is read.</summary>
internal abstract class FrameColumn
{
    /// <summary>Reads one more value; false when it is none of the column's type.</summary>
    public abstract bool TryAdd(ReadOnlySpan<char> field);

    /// <summary>The column as an array of the frame.</summary>
    public abstract FrameArray Complete();

    /// <summary>A column of a type of extended XYZ: R, I, L or S. Null for another letter.</summary>
    public static FrameColumn? Create(string name, char type, int width) => type switch
    {
        'R' => new Column<double>(name, width, NumberText.TryParseReal),
        'I' => new Column<long>(name, width, NumberText.TryParseInteger),
        'L' => new Column<bool>(name, width, NumberText.TryParseLogical),
        'S' => new Column<string>(name, width, static (field, out value) =>
        {
            value = field.ToString();
            return true;
        }),
        _ => null,
    };

    private delegate bool Parser<T>(ReadOnlySpan<char> field, out T value);

    private sealed class Column<T>(string name, int width, Parser<T> parse) : FrameColumn where T : notnull
    {
        private readonly List<T> _values = [];

        public override bool TryAdd(ReadOnlySpan<char> field)
        {
            if (!parse(field, out T value))
                return false;
            _values.Add(value);
            return true;
        }

        public override FrameArray Complete() => new FrameArray<T>(name, width, [.. _values]);
    }
}
