namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// The lines of a text, one at a time, without a string for each. A line ends with a line feed, with or without a carriage return.
/// </summary>
/// <param name="reader">The text.</param>
/// <param name="longestLine">Longest line that is read, characters.</param>
internal sealed class LineSource(TextReader reader, int longestLine = 1 << 26)
{
    private char[] _buffer = new char[1 << 16];
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _isReturned;

    /// <summary>Number of the last line read, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>True when the text was left at a line that is longer than allowed.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Reads the next line; its span lives until the next call. False at the end of the text.</summary>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        if (!_isReturned && !TryFind())
        {
            line = default;
            return false;
        }

        _isReturned = false;
        Number++;
        line = _buffer.AsSpan(_lineStart, _lineLength);
        return true;
    }

    /// <summary>Reads the next line that holds more than white space. False at the end of the text.</summary>
    public bool TryReadFilled(out ReadOnlySpan<char> line)
    {
        while (TryRead(out line))
        {
            if (!line.IsWhiteSpace())
                return true;
        }

        return false;
    }

    /// <summary>The last line will be read once more.</summary>
    public void Return()
    {
        _isReturned = true;
        Number--;
    }

    private bool TryFind()
    {
        int searched = _start;
        while (true)
        {
            int at = _buffer.AsSpan(searched, _end - searched).IndexOf('\n');
            if (at >= 0)
                return Take(searched + at, searched + at + 1);
            searched = _end;
            if (_end == _buffer.Length && !MakeRoom(ref searched))
                return false;
            int count = reader.Read(_buffer, _end, _buffer.Length - _end);
            if (count == 0)
                return _start < _end && Take(_end, _end);
            _end += count;
        }
    }

    private bool Take(int end, int next)
    {
        _lineStart = _start;
        _lineLength = end - _start - (end > _start && _buffer[end - 1] == '\r' ? 1 : 0);
        _start = next;
        return true;
    }

    // Moves the unread part to the front, or doubles the buffer when the line fills it.
    private bool MakeRoom(ref int searched)
    {
        if (_start == 0 && _buffer.Length >= longestLine)
        {
            (IsCutOff, _start, _end) = (true, 0, 0);
            return false;
        }

        char[] target = _start > 0 ? _buffer : new char[2 * _buffer.Length];
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        searched -= _start;
        _end -= _start;
        (_buffer, _start) = (target, 0);
        return true;
    }
}
