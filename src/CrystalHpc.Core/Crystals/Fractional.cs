namespace CrystalHpc.Core.Crystals;

/// <summary>A position or difference in fractions of the cell edges a, b, c.</summary>
public readonly record struct Fractional(double X, double Y, double Z)
{
    /// <summary>Sum of two fractional vectors.</summary>
    public static Fractional operator +(Fractional left, Fractional right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    /// <summary>Difference of two fractional vectors.</summary>
    public static Fractional operator -(Fractional left, Fractional right) => new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    /// <summary>The same position moved into the cell: each coordinate in [0, 1).</summary>
    public Fractional Wrapped() => new(Wrap(X), Wrap(Y), Wrap(Z));

    /// <summary>
    /// The same difference modulo the lattice, each coordinate in [-1/2, 1/2]: the nearest image when it is short in a reduced cell.
    /// </summary>
    public Fractional Nearest() => new(X - Math.Round(X), Y - Math.Round(Y), Z - Math.Round(Z));

    private static double Wrap(double value)
    {
        double wrapped = value - Math.Floor(value);
        return wrapped < 1.0 ? wrapped : 0.0;
    }
}
