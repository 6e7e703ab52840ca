namespace CrystalHpc.Core.Cif;

/// <summary>
/// Turns offsets into lines and columns. Built only when first asked: most files are read without anyone asking. Checkpoints at a
/// fixed distance keep every answer cheap, however long the lines. A line ends with LF, CR LF or a lone CR.
/// </summary>
internal sealed class CifLineIndex
{
    private const int Distance = 4096;

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
        while (true)
        {
            int offset = bytes[from..to].IndexOfAny((byte)'\n', (byte)'\r');
            if (offset < 0)
                return place;
            from += offset + 1;

            // The CR of a CR LF does not end the line; its LF does.
            if (bytes[from - 1] == '\n' || from >= bytes.Length || bytes[from] != '\n')
                place = (place.Line + 1, from);
        }
    }
}
