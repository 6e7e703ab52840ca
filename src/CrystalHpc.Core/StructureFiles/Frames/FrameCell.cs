using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>What readers and writers of structure files ask of cell vectors.</summary>
internal static class FrameCell
{
    // Below this share of a·b·c the vectors are taken to lie in a plane.
    private const double SmallestRelativeVolume = 1e-6;

    /// <summary>True when the vectors are finite and span a volume.</summary>
    public static bool SpansVolume(this Basis cell)
    {
        double product = cell.A.Length * cell.B.Length * cell.C.Length;
        return double.IsFinite(product) && Math.Abs(cell.Volume) > SmallestRelativeVolume * product;
    }

    /// <summary>True when all vectors are zero: how some formats say that there is no cell.</summary>
    public static bool IsZero(this Basis cell) => cell.A.LengthSquared + cell.B.LengthSquared + cell.C.LengthSquared == 0;

    /// <summary>All vectors times a factor.</summary>
    public static Basis Scaled(this Basis cell, double factor) => new(factor * cell.A, factor * cell.B, factor * cell.C);

    /// <summary>Distances between the lattice planes across a, b and c, Å.</summary>
    public static (double A, double B, double C) PlaneSpacings(this Basis cell)
    {
        Basis reciprocal = cell.Reciprocal;
        return (1 / reciprocal.A.Length, 1 / reciprocal.B.Length, 1 / reciprocal.C.Length);
    }

    /// <summary>Cartesian (Å) to fractional.</summary>
    public static Fractional ToFractional(this Basis cell, Cartesian position) => cell.Reciprocal.Project(position);

    /// <summary>Lengths (Å) and angles (degrees) as a, b, c, alpha, beta, gamma.</summary>
    public static (double A, double B, double C, double Alpha, double Beta, double Gamma) Parameters(this Basis cell) => (
        cell.A.Length, cell.B.Length, cell.C.Length, AngleDegrees(cell.B, cell.C), AngleDegrees(cell.A, cell.C),
        AngleDegrees(cell.A, cell.B));

    // The arc tangent keeps all digits where the arc cosine loses half of them; right angles come out exact.
    private static double AngleDegrees(Cartesian left, Cartesian right) =>
        Math.Atan2(Cartesian.Cross(left, right).Length, Cartesian.Dot(left, right)) * (180 / Math.PI);
}
