namespace CrystalHpc.Core.Crystals;

/// <summary>A lattice translation: <c>A·a + B·b + C·c</c> moves an atom of the home cell to this image of the cell.</summary>
public readonly record struct CellImage(int A, int B, int C)
{
    /// <summary>Two translations one after the other.</summary>
    public static CellImage operator +(CellImage left, CellImage right) => new(left.A + right.A, left.B + right.B, left.C + right.C);

    /// <summary>A translation and another one back.</summary>
    public static CellImage operator -(CellImage left, CellImage right) => new(left.A - right.A, left.B - right.B, left.C - right.C);

    /// <summary>Orders images by A, then B, then C.</summary>
    internal static int Compare(CellImage left, CellImage right)
    {
        int order = left.A.CompareTo(right.A);
        if (order == 0)
            order = left.B.CompareTo(right.B);
        return order == 0 ? left.C.CompareTo(right.C) : order;
    }
}
