using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>A change of cell and origin on fractional coordinates: x' = P x + p. Rows of P, and p.</summary>
public readonly record struct CellChange(Fractional Row1, Fractional Row2, Fractional Row3, Fractional Shift)
{
    /// <summary>A position in the new cell, not wrapped.</summary>
    public Fractional Apply(Fractional f) => new(Dot(Row1, f) + Shift.X, Dot(Row2, f) + Shift.Y, Dot(Row3, f) + Shift.Z);

    private static double Dot(Fractional u, Fractional v) => u.X * v.X + u.Y * v.Y + u.Z * v.Z;
}
