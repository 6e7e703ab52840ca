using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// The three shortest vectors of Delaunay's reduction: a, b, c and -(a + b + c) are changed until no angle between two of them is acute;
/// the shortest are among them and their sums (B. Delaunay, Z. Krist. 84 (1933) 109; International Tables A, 3.1.2.3).
/// </summary>
internal static class DelaunayReduction
{
    // Lengths and angles that noise alone tells apart are equal, as shares of squared lengths.
    private const double Rounding = 1e-3;
    private const int MostSteps = 100;

    /// <summary>
    /// Reduces a basis; the result is right-handed. Of vectors of one length, those that come from the first given ones come first.
    /// </summary>
    public static Basis Reduce(Basis given)
    {
        Span<Cartesian> v = [given.A, given.B, given.C, -1.0 * (given.A + given.B + given.C)];
        for (int step = 0; step < MostSteps && TryStep(v); step++)
        {
        }

        Span<Cartesian> candidates = [v[0], v[1], v[0] + v[1], v[2], v[3], v[1] + v[2], v[2] + v[0]];
        Sort(candidates);
        for (int third = 2; third < candidates.Length; third++)
        {
            var basis = new Basis(candidates[0], candidates[1], candidates[third]);
            if (Math.Abs(basis.Volume) > 0.5 * Math.Abs(given.Volume))
                return basis.Volume > 0 ? basis : new Basis(-1.0 * basis.A, -1.0 * basis.B, -1.0 * basis.C);
        }

        return given;
    }

    // Turns the first vector of the first acute pair around, and adds it to the two others; false when there is no such pair.
    private static bool TryStep(Span<Cartesian> v)
    {
        for (int i = 0; i < 3; i++)
        {
            for (int j = i + 1; j < 4; j++)
            {
                if (Cartesian.Dot(v[i], v[j]) <= Rounding * Math.Sqrt(v[i].LengthSquared * v[j].LengthSquared))
                    continue;
                for (int k = 0; k < 4; k++)
                {
                    if (k != i && k != j)
                        v[k] += v[i];
                }

                v[i] = -1.0 * v[i];
                return true;
            }
        }

        return false;
    }

    // By length; neighbors of nearly one length keep their order.
    private static void Sort(Span<Cartesian> vectors)
    {
        for (int end = vectors.Length - 1; end > 0; end--)
        {
            for (int i = 0; i < end; i++)
            {
                if (vectors[i].LengthSquared > vectors[i + 1].LengthSquared * (1 + Rounding))
                    (vectors[i], vectors[i + 1]) = (vectors[i + 1], vectors[i]);
            }
        }
    }
}
