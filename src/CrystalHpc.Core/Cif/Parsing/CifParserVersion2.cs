namespace CrystalHpc.Core.Cif;

/// <summary>
/// The words of CIF 2.0 (Bernstein et al., J. Appl. Cryst. 49 (2016) 277), where they differ from CIF 1.1: the next quote closes a
/// quote, triple quotes hold line ends, brackets and braces enclose lists and tables. A list or table becomes one value.
/// </summary>
internal ref partial struct CifParser
{
    /// <summary>Reads the whole file by the rules of CIF 2.0.</summary>
    public void RunVersion2()
    {
        CifScanner scanner = _scanner;
        int position = 0;
        while ((position = scanner.SkipWhiteSpace(position)) < _bytes.Length)
        {
            position = _bytes[position] switch
            {
                (byte)'#' => scanner.LineEnd(position),
                (byte)'_' => ReadTag(position, scanner.WordEnd(position)),
                (byte)'\'' or (byte)'"' => ReadQuotedVersion2(position),
                (byte)';' when scanner.IsLineStart(position) => ReadTextField(position),
                (byte)'[' or (byte)'{' => ReadContainer(position),
                (byte)']' or (byte)'}' => SkipStrayBracket(position),
                _ => ReadWordVersion2(position, scanner.WordEnd(position)),
            };
        }

        _assembler.Finish();
    }

    private int ReadQuotedVersion2(int start)
    {
        int next = SkipQuotedVersion2(start, out CifToken token);
        if (next < _bytes.Length && _bytes[next] > 0x20)
        {
            _findings.Add(CifFindings.MissingSpace, next, "no white space follows the quoted value");

            // A file of CIF 1.1 with the wrong first line: 'O'Brien' is one value.
            bool isWithin = token.Kind == CifTokenKind.Quoted && char.IsAsciiLetterOrDigit((char)_bytes[next]);
            if (isWithin && _scanner.TryFindQuoteEnd(next, _bytes[start], out int end))
            {
                token = new CifToken(start + 1, end - start - 1, CifTokenKind.Quoted);
                next = end + 1;
            }
        }

        _assembler.AddValue(start, token);
        return next;
    }

    /// <summary>Finds the end of a value between quotes or triple quotes.</summary>
    private readonly int SkipQuotedVersion2(int start, out CifToken token)
    {
        byte quote = _bytes[start];
        ReadOnlySpan<byte> rest = _bytes[start..];
        if (rest.Length >= 3 && rest[1] == quote && rest[2] == quote)
        {
            int length = rest[3..].IndexOf(rest[..3]);
            if (length < 0)
                _findings.Add(CifFindings.UnterminatedTripleQuote, start, "triple quote is open at the end of the file");
            token = new CifToken(start + 3, length < 0 ? rest.Length - 3 : length, CifTokenKind.TripleQuoted);
            return length < 0 ? _bytes.Length : start + length + 6;
        }

        int offset = rest[1..].IndexOfAny(quote, (byte)'\n', (byte)'\r');
        int end = offset < 0 ? _bytes.Length : start + 1 + offset;
        bool isClosed = offset >= 0 && _bytes[end] == quote;
        int next = isClosed ? end + 1 : end;
        if (!isClosed)
            end = ReportOpenQuote(start, end);
        token = new CifToken(start + 1, end - start - 1, CifTokenKind.Quoted);
        return next;
    }

    private int ReadContainer(int start)
    {
        int end = SkipContainer(start);
        _assembler.AddValue(start, new CifToken(start, end - start, CifTokenKind.Container));
        if (end < _bytes.Length && _bytes[end] > 0x20)
            _findings.Add(CifFindings.MissingSpace, end, "no white space follows the list or table");
        return end;
    }

    private readonly int SkipStrayBracket(int position)
    {
        _findings.Add(CifFindings.StrayBracket, position, $"closes nothing: {_bytes.Slice(position, 1)}");
        return position + 1;
    }

    private int ReadWordVersion2(int start, int end)
    {
        ReadOnlySpan<byte> word = _bytes[start..end];
        if (word.Length >= 5 && TryReadReservedWord(start, word))
            return end;
        if (word[0] == '$')
            _findings.Add(CifFindings.ReservedStart, start, $"unquoted value starts with a reserved character: {word}");
        if (word.IndexOfAny("[]{}"u8) >= 0)
            _findings.Add(CifFindings.BracketInWord, start, $"unquoted value holds a bracket: {word}");
        bool isMissing = word.Length == 1 && word[0] is (byte)'?' or (byte)'.';
        _assembler.AddValue(start, new CifToken(start, word.Length, isMissing ? CifTokenKind.Missing : CifTokenKind.Bare));
        return end;
    }
}
