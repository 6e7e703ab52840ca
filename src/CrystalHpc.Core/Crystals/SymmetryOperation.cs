namespace CrystalHpc.Core.Crystals;

/// <summary>A symmetry operation x' = W x + w on fractional coordinates: integer matrix W (row major), translation w in [0, 1).</summary>
public sealed record SymmetryOperation(
    int W11, int W12, int W13,
    int W21, int W22, int W23,
    int W31, int W32, int W33,
    double T1, double T2, double T3)
{
    /// <summary>x, y, z.</summary>
    public static SymmetryOperation Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);

    /// <summary>Applies the operation to a position (not wrapped into the cell).</summary>
    public Fractional Apply(Fractional p) => new(
        W11 * p.X + W12 * p.Y + W13 * p.Z + T1,
        W21 * p.X + W22 * p.Y + W23 * p.Z + T2,
        W31 * p.X + W32 * p.Y + W33 * p.Z + T3);

    /// <summary>Determinant of W: 1 for proper operations, -1 for improper ones; anything else is no symmetry operation.</summary>
    public int Determinant =>
        W11 * (W22 * W33 - W23 * W32) - W12 * (W21 * W33 - W23 * W31) + W13 * (W21 * W32 - W22 * W31);

    /// <summary>The operation that applies <paramref name="before"/>, then <paramref name="after"/>; translation in [0, 1).</summary>
    public static SymmetryOperation Compose(SymmetryOperation after, SymmetryOperation before)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(before);
        (SymmetryOperation f, SymmetryOperation s) = (after, before);
        Fractional translation = f.Apply(new Fractional(s.T1, s.T2, s.T3)).Wrapped();
        return new SymmetryOperation(
            f.W11 * s.W11 + f.W12 * s.W21 + f.W13 * s.W31,
            f.W11 * s.W12 + f.W12 * s.W22 + f.W13 * s.W32,
            f.W11 * s.W13 + f.W12 * s.W23 + f.W13 * s.W33,
            f.W21 * s.W11 + f.W22 * s.W21 + f.W23 * s.W31,
            f.W21 * s.W12 + f.W22 * s.W22 + f.W23 * s.W32,
            f.W21 * s.W13 + f.W22 * s.W23 + f.W23 * s.W33,
            f.W31 * s.W11 + f.W32 * s.W21 + f.W33 * s.W31,
            f.W31 * s.W12 + f.W32 * s.W22 + f.W33 * s.W32,
            f.W31 * s.W13 + f.W32 * s.W23 + f.W33 * s.W33,
            translation.X, translation.Y, translation.Z);
    }
}
