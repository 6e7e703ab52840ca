using System.Runtime.CompilerServices;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>The grammar of CIF 1.1 as one loop over words, with a repair for everything that breaks it. Each byte is looked at once.</summary>
internal ref struct CifParser
{
    private const int None = -1;

    // First bytes of words that are not simply values: delimiters, reserved characters and the initials of the reserved words.
    private static readonly bool[] StartsSpecial = [.. Enumerable.Range(0, 256).Select(value => "#_'\";$[]dDlLsSgG".Contains((char)value))];

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly CifFindingCollector _findings;
    private readonly CifContentBuilder _content;
    private readonly CifScanner _scanner;

    private int _block = None;
    private int _scope = None;

    // The tag that waits for its value, and the earlier one of the same name.
    private int _tag = None;
    private int _earlierTag;
    private int _tagOffset;

    // The loop being read, if any: it takes all values once its width is not zero.
    private bool _inLoop;
    private bool _inLoopHeader;
    private int _loopOffset;
    private CifLoop _loop;

    // An unquoted value that following words of its line would extend.
    private int _extendable = None;
    private int _extendableEnd;
    private bool _extended;

    // Values without a tag, reported together.
    private int _strayOffset;
    private int _strayCount;
    private bool _anyStray;

    public CifParser(ReadOnlySpan<byte> bytes, CifContentBuilder content, CifFindingCollector findings)
    {
        _bytes = bytes;
        _content = content;
        _findings = findings;
        _scanner = new CifScanner(bytes);
    }

    /// <summary>Reads the whole file.</summary>
    public void Run()
    {
        // A local copy of the scanner stays in registers.
        CifScanner scanner = _scanner;
        int position = 0;
        while ((position = scanner.SkipWhiteSpace(position)) < _bytes.Length)
        {
            byte first = _bytes[position];
            if (!StartsSpecial[first])
            {
                int end = scanner.WordEnd(position);
                bool isMissing = (end - position == 1) & ((first == '?') | (first == '.'));
                AddValue(position, new CifToken(position, end - position, isMissing ? CifTokenKind.Missing : CifTokenKind.Bare));
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

        EndStatement();
        if (_scope != _block)
            _findings.Add(CifFindings.UnterminatedFrame, _content.Scopes[_scope].Offset, "save frame is open at the end of the file");
        LeaveScope();
        if (_content.Scopes.Count == 0 && !_anyStray)
            _findings.Add(CifFindings.Empty, None, "no data block, tag or value");
        else if (_content.Scopes.Count == 0)
            _findings.Add(CifFindings.NoDataBlock, None, "values, but no data block and no tag");
    }

    private int ReadTag(int start, int end)
    {
        int length = end - start;
        if (!_inLoopHeader)
            EndStatement();
        EnsureScope(start);
        if (length == 1)
            _findings.Add(CifFindings.TagWithoutName, start, "tag is a lone underscore");

        int earlier = _content.Tags.Add(_bytes, _scope, start, length);
        if (_inLoop)
        {
            _loop = _loop with { Width = _loop.Width + 1 };
            _content.Places.Add(new CifTagPlace(None, _content.Loops.Count));
            if (earlier >= 0)
                _findings.Add(CifFindings.DuplicateTag, start, $"tag {_bytes[start..end]} occurs again, in a loop");
            return end;
        }

        _content.Places.Add(new CifTagPlace(None, None));
        _tag = _content.Tags.Count - 1;
        _earlierTag = earlier;
        _tagOffset = start;
        return end;
    }

    private int ReadQuoted(int start)
    {
        bool isClosed = _scanner.TryFindQuoteEnd(start + 1, _bytes[start], out int end);
        int next = isClosed ? end + 1 : end;
        if (!isClosed)
        {
            while (_bytes[end - 1] <= 0x20)
                end--;
            _findings.Add(CifFindings.UnterminatedQuote, start, $"quote is not closed: {_bytes[start..end]}");
        }

        AddValue(start, new CifToken(start + 1, end - start - 1, CifTokenKind.Quoted));
        return next;
    }

    private int ReadTextField(int start)
    {
        bool isClosed = _scanner.TryFindTextFieldEnd(start + 1, out int end);
        int next = isClosed ? end + 1 : end;
        if (!isClosed)
            _findings.Add(CifFindings.UnterminatedTextField, start, "text field is open at the end of the file");
        else if (next < _bytes.Length && _bytes[next] > 0x20)
            _findings.Add(CifFindings.TextFieldTail, end, "no white space follows the end of the text field");

        // The line end before the closing semicolon is part of the delimiter.
        if (isClosed || (end > start + 1 && _bytes[end - 1] is (byte)'\n' or (byte)'\r'))
            end -= end - 2 > start && _bytes[end - 1] == '\n' && _bytes[end - 2] == '\r' ? 2 : 1;
        AddValue(start, new CifToken(start + 1, end - start - 1, CifTokenKind.TextField));
        return next;
    }

    /// <summary>Reads a word that starts like a reserved word or with a reserved character.</summary>
    private int ReadWord(int start, int end)
    {
        ReadOnlySpan<byte> word = _bytes[start..end];
        if (word.Length >= 5 && TryReadReservedWord(start, word))
            return end;
        if (word[0] is (byte)'$' or (byte)'[' or (byte)']')
            _findings.Add(CifFindings.ReservedStart, start, $"unquoted value starts with a reserved character: {word}");
        AddValue(start, new CifToken(start, end - start, CifTokenKind.Bare));
        return end;
    }

    private bool TryReadReservedWord(int start, ReadOnlySpan<byte> word)
    {
        switch (CifReservedWords.Classify(word))
        {
            case CifReservedWord.Data:
                StartBlock(start, start + 5, word.Length - 5);
                if (word.Length == 5)
                    _findings.Add(CifFindings.BlockWithoutName, start, "data_ header without a name");
                return true;
            case CifReservedWord.Save:
                ReadFrame(start, word.Length);
                return true;
            case CifReservedWord.Loop:
                EndStatement();
                EnsureScope(start);
                _inLoop = _inLoopHeader = true;
                _loopOffset = start;
                _loop = new CifLoop(_content.Tags.Count, 0, _content.Values.Count, 0);
                return true;
            case CifReservedWord.Global:
                StartBlock(start, start, word.Length);
                _findings.Add(CifFindings.GlobalWord, start, "reserved word global_");
                return true;
            case CifReservedWord.Stop:
                EndStatement();
                _findings.Add(CifFindings.StopWord, start, "reserved word stop_");
                return true;
            default:
                return false;
        }
    }

    private void StartBlock(int offset, int nameStart, int nameLength)
    {
        EndStatement();
        if (_scope != _block)
            _findings.Add(CifFindings.UnterminatedFrame, _content.Scopes[_scope].Offset, "save frame is open at the next data block");
        LeaveScope();
        _block = _scope = _content.Scopes.Count;
        AddScope(offset, nameStart, nameLength, None);
    }

    private void ReadFrame(int start, int wordLength)
    {
        EndStatement();
        EnsureScope(start);
        bool isInFrame = _scope != _block;
        if (wordLength == 5)
        {
            if (!isInFrame)
                _findings.Add(CifFindings.StrayFrameEnd, start, "save_ ends no frame");
            LeaveFrame();
            return;
        }

        if (isInFrame)
            _findings.Add(CifFindings.UnterminatedFrame, _content.Scopes[_scope].Offset, "save frame is open at the next frame");
        LeaveFrame();
        _scope = _content.Scopes.Count;
        AddScope(start, start + 5, wordLength - 5, _block);
    }

    private void AddScope(int offset, int nameStart, int nameLength, int parent)
    {
        _content.Scopes.Add(new CifScope(offset, nameStart, nameLength, parent, _content.Tags.Count, 0, _content.Loops.Count));
        if (_content.ScopeNames.Add(_bytes, parent, nameStart, nameLength) >= 0 && nameLength > 0)
            _findings.Add(CifFindings.DuplicateBlock, offset, $"name {_bytes.Slice(nameStart, nameLength)} occurs again");
    }

    private void EnsureScope(int offset)
    {
        if (_scope != None)
            return;
        _findings.Add(CifFindings.MissingDataHeader, offset, "no data_ header before the first tag");
        StartBlock(offset, offset, 0);
    }

    private void LeaveFrame()
    {
        if (_scope == _block)
            return;
        _content.EndScope(_scope);
        _scope = _block;
    }

    private void LeaveScope()
    {
        LeaveFrame();
        if (_block != None)
            _content.EndScope(_block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AddValue(int offset, CifToken token)
    {
        if (_loop.Width > 0)
        {
            _inLoopHeader = false;
            _content.Values.Add(token);
            return;
        }

        AddValueOutsideLoop(offset, token);
    }

    private void AddValueOutsideLoop(int offset, CifToken token)
    {
        if (_tag != None)
        {
            _content.Places[_tag] = new CifTagPlace(_content.Values.Count, None);
            _extendable = token.Kind is CifTokenKind.Bare or CifTokenKind.Missing ? _content.Values.Count : None;
            _extendableEnd = token.Start + token.Length;
            _extended = false;
            _content.Values.Add(token);
            if (_earlierTag >= 0)
                ReportDuplicate(token);
            _tag = None;
        }
        else if (!TryExtend(token) && _strayCount++ == 0)
        {
            _extendable = None;
            _strayOffset = offset;
        }
    }

    private void ReportDuplicate(CifToken token)
    {
        bool isSame = _content.TryGetSingle(_earlierTag, out CifToken earlier)
            && _bytes.Slice(earlier.Start, earlier.Length).SequenceEqual(_bytes.Slice(token.Start, token.Length));
        CifName tag = _content.Tags.Last;
        ReadOnlySpan<byte> name = _bytes.Slice(tag.Start, tag.Length);
        if (isSame)
            _findings.Add(CifFindings.DuplicateTagSameValue, _tagOffset, $"tag {name} occurs again with the same value");
        else
            _findings.Add(CifFindings.DuplicateTag, _tagOffset, $"tag {name} occurs again, now with the value {_bytes.Slice(token.Start, token.Length)}");
    }

    /// <summary>Joins an unquoted word to the unquoted value before it on the same line.</summary>
    private bool TryExtend(CifToken token)
    {
        if (_extendable == None || token.Kind is not (CifTokenKind.Bare or CifTokenKind.Missing)
            || _bytes[_extendableEnd..token.Start].IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            return false;
        }

        ref CifToken value = ref _content.Values[_extendable];
        _extendableEnd = token.Start + token.Length;
        value = new CifToken(value.Start, _extendableEnd - value.Start, CifTokenKind.Bare);
        if (!_extended)
            _findings.Add(CifFindings.UnquotedSpaces, value.Start, $"value of several words without quotes: {_bytes[value.Start.._scanner.LineEnd(value.Start)]}");
        _extended = true;
        return true;
    }

    /// <summary>Ends the item or loop being read, filling what is missing.</summary>
    private void EndStatement()
    {
        _extendable = None;
        ReportStray();
        if (_tag != None)
        {
            CifName tag = _content.Tags.Last;
            _findings.Add(CifFindings.TagWithoutValue, _tagOffset, $"tag {_bytes.Slice(tag.Start, tag.Length)} has no value");
            AddValue(_tagOffset, new CifToken(_tagOffset, 0, CifTokenKind.Absent));
            _extendable = None;
        }

        if (_inLoop)
            EndLoop();
    }

    private void EndLoop()
    {
        _inLoop = _inLoopHeader = false;
        if (_loop.Width == 0)
        {
            _findings.Add(CifFindings.LoopWithoutTags, _loopOffset, "loop without tags");
            return;
        }

        int count = _content.Values.Count - _loop.FirstValue;
        if (count == 0)
            _findings.Add(CifFindings.LoopWithoutValues, _loopOffset, $"loop of {_loop.Width} tags without values");
        (int rows, int over) = Math.DivRem(count, _loop.Width);
        if (over > 0)
        {
            int place = _content.Values[_content.Values.Count - 1].Start;
            _findings.Add(CifFindings.LoopIncomplete, _loopOffset, $"loop of {_loop.Width} tags has {count} values: {_loop.Width - over} are missing in its last row");
            for (; over < _loop.Width; over++)
                _content.Values.Add(new CifToken(place, 0, CifTokenKind.Absent));
            rows++;
        }

        _content.Loops.Add(_loop with { Rows = rows });
        _loop = default;
    }

    private void ReportStray()
    {
        if (_strayCount == 0)
            return;
        FindingCode code = _scope == None ? CifFindings.StrayBeforeData : CifFindings.StrayValue;
        _findings.Add(code, _strayOffset, $"{_strayCount} values without a tag, from: {_bytes[_strayOffset.._scanner.LineEnd(_strayOffset)]}");
        _strayCount = 0;
        _anyStray = true;
    }
}
