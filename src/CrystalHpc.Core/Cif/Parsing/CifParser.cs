namespace CrystalHpc.Core.Cif;

/// <summary>
/// The words of CIF 1.1: tells tags, values in all their quotes, comments and reserved words apart, looking at each byte once.
/// </summary>
internal ref partial struct CifParser
{
    // Shorter stretches of plain words get a token for each word at once.
    private const int LeastPlainWords = 16;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly CifFindingCollector _findings;
    private readonly CifScanner _scanner;
    private CifAssembler _assembler;

    public CifParser(ReadOnlySpan<byte> bytes, CifContentBuilder content, CifFindingCollector findings)
    {
        _bytes = bytes;
        _findings = findings;
        _scanner = new CifScanner(bytes);
        _assembler = new CifAssembler(bytes, content, findings);
    }

    /// <summary>Reads the whole file by the rules of CIF 1.1.</summary>
    public void Run()
    {
        // A local copy of the scanner stays in registers.
        CifScanner scanner = _scanner;
        int position = 0;
        int knownPlainEnd = 0;
        while ((position = scanner.SkipWhiteSpace(position)) < _bytes.Length)
        {
            byte first = _bytes[position];
            if (!CifPlainWords.IsSpecialStart(first))
            {
                if (_assembler.TakesPlainWords && position >= knownPlainEnd)
                {
                    knownPlainEnd = CifPlainWords.Skip(_bytes, position, out int count);
                    if (count >= LeastPlainWords)
                    {
                        _assembler.AddPlainWords(position, knownPlainEnd, count);
                        position = knownPlainEnd;
                        continue;
                    }
                }

                int end = scanner.WordEnd(position);
                _assembler.AddValue(position, CifToken.PlainWord(_bytes, position, end));
                position = end;
                continue;
            }

            position = first switch
            {
                (byte)'#' => scanner.LineEnd(position),
                (byte)'_' => ReadTag(position, scanner.WordEnd(position)),
                (byte)'\'' or (byte)'"' => ReadQuoted(position),
                (byte)';' when scanner.IsLineStart(position) => ReadTextField(position),
                _ => ReadWord(position, scanner.WordEnd(position)),
            };
        }

        _assembler.Finish();
    }

    private int ReadTag(int start, int end)
    {
        _assembler.AddTag(start, end);
        return end;
    }

    private int ReadQuoted(int start)
    {
        bool isClosed = _scanner.TryFindQuoteEnd(start + 1, _bytes[start], out int end);
        int next = isClosed ? end + 1 : end;
        if (!isClosed)
            end = ReportOpenQuote(start, end);
        _assembler.AddValue(start, new CifToken(start + 1, end - start - 1, CifTokenKind.Quoted));
        return next;
    }

    /// <summary>Reports a quote that its line does not close, and says where the last word of the line ends.</summary>
    private readonly int ReportOpenQuote(int start, int end)
    {
        while (_bytes[end - 1] <= 0x20)
            end--;
        _findings.Add(CifFindings.UnterminatedQuote, start, $"quote is not closed: {_bytes[start..end]}");
        return end;
    }

    private int ReadTextField(int start)
    {
        int next = SkipTextField(start, out int end, out bool isClosed);
        if (isClosed && next < _bytes.Length && _bytes[next] > 0x20)
            _findings.Add(CifFindings.TextFieldTail, end, "no white space follows the end of the text field");

        // The line end before the closing semicolon is part of the delimiter.
        if (isClosed || (end > start + 1 && _bytes[end - 1] is (byte)'\n' or (byte)'\r'))
            end -= end - 2 > start && _bytes[end - 1] == '\n' && _bytes[end - 2] == '\r' ? 2 : 1;
        _assembler.AddValue(start, new CifToken(start + 1, end - start - 1, CifTokenKind.TextField));
        return next;
    }

    private readonly int SkipTextField(int start, out int end, out bool isClosed)
    {
        isClosed = _scanner.TryFindTextFieldEnd(start + 1, out end);
        if (!isClosed)
            _findings.Add(CifFindings.UnterminatedTextField, start, "text field is open at the end of the file");
        return isClosed ? end + 1 : end;
    }

    /// <summary>Reads a word that starts like a reserved word or with a reserved character.</summary>
    private int ReadWord(int start, int end)
    {
        ReadOnlySpan<byte> word = _bytes[start..end];
        if (word.Length >= 5 && TryReadReservedWord(start, word))
            return end;
        if (word[0] is (byte)'$' or (byte)'[' or (byte)']')
            _findings.Add(CifFindings.ReservedStart, start, $"unquoted value starts with a reserved character: {word}");
        _assembler.AddValue(start, new CifToken(start, end - start, CifTokenKind.Bare));
        return end;
    }

    private bool TryReadReservedWord(int start, ReadOnlySpan<byte> word)
    {
        switch (CifReservedWords.Classify(word))
        {
            case CifReservedWord.Data:
                _assembler.StartBlock(start, start + 5, word.Length - 5);
                if (word.Length == 5)
                    _findings.Add(CifFindings.BlockWithoutName, start, "data_ header without a name");
                return true;
            case CifReservedWord.Save when word.Length == 5:
                _assembler.EndFrame(start);
                return true;
            case CifReservedWord.Save:
                _assembler.StartFrame(start, start + 5, word.Length - 5);
                return true;
            case CifReservedWord.Loop:
                _assembler.StartLoop(start);
                return true;
            case CifReservedWord.Global:
                _assembler.StartBlock(start, start, word.Length);
                _findings.Add(CifFindings.GlobalWord, start, "reserved word global_");
                return true;
            case CifReservedWord.Stop:
                _assembler.EndStatement();
                _findings.Add(CifFindings.StopWord, start, "reserved word stop_");
                return true;
            default:
                return false;
        }
    }
}
