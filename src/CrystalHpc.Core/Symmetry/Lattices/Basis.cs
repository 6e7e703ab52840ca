using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>Three vectors that span a lattice, Å, in any orientation; unlike <see cref="UnitCell"/>, which fixes the frame.</summary>
public readonly record struct Basis(Cartesian A, Cartesian B, Cartesian C)
{
    /// <summary>Signed volume, Å³: negative for a left-handed basis.</summary>
    public double Volume => Cartesian.Dot(A, Cartesian.Cross(B, C));

    /// <summary>The reciprocal basis, 1/Å: its <see cref="Project"/> gives fractions of this one.</summary>
    public Basis Reciprocal
    {
        get
        {
            double factor = 1 / Volume;
            return new Basis(factor * Cartesian.Cross(B, C), factor * Cartesian.Cross(C, A), factor * Cartesian.Cross(A, B));
        }
    }

    /// <summary>Scalar products A·A, B·B, C·C, B·C, A·C, A·B, Å².</summary>
    public Metric Metric => new(
        Cartesian.Dot(A, A), Cartesian.Dot(B, B), Cartesian.Dot(C, C), Cartesian.Dot(B, C), Cartesian.Dot(A, C), Cartesian.Dot(A, B));

    /// <summary>The vectors of a unit cell.</summary>
    public static Basis Of(UnitCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new Basis(cell.AxisA, cell.AxisB, cell.AxisC);
    }

    /// <summary>The vectors of a metric: A along x, B in the xy plane.</summary>
    public static Basis Of(Metric metric)
    {
        double a = Math.Sqrt(metric.AA);
        double bx = metric.AB / a, by = Math.Sqrt(metric.BB - bx * bx);
        double cx = metric.AC / a, cy = (metric.BC - bx * cx) / by;
        return new Basis(new Cartesian(a, 0, 0), new Cartesian(bx, by, 0), new Cartesian(cx, cy, Math.Sqrt(metric.CC - cx * cx - cy * cy)));
    }

    /// <summary>Lengths of the vectors, Å, and angles B-C, A-C, A-B, degrees.</summary>
    public double[] LengthsAndAngles()
    {
        Metric g = Metric;
        (double a, double b, double c) = (Math.Sqrt(g.AA), Math.Sqrt(g.BB), Math.Sqrt(g.CC));
        return [a, b, c, Degrees(g.BC / (b * c)), Degrees(g.AC / (a * c)), Degrees(g.AB / (a * b))];

        static double Degrees(double cosine) => Math.Acos(Math.Clamp(cosine, -1, 1)) * (180 / Math.PI);
    }

    /// <summary>Fractions of the three vectors to Cartesian, Å.</summary>
    public Cartesian ToCartesian(Fractional f) => f.X * A + f.Y * B + f.Z * C;

    /// <summary>Scalar products of a vector with the three.</summary>
    public Fractional Project(Cartesian p) => new(Cartesian.Dot(A, p), Cartesian.Dot(B, p), Cartesian.Dot(C, p));

    /// <summary>The basis whose vectors have the columns of a matrix as coordinates in this one.</summary>
    public Basis Transformed(IntMatrix columns) => new(
        ToCartesian(columns.Column(0)), ToCartesian(columns.Column(1)), ToCartesian(columns.Column(2)));

    /// <summary>The lattice vector with these coordinates, Å.</summary>
    public Cartesian ToCartesian(CellImage vector) => vector.A * A + vector.B * B + vector.C * C;

    /// <summary>The three vectors. What is derived from them is left out: a reciprocal basis has one, too.</summary>
    public override string ToString() => $"{A}, {B}, {C}";
}
