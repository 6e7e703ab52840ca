namespace CrystalHpc.Core.Crystals;

/// <summary>A position or difference in Å along orthogonal axes: x along a, y in the plane of a and b.</summary>
public readonly record struct Cartesian(double X, double Y, double Z)
{
    /// <summary>Sum of two vectors.</summary>
    public static Cartesian operator +(Cartesian left, Cartesian right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    /// <summary>Difference of two vectors.</summary>
    public static Cartesian operator -(Cartesian left, Cartesian right) => new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    /// <summary>A vector times a number.</summary>
    public static Cartesian operator *(double factor, Cartesian vector) => new(factor * vector.X, factor * vector.Y, factor * vector.Z);

    /// <summary>Scalar product.</summary>
    public static double Dot(Cartesian left, Cartesian right) => left.X * right.X + left.Y * right.Y + left.Z * right.Z;

    /// <summary>Vector product.</summary>
    public static Cartesian Cross(Cartesian left, Cartesian right) => new(
        left.Y * right.Z - left.Z * right.Y,
        left.Z * right.X - left.X * right.Z,
        left.X * right.Y - left.Y * right.X);

    /// <summary>Squared length, Å².</summary>
    public double LengthSquared => Dot(this, this);

    /// <summary>Length, Å.</summary>
    public double Length => Math.Sqrt(LengthSquared);
}
