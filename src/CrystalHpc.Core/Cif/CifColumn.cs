namespace CrystalHpc.Core.Cif;

/// <summary>The values of one tag, row by row. Columns of the same loop have the same <see cref="LoopIndex"/> and the same count.</summary>
public readonly struct CifColumn
{
    /// <summary>Number of rows.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Which loop of the block the column belongs to; -1 for a single value outside any loop.</summary>
    public int LoopIndex => throw new NotImplementedException();

    /// <summary>The value in a row, from 0.</summary>
    public CifValue this[int row] => throw new NotImplementedException();
}
