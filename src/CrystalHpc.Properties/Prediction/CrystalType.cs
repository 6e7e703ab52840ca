using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Prediction;

/// <summary>
/// The one structure type of the training crystals of a special model, such as the cubic perovskites: it says nothing of others. A type is
/// the ratios of the amounts of its elements, and where the twelve nearest neighbors of an atom are on average, in units of the shortest
/// distance of the crystal; neither depends on size, unit cell or elements.
/// </summary>
/// <param name="Amounts">Amounts of the elements in the smallest whole numbers, falling, such as <c>3-1-1</c>.</param>
/// <param name="Distances">Mean distance of the first, second, ... neighbor.</param>
public sealed record CrystalType(IReadOnlySet<string> Amounts, IReadOnlyList<double> Distances)
{
    /// <summary>So many neighbors of an atom tell its surroundings.</summary>
    public const int Neighbors = 12;

    /// <summary>Mean distances of a type differ by no more: ideal types by nothing, relaxed cells by a little.</summary>
    private const double Tolerance = 0.05;

    /// <summary>More ratios of amounts are no type.</summary>
    private const int MostAmounts = 8;

    /// <summary>The type of all crystals; null when they are of several.</summary>
    public static CrystalType? Of(IReadOnlyList<CrystalGraph> crystals)
    {
        ArgumentNullException.ThrowIfNull(crystals);
        HashSet<string> amounts = [.. crystals.Select(AmountsOf)];
        if (amounts.Count > MostAmounts)
            return null;
        var mean = new double[Neighbors];
        foreach (double[] own in crystals.Select(DistancesOf))
        {
            for (int k = 0; k < mean.Length; k++)
                mean[k] += own[k] / crystals.Count;
        }

        var type = new CrystalType(amounts, mean);
        return crystals.All(type.Holds) ? type : null;
    }

    /// <summary>True for a crystal of this type.</summary>
    public bool Holds(CrystalGraph crystal)
    {
        if (!Amounts.Contains(AmountsOf(crystal)))
            return false;
        double[] own = DistancesOf(crystal);
        return Enumerable.Range(0, own.Length).All(k => Math.Abs(own[k] - Distances[k]) <= Tolerance);
    }

    private static string AmountsOf(CrystalGraph crystal)
    {
        int[] counts = [.. crystal.Elements.CountBy(element => element).Select(pair => pair.Value).OrderDescending()];
        int divisor = counts.Aggregate(0, Divisor);
        return string.Join('-', counts.Select(count => count / divisor));
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    // Infinite where an atom has fewer neighbors.
    private static double[] DistancesOf(CrystalGraph crystal)
    {
        var mean = new double[Neighbors];
        GraphLinks bonds = crystal.Bonds;
        double shortest = bonds.Values.Length > 0 ? bonds.Values.Min() : 1;
        for (int atom = 0; atom < crystal.Atoms; atom++)
        {
            int place = 0;
            for (int bond = bonds.First[atom]; bond < bonds.First[atom + 1]; bond++)
            {
                for (int copy = 0; copy < bonds.Multiplicity[bond] && place < mean.Length; copy++)
                    mean[place++] += bonds.Values[bonds.Shell[bond]] / shortest / crystal.Atoms;
            }

            for (; place < mean.Length; place++)
                mean[place] = double.PositiveInfinity;
        }

        return mean;
    }
}
