using System.Runtime.CompilerServices;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Puts tags, values, loops and blocks together in the order of the file, with a repair for every order that CIF forbids.
/// </summary>
internal ref struct CifAssembler
{
    private const int None = -1;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly CifFindingCollector _findings;
    private readonly CifContentBuilder _content;

    private int _block = None;
    private int _scope = None;

    // The tag that waits for its value, and the earlier one of the same name.
    private int _tag = None;
    private int _earlierTag;
    private int _tagOffset;

    // The value of a tag that occurred before: compared with the earlier one when it is complete.
    private int _duplicateValue = None;

    // The loop being read, if any: it takes all values once its width is not zero.
    private bool _inLoop;
    private bool _inLoopHeader;
    private int _loopOffset;
    private CifLoop _loop;

    // Values of the loop that have no token of their own.
    private int _withoutToken;

    // An unquoted value that following words of its line would extend.
    private int _extendable = None;
    private int _extendableEnd;
    private bool _extended;

    // Values without a tag, reported together.
    private int _strayOffset;
    private int _strayCount;
    private bool _anyStray;

    public CifAssembler(ReadOnlySpan<byte> bytes, CifContentBuilder content, CifFindingCollector findings)
    {
        _bytes = bytes;
        _content = content;
        _findings = findings;
    }

    /// <summary>The file ends.</summary>
    public void Finish()
    {
        EndStatement();
        if (_scope != _block)
            _findings.Add(CifFindings.UnterminatedFrame, _content.Scopes[_scope].Offset, "save frame is open at the end of the file");
        LeaveScope();
        if (_content.Scopes.Count == 0 && !_anyStray)
            _findings.Add(CifFindings.Empty, None, "no data block, tag or value");
        else if (_content.Scopes.Count == 0)
            _findings.Add(CifFindings.NoDataBlock, None, "values, but no data block and no tag");
    }

    /// <summary>A tag: the next column of a loop, or an item whose value follows.</summary>
    public void AddTag(int start, int end)
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
            return;
        }

        _content.Places.Add(new CifTagPlace(None, None));
        _tag = _content.Tags.Count - 1;
        _earlierTag = earlier;
        _tagOffset = start;
    }

    /// <summary>A data block begins.</summary>
    public void StartBlock(int offset, int nameStart, int nameLength)
    {
        EndStatement();
        if (_scope != _block)
            _findings.Add(CifFindings.UnterminatedFrame, _content.Scopes[_scope].Offset, "save frame is open at the next data block");
        LeaveScope();
        _block = _scope = _content.Scopes.Count;
        AddScope(offset, nameStart, nameLength, None);
    }

    /// <summary>A loop begins.</summary>
    public void StartLoop(int offset)
    {
        EndStatement();
        EnsureScope(offset);
        _inLoop = _inLoopHeader = true;
        _loopOffset = offset;
        _loop = new CifLoop(_content.Tags.Count, 0, _content.Values.Count, 0, 0);
        _withoutToken = 0;
    }

    /// <summary>A save frame ends.</summary>
    public void EndFrame(int offset)
    {
        EndStatement();
        if (_scope == _block)
            _findings.Add(CifFindings.StrayFrameEnd, offset, "save_ ends no frame");
        LeaveFrame();
    }

    /// <summary>A save frame begins.</summary>
    public void StartFrame(int offset, int nameStart, int nameLength)
    {
        EndStatement();
        EnsureScope(offset);
        if (_scope != _block)
            _findings.Add(CifFindings.UnterminatedFrame, _content.Scopes[_scope].Offset, "save frame is open at the next frame");
        LeaveFrame();
        _scope = _content.Scopes.Count;
        AddScope(offset, nameStart, nameLength, _block);
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

    /// <summary>True when a stretch of words can be taken at once.</summary>
    public readonly bool TakesPlainWords => _loop.Width > 0;

    /// <summary>A stretch of words in a loop, all of them values without delimiters.</summary>
    public void AddPlainWords(int start, int end, int count)
    {
        _inLoopHeader = false;
        _content.Values.Add(new CifToken(start, end - start, CifTokenKind.PlainWords));
        _withoutToken += count - 1;
    }

    /// <summary>A value, whose first byte or opening delimiter is at the offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddValue(int offset, CifToken token)
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
            _duplicateValue = _earlierTag >= 0 ? _content.Values.Count - 1 : None;
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
        _duplicateValue = None;
        bool isSame = _content.TryGetSingle(_earlierTag, out CifToken earlier)
            && _bytes.Slice(earlier.Start, earlier.Length).SequenceEqual(_bytes.Slice(token.Start, token.Length));
        CifName tag = _content.Tags.Last;
        ReadOnlySpan<byte> name = _bytes.Slice(tag.Start, tag.Length);
        if (isSame)
            _findings.Add(CifFindings.DuplicateTagSameValue, _tagOffset, $"tag {name} occurs again with the same value");
        else if (token.Length == 0 || token.Kind == CifTokenKind.Missing)
            _findings.Add(CifFindings.DuplicateTagEmpty, _tagOffset, $"tag {name} occurs again without a value");
        else
            _findings.Add(CifFindings.DuplicateTag, _tagOffset,
                $"tag {name} occurs again, now with the value {_bytes.Slice(token.Start, token.Length)}");
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
            _findings.Add(CifFindings.UnquotedSpaces, value.Start, $"value of several words without quotes: {RestOfLine(value.Start)}");
        _extended = true;
        return true;
    }

    /// <summary>Ends the item or loop being read, filling what is missing.</summary>
    public void EndStatement()
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

        if (_duplicateValue != None)
            ReportDuplicate(_content.Values[_duplicateValue]);
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

        int count = _content.Values.Count - _loop.FirstValue + _withoutToken;
        if (count == 0)
            _findings.Add(CifFindings.LoopWithoutValues, _loopOffset, $"loop of {_loop.Width} tags without values");
        (int rows, int over) = Math.DivRem(count, _loop.Width);
        if (over > 0)
        {
            int place = StartOfLastWord(_content.Values[_content.Values.Count - 1]);
            _findings.Add(CifFindings.LoopIncomplete, _loopOffset,
                $"loop of {_loop.Width} tags has {count} values: {_loop.Width - over} are missing in its last row");
            for (; over < _loop.Width; over++)
                _content.Values.Add(new CifToken(place, 0, CifTokenKind.Absent));
            rows++;
        }

        _content.Loops.Add(_loop with { Rows = rows, Tokens = _content.Values.Count - _loop.FirstValue });
        _loop = default;
    }

    private readonly int StartOfLastWord(CifToken token)
    {
        if (token.Kind != CifTokenKind.PlainWords)
            return token.Start;
        int start = token.Start + token.Length - 1;
        while (_bytes[start] <= 0x20)
            start--;
        while (start > token.Start && _bytes[start - 1] > 0x20)
            start--;
        return start;
    }

    private void ReportStray()
    {
        if (_strayCount == 0)
            return;
        FindingCode code = _scope == None ? CifFindings.StrayBeforeData : CifFindings.StrayValue;
        _findings.Add(code, _strayOffset, $"{_strayCount} values without a tag, from: {RestOfLine(_strayOffset)}");
        _strayCount = 0;
        _anyStray = true;
    }

    private readonly ReadOnlySpan<byte> RestOfLine(int offset) => _bytes[offset..new CifScanner(_bytes).LineEnd(offset)];
}
