using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.Matching;

/// <summary>Lengths (Å) and angles (degrees) of three vectors.</summary>
internal readonly record struct CellShape(double A, double B, double C, double Alpha, double Beta, double Gamma)
{
    private const double RadiansPerDegree = Math.PI / 180;

    /// <summary>The shape of a basis.</summary>
    public static CellShape Of(Basis basis)
    {
        (double a, double b, double c) = (basis.A.Length, basis.B.Length, basis.C.Length);
        return new CellShape(
            a, b, c, AngleDegrees(Cartesian.Dot(basis.B, basis.C), b * c), AngleDegrees(Cartesian.Dot(basis.A, basis.C), a * c),
            AngleDegrees(Cartesian.Dot(basis.A, basis.B), a * b));
    }

    /// <summary>Halfway between two shapes.</summary>
    public static CellShape Mean(CellShape p, CellShape q) => new(
        0.5 * (p.A + q.A), 0.5 * (p.B + q.B), 0.5 * (p.C + q.C), 0.5 * (p.Alpha + q.Alpha), 0.5 * (p.Beta + q.Beta),
        0.5 * (p.Gamma + q.Gamma));

    /// <summary>The metric of vectors of this shape.</summary>
    public Metric ToMetric() => new(
        A * A, B * B, C * C, B * C * Math.Cos(Alpha * RadiansPerDegree), A * C * Math.Cos(Beta * RadiansPerDegree),
        A * B * Math.Cos(Gamma * RadiansPerDegree));

    /// <summary>The angle whose cosine is dot over lengths, degrees.</summary>
    public static double AngleDegrees(double dot, double lengths) => Math.Acos(Math.Clamp(dot / lengths, -1, 1)) / RadiansPerDegree;
}
