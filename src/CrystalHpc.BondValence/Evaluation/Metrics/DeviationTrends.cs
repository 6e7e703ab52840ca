using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.OxidationStates;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Whether valence sums deviate with the coordination of a cation, its electronegativity, its lone pair or its radius: what a law of two parameters may miss.
/// </summary>
internal static class DeviationTrends
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "trends.csv";

    private const double ElectronegativityStep = 0.5, RadiusStepAngstrom = 0.2;

    /// <summary>All rows, by quantity and range.</summary>
    /// <param name="sites">Cations, their neighbors and coordination numbers, and valence sum minus oxidation state, v.u.</param>
    public static IReadOnlyList<TrendRow> Of(IReadOnlyList<(Species Cation, IReadOnlyList<Species> Neighbors, int Coordination, double Deviation)> sites) =>
    [
        .. Rows("coordination number", sites.Select(site => ((double)site.Coordination, site.Deviation)), value => Text(value)),
        .. Rows("electronegativity difference", sites.Select(site => (Floor(Difference(site.Cation, site.Neighbors), ElectronegativityStep), site.Deviation)), value => Range(value, ElectronegativityStep)),
        .. Rows("lone pair", sites.Select(site => (HasLonePair(site.Cation) ? 1.0 : 0, site.Deviation)), value => value > 0 ? "yes" : "no"),
        .. Rows("ionic radius (A)", sites.Select(site => (Floor(IonicRadii.CationRadiusAngstrom(site.Cation), RadiusStepAngstrom), site.Deviation)), value => Range(value, RadiusStepAngstrom)),
    ];

    /// <summary>Whether an ion of the p block keeps its two s electrons: Tl+, Pb2+, Bi3+, Te4+, I5+.</summary>
    internal static bool HasLonePair(Species cation) => ElementData.Block(cation.Element) == 'p' && ElementData.Group(cation.Element) is { } group && cation.Charge == group - 12;

    /// <summary>
    /// Omega squared (Hays 1963): the share of the variance that classes explain, less what as many classes explain by chance; null where it cannot be told.
    /// </summary>
    internal static double? OmegaSquared(IReadOnlyList<double[]> classes)
    {
        double[] all = [.. classes.SelectMany(values => values)];
        if (classes.Count < 2 || all.Length <= classes.Count)
            return null;
        double mean = all.Average(), total = all.Sum(value => (value - mean) * (value - mean));
        double within = classes.Sum(values => values.Average() is var center ? values.Sum(value => (value - center) * (value - center)) : 0);
        double ofError = within / (all.Length - classes.Count);
        return total > 0 ? Math.Max(0, (total - within - (classes.Count - 1) * ofError) / (total + ofError)) : null;
    }

    private static IEnumerable<TrendRow> Rows(string quantity, IEnumerable<(double Value, double Deviation)> sites, Func<double, string> nameOf)
    {
        IGrouping<double, double>[] ranges = [.. sites.Where(site => !double.IsNaN(site.Value)).GroupBy(site => site.Value, site => site.Deviation).OrderBy(range => range.Key)];
        double? explained = 100 * OmegaSquared([.. ranges.Select(range => range.ToArray())]);
        foreach (IGrouping<double, double> range in ranges)
        {
            double[] values = [.. range];
            double mean = values.Average(), squares = values.Sum(value => (value - mean) * (value - mean));
            yield return new TrendRow(
                quantity, nameOf(range.Key), values.Length, mean, values.Length > 1 ? Math.Sqrt(squares / (values.Length - 1) / values.Length) : null,
                Math.Sqrt(values.Average(value => value * value)), explained);
        }
    }

    private static double Difference(Species cation, IReadOnlyList<Species> neighbors) =>
        neighbors.Average(neighbor => ElementData.ElectronegativityPauling(neighbor.Element)) - ElementData.ElectronegativityPauling(cation.Element);

    private static double Floor(double value, double step) => Math.Floor(value / step);

    private static string Range(double index, double step) => $"[{Text(index * step)}, {Text((index + 1) * step)})";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
