using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Niggli's reduced cell, the one standard cell of any lattice (I. Krivy, B. Gruber, Acta Cryst. A32 (1976) 297, doi
/// 10.1107/S0567739476000636), with comparisons that allow for rounding (R. W. Grosse-Kunstleve, N. K. Sauter, P. D. Adams, Acta Cryst. A60
/// (2004) 1, doi 10.1107/S010876730302186X).
/// </summary>
public static class NiggliReduction
{
    private const int MaximumSteps = 1000;

    /// <summary>The new basis vectors as columns, in terms of the given ones; determinant 1.</summary>
    /// <param name="metric">Metric of the given basis, Å².</param>
    /// <param name="relativeTolerance">Scalar products that differ by less, times the volume to the power 2/3, are equal.</param>
    public static IntMatrix Reduce(Metric metric, double relativeTolerance = 1e-5)
    {
        IntMatrix change = IntMatrix.Identity;
        double epsilon = relativeTolerance * Math.Cbrt(Math.Abs(Determinant(metric)));
        for (int step = 0; step < MaximumSteps; step++)
        {
            if (Next(metric, epsilon) is not { } next)
                break;
            metric = metric.Transformed(next);
            change *= next;
        }

        return change;
    }

    /// <summary>The reduced basis.</summary>
    public static Basis Reduce(Basis basis) => basis.Transformed(Reduce(basis.Metric));

    private static double Determinant(Metric g) =>
        g.AA * (g.BB * g.CC - g.BC * g.BC) - g.AB * (g.AB * g.CC - g.BC * g.AC) + g.AC * (g.AB * g.BC - g.BB * g.AC);

    // The next step of Krivy and Gruber, numbered as there; null when the cell is reduced. ξ, η, ζ are twice the products of two axes.
    private static IntMatrix? Next(Metric g, double epsilon)
    {
        (double a, double b, double c) = (g.AA, g.BB, g.CC);
        (double xi, double eta, double zeta) = (2 * g.BC, 2 * g.AC, 2 * g.AB);
        // 1, 2: lengths in ascending order.
        if (Above(a, b) || (Equal(a, b) && Above(Math.Abs(xi), Math.Abs(eta))))
            return new IntMatrix(0, -1, 0, -1, 0, 0, 0, 0, -1);
        if (Above(b, c) || (Equal(b, c) && Above(Math.Abs(eta), Math.Abs(zeta))))
            return new IntMatrix(-1, 0, 0, 0, 0, -1, 0, -1, 0);
        // 3, 4: all angles acute, or none.
        (int l, int m, int n) = (Sign(xi), Sign(eta), Sign(zeta));
        IntMatrix signs = l * m * n > 0 ? Diagonal(l < 0, m < 0, n < 0) : Obtuse(l, m, n);
        if (signs != IntMatrix.Identity)
            return signs;
        // 5 to 7: shorter vectors by adding one axis to another.
        if (Above(Math.Abs(xi), b) || (Equal(xi, b) && Above(zeta, 2 * eta)) || (Equal(xi, -b) && Above(0, zeta)))
            return new IntMatrix(1, 0, 0, 0, 1, xi > 0 ? -1 : 1, 0, 0, 1);
        if (Above(Math.Abs(eta), a) || (Equal(eta, a) && Above(zeta, 2 * xi)) || (Equal(eta, -a) && Above(0, zeta)))
            return new IntMatrix(1, 0, eta > 0 ? -1 : 1, 0, 1, 0, 0, 0, 1);
        if (Above(Math.Abs(zeta), a) || (Equal(zeta, a) && Above(eta, 2 * xi)) || (Equal(zeta, -a) && Above(0, eta)))
            return new IntMatrix(1, zeta > 0 ? -1 : 1, 0, 0, 1, 0, 0, 0, 1);
        // 8: the body diagonal.
        double sum = xi + eta + zeta + a + b;
        if (Above(0, sum) || (Equal(sum, 0) && Above(2 * (a + eta) + zeta, 0)))
            return new IntMatrix(1, 0, 1, 0, 1, 1, 0, 0, 1);
        return null;

        bool Above(double left, double right) => left > right + epsilon;
        bool Equal(double left, double right) => Math.Abs(left - right) <= epsilon;
        int Sign(double value) => Math.Abs(value) <= epsilon ? 0 : Math.Sign(value);
    }

    // Of three signs whose product is not positive none may stay positive; a zero takes the odd change of sign.
    private static IntMatrix Obtuse(int l, int m, int n)
    {
        (bool a, bool b, bool c) = (l > 0, m > 0, n > 0);
        if (a ^ b ^ c)
        {
            if (l == 0)
                a = !a;
            else if (m == 0)
                b = !b;
            else if (n == 0)
                c = !c;
        }

        return Diagonal(a, b, c);
    }

    private static IntMatrix Diagonal(bool a, bool b, bool c) => new(a ? -1 : 1, 0, 0, 0, b ? -1 : 1, 0, 0, 0, c ? -1 : 1);
}
