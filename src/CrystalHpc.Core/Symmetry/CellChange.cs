using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>A change of cell and origin on fractional coordinates: x' = P x + p. Rows of P, and p.</summary>
public readonly record struct CellChange(Fractional Row1, Fractional Row2, Fractional Row3, Fractional Shift)
{
    /// <summary>A position in the new cell, not wrapped.</summary>
    public Fractional Apply(Fractional f) => new(Dot(Row1, f) + Shift.X, Dot(Row2, f) + Shift.Y, Dot(Row3, f) + Shift.Z);

    /// <summary>The way back: x = P⁻¹ (x' - p).</summary>
    /// <remarks>A method, because the text of a record shows its properties, and this one has an inverse again.</remarks>
    public CellChange Inverse()
    {
        // The rows of P as vectors: the columns of its inverse are the reciprocal ones.
        var (a, b, c) = new Basis(Vector(Row1), Vector(Row2), Vector(Row3)).Reciprocal;
        var back = new CellChange(new(a.X, b.X, c.X), new(a.Y, b.Y, c.Y), new(a.Z, b.Z, c.Z), default);
        Fractional shift = back.Apply(Shift);
        return back with { Shift = new Fractional(-shift.X, -shift.Y, -shift.Z) };
    }

    private static Cartesian Vector(Fractional f) => new(f.X, f.Y, f.Z);

    private static double Dot(Fractional u, Fractional v) => u.X * v.X + u.Y * v.Y + u.Z * v.Z;
}
