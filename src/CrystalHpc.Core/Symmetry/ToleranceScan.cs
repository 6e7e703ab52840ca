namespace CrystalHpc.Core.Symmetry;

/// <summary>A space group and the tolerance at which it is found.</summary>
/// <param name="Number">Number of the group, 1 to 230.</param>
/// <param name="ToleranceAngstrom">Tolerance, Å.</param>
public readonly record struct GroupAtTolerance(int Number, double ToleranceAngstrom);

/// <summary>
/// How much an answer depends on the tolerance: the next group that a larger and a smaller tolerance find. An answer that holds from far
/// below the noise of the positions to far above it is one of the structure; another is one of the tolerance.
/// </summary>
public static class ToleranceScan
{
    private const double Step = 1.3;
    private const double Range = 60;
    private const int Halvings = 4;

    /// <summary>The nearest larger tolerance, up to 60 times, at which another group is found; null when there is none.</summary>
    public static GroupAtTolerance? Up(SymmetryFinder finder, AtomicCell cell, CrystalSymmetry found, SymmetryTolerance tolerance) =>
        Scan(finder, cell, found, tolerance, Step);

    /// <summary>The nearest smaller tolerance, down to one 60th, at which another group is found; null when there is none.</summary>
    public static GroupAtTolerance? Down(SymmetryFinder finder, AtomicCell cell, CrystalSymmetry found, SymmetryTolerance tolerance) =>
        Scan(finder, cell, found, tolerance, 1 / Step);

    private static GroupAtTolerance? Scan(
        SymmetryFinder finder, AtomicCell cell, CrystalSymmetry found, SymmetryTolerance tolerance, double step)
    {
        ArgumentNullException.ThrowIfNull(finder);
        ArgumentNullException.ThrowIfNull(found);
        for (double factor = 1; factor is < Range and > 1 / Range; factor *= step)
        {
            if (finder.Find(cell, tolerance.Times(factor * step)) is not { } other || other.Number == found.Number)
                continue;
            // Between the last tolerance of the group found and the first of another; halves of the logarithm.
            (double same, double differs, int number) = (factor, factor * step, other.Number);
            for (int i = 0; i < Halvings; i++)
            {
                double middle = Math.Sqrt(same * differs);
                if (finder.Find(cell, tolerance.Times(middle)) is not { } between || between.Number == found.Number)
                    same = middle;
                else
                    (differs, number) = (middle, between.Number);
            }

            return new GroupAtTolerance(number, tolerance.Angstrom * differs);
        }

        return null;
    }
}
