namespace CrystalHpc.Core.Cif;

/// <summary>The values of one tag, row by row. Columns of the same loop have the same <see cref="LoopIndex"/> and the same count.</summary>
public readonly struct CifColumn
{
    private readonly CifDocument _document;
    private readonly int _firstValue;
    private readonly int _stride;

    internal CifColumn(CifDocument document, int firstValue, int stride, int count, int loopIndex)
    {
        _document = document;
        _firstValue = firstValue;
        _stride = stride;
        Count = count;
        LoopIndex = loopIndex;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Which loop of the block the column belongs to; -1 for a single value outside any loop.</summary>
    public int LoopIndex { get; }

    /// <summary>The value in a row, from 0.</summary>
    public CifValue this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            return new CifValue(_document, _firstValue + (row * _stride));
        }
    }
}
