using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>Lattice vectors along an axis of rotation and in the plane normal to it, exactly, from the integers of the rotation.</summary>
internal static class LatticePlane
{
    /// <summary>The shortest lattice vector along the axis of a proper rotation that is not the identity; its sign is arbitrary.</summary>
    public static CellImage Axis(IntMatrix rotation)
    {
        // What the rotation leaves is normal to all rows of W - 1: the vector product of two that are not parallel.
        IntMatrix m = rotation with { M11 = rotation.M11 - 1, M22 = rotation.M22 - 1, M33 = rotation.M33 - 1 };
        for (int i = 0; i < 3; i++)
        {
            CellImage product = Cross(m.Row(i), m.Row((i + 1) % 3));
            if (product != default)
                return Coprime(product);
        }

        throw new ArgumentException("no rotation", nameof(rotation));
    }

    /// <summary>
    /// The two shortest vectors of the lattice plane normal to the axis of a proper rotation, the angle between them not acute.
    /// </summary>
    public static (CellImage Shortest, CellImage Second) Reduced(IntMatrix rotation, Metric metric)
    {
        // A vector is normal to the axis when its images add up to nothing.
        IntMatrix sum = IntMatrix.Identity;
        for (IntMatrix power = rotation; power != IntMatrix.Identity; power *= rotation)
            sum += power;
        CellImage normal = sum.Row(0) != default ? sum.Row(0) : sum.Row(1) != default ? sum.Row(1) : sum.Row(2);
        (CellImage u, CellImage v) = Basis(Coprime(normal));
        while (true)
        {
            if (metric.LengthSquared(u) > metric.LengthSquared(v))
                (u, v) = (v, u);
            int times = (int)Math.Round(metric.Dot(u, v) / metric.LengthSquared(u));
            if (times == 0)
                break;
            CellImage shorter = Subtract(v, times, u);
            if (metric.LengthSquared(shorter) >= metric.LengthSquared(v) * (1 - 1e-9))
                break;
            v = shorter;
        }

        return (u, metric.Dot(u, v) > 0 ? new CellImage(-v.A, -v.B, -v.C) : v);
    }

    // Two vectors that span all whole solutions of n·u = 0, by the extended algorithm of Euclid.
    private static (CellImage U, CellImage V) Basis(CellImage n)
    {
        if (n.A == 0 && n.B == 0)
            return (new CellImage(1, 0, 0), new CellImage(0, 1, 0));
        (int divisor, int x, int y) = Bezout(n.A, n.B);
        return (new CellImage(n.B / divisor, -n.A / divisor, 0), new CellImage(-x * n.C, -y * n.C, divisor));
    }

    private static (int Divisor, int X, int Y) Bezout(int a, int b)
    {
        (int x, int y, int nextX, int nextY) = (1, 0, 0, 1);
        while (b != 0)
        {
            int times = a / b;
            (a, b) = (b, a - times * b);
            (x, nextX) = (nextX, x - times * nextX);
            (y, nextY) = (nextY, y - times * nextY);
        }

        return (a, x, y);
    }

    private static CellImage Coprime(CellImage v)
    {
        int divisor = Math.Abs(Bezout(Bezout(v.A, v.B).Divisor, v.C).Divisor);
        return new CellImage(v.A / divisor, v.B / divisor, v.C / divisor);
    }

    private static CellImage Cross(CellImage u, CellImage v) => new(u.B * v.C - u.C * v.B, u.C * v.A - u.A * v.C, u.A * v.B - u.B * v.A);

    private static CellImage Subtract(CellImage v, int times, CellImage u) => new(v.A - times * u.A, v.B - times * u.B, v.C - times * u.C);
}
