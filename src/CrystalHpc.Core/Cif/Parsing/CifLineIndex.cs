namespace CrystalHpc.Core.Cif;

/// <summary>
/// Turns offsets into lines and columns. Built only when first asked: most files are read without anyone asking. Checkpoints at a
/// fixed distance keep every answer cheap, however long the lines. A line ends with LF, CR LF or a lone CR.
/// </summary>
internal sealed class CifLineIndex
{
    private const int Distance = 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly (int Line, int LineStart)[] _checkpoints;

    public CifLineIndex(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _checkpoints = new (int, int)[(bytes.Length / Distance) + 1];
        (int Line, int LineStart) place = (1, 0);
        for (int i = 0; i < _checkpoints.Length; i++)
        {
            _checkpoints[i] = place;
            place = Advance(place, i * Distance, Math.Min((i + 1) * Distance, bytes.Length));
        }
    }

    /// <summary>Line and byte column of an offset, both from 1.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        int checkpoint = offset / Distance;
        (int line, int lineStart) = Advance(_checkpoints[checkpoint], checkpoint * Distance, offset);
        return (line, offset - lineStart + 1);
    }

    private (int Line, int LineStart) Advance((int Line, int LineStart) place, int from, int to)
    {
        ReadOnlySpan<byte> bytes = _bytes.Span;
        ReadOnlySpan<byte> part = bytes[from..to];

        // The CR of a CR LF does not end the line; its LF does.
        if (part.EndsWith((byte)'\r') && to < bytes.Length && bytes[to] == '\n')
            part = part[..^1];
        int last = part.LastIndexOfAny((byte)'\n', (byte)'\r');
        if (last < 0)
            return place;
        int lines = part.Count((byte)'\n');
        int returns = part.Count((byte)'\r');
        if (returns > 0)
            lines += returns - part.Count("\r\n"u8);
        return (place.Line + lines, from + last + 1);
    }
}
