namespace CrystalHpc.Core.Crystals;

/// <summary>The three cell vectors of a structure in any orientation, Å; of either hand.</summary>
/// <param name="A">Vector a, Å.</param>
/// <param name="B">Vector b, Å.</param>
/// <param name="C">Vector c, Å.</param>
public readonly record struct CellVectors(Cartesian A, Cartesian B, Cartesian C)
{
    // Below this share of a·b·c the vectors are taken to lie in a plane.
    private const double SmallestRelativeVolume = 1e-6;

    /// <summary>The vectors of a cell in its own frame.</summary>
    public static CellVectors Of(UnitCell cell) => new(cell.AxisA, cell.AxisB, cell.AxisC);

    /// <summary>Triple product a·(b×c), Å³: negative for left-handed vectors.</summary>
    public double Determinant => Cartesian.Dot(A, Cartesian.Cross(B, C));

    /// <summary>Volume, Å³.</summary>
    public double Volume => Math.Abs(Determinant);

    /// <summary>True when the vectors span a volume and are finite.</summary>
    public bool SpansVolume
    {
        get
        {
            double product = A.Length * B.Length * C.Length;
            return double.IsFinite(product) && Volume > SmallestRelativeVolume * product;
        }
    }

    /// <summary>True when all vectors are zero: how some formats say that there is no cell.</summary>
    public bool IsZero => A.LengthSquared + B.LengthSquared + C.LengthSquared == 0;

    /// <summary>Distances between the lattice planes across a, b and c, Å.</summary>
    public (double A, double B, double C) PlaneSpacings => (
        Volume / Cartesian.Cross(B, C).Length, Volume / Cartesian.Cross(C, A).Length, Volume / Cartesian.Cross(A, B).Length);

    /// <summary>All vectors times a factor.</summary>
    public CellVectors Scaled(double factor) => new(factor * A, factor * B, factor * C);

    /// <summary>Fractional to Cartesian (Å).</summary>
    public Cartesian ToCartesian(Fractional f) => f.X * A + f.Y * B + f.Z * C;

    /// <summary>Cartesian (Å) to fractional; the vectors must span a volume.</summary>
    public Fractional ToFractional(Cartesian position)
    {
        double scale = 1 / Determinant;
        return new Fractional(
            scale * Cartesian.Dot(position, Cartesian.Cross(B, C)),
            scale * Cartesian.Dot(position, Cartesian.Cross(C, A)),
            scale * Cartesian.Dot(position, Cartesian.Cross(A, B)));
    }

    /// <summary>Lengths (Å) and angles (degrees) as a, b, c, alpha, beta, gamma.</summary>
    public (double A, double B, double C, double Alpha, double Beta, double Gamma) Parameters =>
        (A.Length, B.Length, C.Length, AngleDegrees(B, C), AngleDegrees(A, C), AngleDegrees(A, B));

    // The arc tangent keeps all digits where the arc cosine loses half of them; right angles come out exact.
    private static double AngleDegrees(Cartesian left, Cartesian right) =>
        Math.Atan2(Cartesian.Cross(left, right).Length, Cartesian.Dot(left, right)) * (180 / Math.PI);
}
