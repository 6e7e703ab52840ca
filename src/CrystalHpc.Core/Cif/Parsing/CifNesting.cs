namespace CrystalHpc.Core.Cif;

/// <summary>Where a reader of CIF 2.0 is within lists and tables, and whether what comes next may stand there.</summary>
internal struct CifNesting(CifFindingCollector findings)
{
    private const int MaxToldApart = 64;

    private int _depth;

    // A bit for each level: set for a table.
    private ulong _tables;

    // In a table: a key and its colon have been read, the value has not.
    private bool _awaitsValue;

    private readonly bool InTable => _depth is > 0 and <= MaxToldApart && ((_tables >> (_depth - 1)) & 1) != 0;

    /// <summary>A list or table begins.</summary>
    public void Open(int position, bool isTable)
    {
        AddUnquoted(position);
        ulong level = _depth < MaxToldApart ? 1UL << _depth : 0;
        _tables = isTable ? _tables | level : _tables & ~level;
        if (_depth++ == MaxToldApart)
            findings.Add(CifFindings.DeepNesting, position, $"more than {MaxToldApart} levels");
    }

    /// <summary>A list or table ends; true when it was the outermost one.</summary>
    public bool Close(int position, bool isTable)
    {
        if (_depth <= MaxToldApart && InTable != isTable)
            findings.Add(CifFindings.BracketMismatch, position, isTable ? "a list is closed by }" : "a table is closed by ]");
        if (InTable && _awaitsValue)
            findings.Add(CifFindings.TableEntry, position, "the last key has no value");
        _awaitsValue = false;
        return --_depth == 0;
    }

    /// <summary>A quoted key or value; true when it is a key with its colon.</summary>
    public bool AddQuoted(int position, bool hasColon)
    {
        bool isKey = hasColon && (InTable || _depth > MaxToldApart);
        if (InTable && isKey == _awaitsValue)
            findings.Add(CifFindings.TableEntry, position, isKey ? "a key stands where a value should" : "a key has no colon");
        _awaitsValue = isKey;
        return isKey;
    }

    /// <summary>A value that cannot be a key.</summary>
    public void AddUnquoted(int position)
    {
        if (InTable && !_awaitsValue)
            findings.Add(CifFindings.TableEntry, position, "a value stands where a quoted key should");
        _awaitsValue = false;
    }
}
