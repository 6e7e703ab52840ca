using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.Matching;

/// <summary>All bases of a lattice whose lengths and angles are near those of another cell.</summary>
internal static class LatticeMappings
{
    // A cell a thousand times as long as wide reaches this; only sums and differences of its own vectors are tried then.
    private const double MostVectors = 1e7;

    /// <summary>Finds the bases, of either hand.</summary>
    /// <param name="lattice">A basis of the lattice.</param>
    /// <param name="target">Lengths and angles that the bases must be near.</param>
    /// <param name="tolerance">How near.</param>
    public static IEnumerable<Basis> Find(Basis lattice, CellShape target, MatchTolerance tolerance)
    {
        List<Vector>[] candidates = Vectors(lattice, [target.A, target.B, target.C], 1 + tolerance.Length);
        foreach (Vector a in candidates[0])
        {
            foreach (Vector b in candidates[1])
            {
                if (!IsNear(a, b, target.Gamma, tolerance))
                    continue;
                foreach (Vector c in candidates[2])
                {
                    if (IsNear(b, c, target.Alpha, tolerance) && IsNear(a, c, target.Beta, tolerance)
                        && Math.Abs(IntMatrix.FromColumns(a.Image, b.Image, c.Image).Determinant) == 1)
                        yield return new Basis(a.Place, b.Place, c.Place);
                }
            }
        }
    }

    // For each target length, the lattice vectors of about that length.
    private static List<Vector>[] Vectors(Basis lattice, ReadOnlySpan<double> lengths, double factor)
    {
        List<Vector>[] found = [[], [], []];
        double longest = factor * Math.Max(lengths[0], Math.Max(lengths[1], lengths[2]));
        Basis reciprocal = lattice.Reciprocal;
        double na = Math.Floor(longest * reciprocal.A.Length), nb = Math.Floor(longest * reciprocal.B.Length),
            nc = Math.Floor(longest * reciprocal.C.Length);
        if ((2 * na + 1) * (2 * nb + 1) * (2 * nc + 1) > MostVectors)
            (na, nb, nc) = (1, 1, 1);
        for (int a = (int)-na; a <= na; a++)
        {
            for (int b = (int)-nb; b <= nb; b++)
            {
                for (int c = (int)-nc; c <= nc; c++)
                {
                    var image = new CellImage(a, b, c);
                    Cartesian place = lattice.ToCartesian(image);
                    double length = place.Length;
                    for (int i = 0; i < 3; i++)
                    {
                        if (length < factor * lengths[i] && length * factor > lengths[i])
                            found[i].Add(new Vector(image, place, length));
                    }
                }
            }
        }

        return found;
    }

    private static bool IsNear(Vector left, Vector right, double degrees, MatchTolerance tolerance) =>
        Math.Abs(CellShape.AngleDegrees(Cartesian.Dot(left.Place, right.Place), left.Length * right.Length)
            - degrees) < tolerance.AngleDegrees;

    private readonly record struct Vector(CellImage Image, Cartesian Place, double Length);
}
