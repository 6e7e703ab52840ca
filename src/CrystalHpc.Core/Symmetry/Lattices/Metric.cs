using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>The metric tensor of a basis: scalar products of its vectors, Å².</summary>
public readonly record struct Metric(double AA, double BB, double CC, double BC, double AC, double AB)
{
    /// <summary>Squared length of a vector given by its fractions, Å².</summary>
    public double LengthSquared(double x, double y, double z) =>
        x * (x * AA + 2 * (y * AB + z * AC)) + y * (y * BB + 2 * z * BC) + z * z * CC;

    /// <summary>Scalar product of two lattice vectors, Å².</summary>
    public double Dot(CellImage u, CellImage v) =>
        u.A * (v.A * AA + v.B * AB + v.C * AC) + u.B * (v.A * AB + v.B * BB + v.C * BC) + u.C * (v.A * AC + v.B * BC + v.C * CC);

    /// <summary>Squared length of a lattice vector, Å².</summary>
    public double LengthSquared(CellImage v) => Dot(v, v);

    /// <summary>The metric of the basis whose vectors have the columns of a matrix as coordinates in this one.</summary>
    public Metric Transformed(IntMatrix columns)
    {
        CellImage a = columns.Column(0), b = columns.Column(1), c = columns.Column(2);
        return new Metric(Dot(a, a), Dot(b, b), Dot(c, c), Dot(b, c), Dot(a, c), Dot(a, b));
    }

    /// <summary>Sum of two metrics.</summary>
    public static Metric operator +(Metric left, Metric right) => new(
        left.AA + right.AA, left.BB + right.BB, left.CC + right.CC, left.BC + right.BC, left.AC + right.AC, left.AB + right.AB);

    /// <summary>A metric times a number.</summary>
    public static Metric operator *(double factor, Metric metric) => new(
        factor * metric.AA, factor * metric.BB, factor * metric.CC, factor * metric.BC, factor * metric.AC, factor * metric.AB);
}
