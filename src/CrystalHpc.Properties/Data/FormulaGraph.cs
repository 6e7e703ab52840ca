using CrystalHpc.Learning.Formulas;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Data;

/// <summary>
/// A formula as a graph that a <see cref="CrystalNetwork{T}"/> takes, after R. E. A. Goodall and A. A. Lee, Nat. Commun. 11 (2020) 6280:
/// each element, an atom of its own, sees each, itself as well, as often as it occurs among 12 atoms, and where a crystal has a distance
/// stands 8 A times the share of the other element. So each knows its own share, and their plain mean tells the crystal as well as a
/// weighted one. The features of the whole are those of <see cref="FormulaFeatures"/>.
/// </summary>
public static class FormulaGraph
{
    private const int Neighbors = 12;

    /// <summary>The graph of a formula.</summary>
    public static CrystalGraph Of(Composition composition)
    {
        ArgumentNullException.ThrowIfNull(composition);
        int count = composition.Count;
        double[] fractions = [.. Enumerable.Range(0, count).Select(composition.Fraction)];
        double[] shares = [.. fractions.Distinct().Order()];
        int[] numbers = [.. Enumerable.Range(0, count)], shells = [.. fractions.Select(fraction => Array.IndexOf(shares, fraction))];
        int[] occurrences = [.. fractions.Select(OccurrencesOf)];
        var features = new double[FormulaFeatures.Count];
        FormulaFeatures.Write(composition, features);
        return new CrystalGraph(composition.Elements.ToArray(), new GraphLinks(
            [.. Enumerable.Range(0, count + 1).Select(element => element * count)],
            [.. numbers.SelectMany(_ => numbers)],
            [.. numbers.SelectMany(_ => shells)],
            [.. numbers.SelectMany(_ => occurrences)],
            [.. shares.Select(share => share * GraphBuilder.CutoffAngstrom)]))
        {
            Features = [.. features.Select(feature => (float)feature)],
        };
    }

    private static int OccurrencesOf(double fraction) =>
        Math.Max(1, (int)Math.Round(fraction * Neighbors, MidpointRounding.AwayFromZero));
}
