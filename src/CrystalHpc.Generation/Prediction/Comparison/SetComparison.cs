using CrystalHpc.Core.Matching;
using CrystalHpc.Generation.Prediction.Judgment;

namespace CrystalHpc.Generation.Prediction.Comparison;

/// <summary>How near one set of crystals is to another: figures of the benchmark of T. Xie and others (CDVAE, ICLR 2022).</summary>
/// <param name="Given">Number of given crystals.</param>
/// <param name="Truth">Number of true ones.</param>
/// <param name="Sound">Share of the given ones without two atoms closer than 0.5 A.</param>
/// <param name="Chemical">Share of the given ones whose composition is neutral and follows Pauling, see
/// <see cref="CompositionValidity"/>.</param>
/// <param name="TruthChemical">The same of the true ones: what a perfect generator would reach.</param>
/// <param name="Valid">Share of both.</param>
/// <param name="Match">Share of the true ones that the given one of the same name, or place, matches; null when they cannot be
/// paired.</param>
/// <param name="Rms">Mean rms displacement of those, in units of (V/N)^(1/3).</param>
/// <param name="DensityDistance">Earth mover's distance of the densities, g/cm3.</param>
/// <param name="ElementDistance">Earth mover's distance of the numbers of elements.</param>
public sealed record SetComparison(
    int Given, int Truth, double Sound, double Chemical, double TruthChemical, double Valid, double? Match, double? Rms,
    double DensityDistance,
        double ElementDistance)
{
    /// <summary>Compares two sets.</summary>
    public static SetComparison Of(CrystalSet given, CrystalSet truth)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(truth);
        (double? match, double? rms) = Pairs(given, truth) is { } pairs ? Matched(given, truth, pairs) : default;
        return new SetComparison(
            given.Count, truth.Count, ShareOf(given.AreSound), ShareOf(given.AreChemical), ShareOf(truth.AreChemical),
            ShareOf([.. given.AreSound.Zip(given.AreChemical, (a, b) => a && b)]),
            match, rms, EarthMovers(given.Densities, truth.Densities), EarthMovers(given.ElementCounts, truth.ElementCounts));
    }

    /// <summary>Lines for people, with figures that others have published for Perov-5.</summary>
    public IEnumerable<string> Lines()
    {
        yield return FormattableString.Invariant($"{Given:N0} crystals beside {Truth:N0}");
        yield return FormattableString.Invariant($"  valid structures           {100 * Sound,7:F2} %   no two atoms closer than 0.5 A");
        yield return FormattableString.Invariant(
            $"  valid compositions         {100 * Chemical,7:F2} %   by common states; of the true ones {100 * TruthChemical:F2} %");
        yield return FormattableString.Invariant($"  both                       {100 * Valid,7:F2} %");
        yield return Match is { } match
            ? FormattableString.Invariant($"  match                      {100 * match,7:F2} %   mean rms {Rms:F4}")
            : "  match                            -     neither names nor numbers pair the crystals";
        yield return FormattableString.Invariant($"  earth mover's distance     {DensityDistance,7:F4}     of densities, g/cm3");
        yield return FormattableString.Invariant($"  earth mover's distance     {ElementDistance,7:F4}     of numbers of elements");
        yield return "  coverage                         -     left out: it needs the order "
            + "parameters of CrystalNN and the scaled features of matminer";
        yield return "published for Perov-5 (Xie and others 2022): Court and others 73.60 / 82.95 "
            + "% valid, match 51.65 % (.0217), distances 2.268, .8373;";
        yield return "  CDVAE 100 / 98.59 % valid, match 97.52 %";
    }

    /// <summary>Figures by name, as other commands of the program write them.</summary>
    public IReadOnlyDictionary<string, double> Metrics()
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["structure.valid"] = Sound, ["composition.valid"] = Chemical, ["composition.valid.truth"] = TruthChemical,
            ["valid"] = Valid, ["density.emd"] = DensityDistance,
                ["elements.emd"] = ElementDistance,
        };
        if (Match is { } match)
            metrics["match"] = match;
        if (Rms is { } rms)
            metrics["match.rms"] = rms;
        return metrics;
    }

    /// <summary>The earth mover's distance of two samples of a number: the area between their cumulative distributions.</summary>
    internal static double EarthMovers(double[] first, double[] second)
    {
        double[] a = [.. first.Order()], b = [.. second.Order()], all = [.. a.Concat(b).Order()];
        double area = 0;
        for (int i = 0, below = 0, under = 0; i + 1 < all.Length; i++)
        {
            while (below < a.Length && a[below] <= all[i])
                below++;
            while (under < b.Length && b[under] <= all[i])
                under++;
            area += Math.Abs((double)below / a.Length - (double)under / b.Length) * (all[i + 1] - all[i]);
        }

        return area;
    }

    // By name where every true crystal has one of the given ones; else by place where there are as many.
    private static int[]? Pairs(CrystalSet given, CrystalSet truth)
    {
        if (given.Ids.Distinct().Count() == given.Count && given.Ids.ToHashSet().IsSupersetOf(truth.Ids))
        {
            Dictionary<string, int> places = given.Ids.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
            return [.. truth.Ids.Select(id => places[id])];
        }

        return given.Count == truth.Count ? [.. Enumerable.Range(0, given.Count)] : null;
    }

    // Every true crystal counts, also where the given one is not sound: it matches nothing then.
    private static (double? Match, double? Rms) Matched(CrystalSet given, CrystalSet truth, int[] pairs)
    {
        var matcher = new StructureMatcher(CellScores.MatchTolerance);
        (int matched, double sum) = (0, 0);
        for (int i = 0; i < pairs.Length; i++)
        {
            if (given.AreSound[pairs[i]] && truth.Matchable(i) is { } first && given.Matchable(pairs[i]) is { } second
                && matcher.Compare(first, second) is { } match && match.RmsDisplacement < CellScores.MatchTolerance.Site)
                (matched, sum) = (matched + 1, sum + match.RmsDisplacement);
        }

        return ((double)matched / pairs.Length, matched > 0 ? sum / matched : null);
    }

    private static double ShareOf(bool[] flags) => (double)flags.Count(flag => flag) / flags.Length;
}
