namespace CrystalHpc.Core.SpaceGroups;

/// <summary>A symmetry operation x' = W x + w on fractional coordinates: integer matrix W (row major), translation w in [0, 1).</summary>
public sealed record SymmetryOperation(
    int W11, int W12, int W13,
    int W21, int W22, int W23,
    int W31, int W32, int W33,
    double T1, double T2, double T3)
{
    /// <summary>x, y, z.</summary>
    public static SymmetryOperation Identity { get; } = new(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);

    /// <summary>Determinant of W: 1 for proper operations, -1 for improper ones; anything else is no symmetry operation.</summary>
    public int Determinant =>
        W11 * (W22 * W33 - W23 * W32) - W12 * (W21 * W33 - W23 * W31) + W13 * (W21 * W32 - W22 * W31);

    /// <summary>The operation that applies <paramref name="before"/>, then <paramref name="after"/>; translation in [0, 1).</summary>
    public static SymmetryOperation Compose(SymmetryOperation after, SymmetryOperation before)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(before);
        (SymmetryOperation f, SymmetryOperation s) = (after, before);
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
            Wrapped(f.W11 * s.T1 + f.W12 * s.T2 + f.W13 * s.T3 + f.T1),
            Wrapped(f.W21 * s.T1 + f.W22 * s.T2 + f.W23 * s.T3 + f.T2),
            Wrapped(f.W31 * s.T1 + f.W32 * s.T2 + f.W33 * s.T3 + f.T3));
    }

    private static double Wrapped(double translation)
    {
        double wrapped = translation - Math.Floor(translation);
        return wrapped < 1 ? wrapped : 0;
    }
}
