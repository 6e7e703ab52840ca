using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Whether valence sums deviate with the coordination of a cation, its electronegativity, its lone pair or its radius: what a law of two
/// parameters may miss. Sums by range, exact over all ranks.
/// </summary>
internal sealed class DeviationTrends
{
    /// <summary>Name of the table.</summary>
    public const string FileName = "trends.csv";

    private const double ElectronegativityStep = 0.5, RadiusStepAngstrom = 0.2;

    // Of each range: sites, deviations, their squares.
    private const int PerRange = 3;

    private static readonly (string Name, Func<double, string> RangeName)[] Quantities =
    [
        ("coordination number", Text),
        ("electronegativity difference", value => Range(value, ElectronegativityStep)),
        ("lone pair", value => value > 0 ? "yes" : "no"),
        ("ionic radius (A)", value => Range(value, RadiusStepAngstrom)),
    ];

    private readonly Dictionary<TrendRange, ReproducibleSum> _sums = [];

    /// <summary>Adds a cation of this rank.</summary>
    /// <param name="cation">The cation.</param>
    /// <param name="neighbors">Its neighbors, each kind once.</param>
    /// <param name="coordination">Its coordination number.</param>
    /// <param name="deviation">Valence sum minus oxidation state, v.u.</param>
    public void Add(Species cation, IReadOnlyList<Species> neighbors, int coordination, double deviation)
    {
        Add(0, coordination, deviation);
        Add(1, Floor(Difference(cation, neighbors), ElectronegativityStep), deviation);
        Add(2, HasLonePair(cation) ? 1 : 0, deviation);
        Add(3, Floor(IonicRadii.CationRadiusAngstrom(cation), RadiusStepAngstrom), deviation);
    }

    /// <summary>All rows, by quantity and range; the same on every rank. A collective call.</summary>
    public IReadOnlyList<TrendRow> Rows(ICommunicator world)
    {
        IReadOnlyList<TrendRange> ranges = world.GatherToAll(_sums.Keys, all =>
            all.Distinct().OrderBy(range => range.Quantity).ThenBy(range => range.Value));
        var rows = new List<TrendRow>();
        RangeSums[] sums = [.. ranges.Select(range => Total(world, range))];
        foreach (IGrouping<int, (TrendRange Range, RangeSums Sums)> quantity in ranges.Zip(sums).GroupBy(entry => entry.First.Quantity))
        {
            double? explained = 100 * OmegaSquared([.. quantity.Select(entry => entry.Sums)]);
            rows.AddRange(quantity.Select(entry => Row(Quantities[quantity.Key], entry.Range.Value, entry.Sums, explained)));
        }

        return rows;
    }

    /// <summary>Whether an ion of the p block keeps its two s electrons: Tl+, Pb2+, Bi3+, Te4+, I5+.</summary>
    internal static bool HasLonePair(Species cation) =>
        ElementData.Block(cation.Element) == 'p' && ElementData.Group(cation.Element) is { } group && cation.Charge == group - 12;

    /// <summary>
    /// Omega squared (Hays 1963): the share of the variance that classes explain, less what as many classes explain by chance; null where
    /// it cannot be told.
    /// </summary>
    internal static double? OmegaSquared(IReadOnlyList<RangeSums> classes)
    {
        double count = classes.Sum(of => of.Count), sum = classes.Sum(of => of.Sum);
        if (classes.Count < 2 || count <= classes.Count)
            return null;
        double total = classes.Sum(of => of.Squares) - sum * sum / count, within = classes.Sum(of => of.SquaresAboutMean);
        double ofError = within / (count - classes.Count);
        return total > 0 ? Math.Max(0, (total - within - (classes.Count - 1) * ofError) / (total + ofError)) : null;
    }

    private static TrendRow Row((string Name, Func<double, string> RangeName) quantity, double range, RangeSums sums,
        double? explained) => new(
        quantity.Name, quantity.RangeName(range), (int)sums.Count, sums.Sum / sums.Count,
        sums.Count > 1 ? Math.Sqrt(sums.SquaresAboutMean / (sums.Count - 1) / sums.Count) : null, Math.Sqrt(sums.Squares / sums.Count),
            explained);

    private RangeSums Total(ICommunicator world, TrendRange range)
    {
        ReproducibleSum sums = _sums.GetValueOrDefault(range) ?? new ReproducibleSum(PerRange);
        sums.AllReduce(values => world.AllreduceInPlace(values, ReduceOperation.Sum));
        return new RangeSums(sums.Read(0), sums.Read(1), sums.Read(2));
    }

    private void Add(int quantity, double value, double deviation)
    {
        if (double.IsNaN(value))
            return;
        var range = new TrendRange(quantity, value);
        if (!_sums.TryGetValue(range, out ReproducibleSum? sums))
            _sums.Add(range, sums = new ReproducibleSum(PerRange));
        sums.Add(0, 1);
        sums.Add(1, deviation);
        sums.Add(2, deviation * deviation);
    }

    private static double Difference(Species cation, IReadOnlyList<Species> neighbors) =>
        neighbors.Average(neighbor =>
            ElementData.ElectronegativityPauling(neighbor.Element)) - ElementData.ElectronegativityPauling(cation.Element);

    private static double Floor(double value, double step) => Math.Floor(value / step);

    private static string Range(double index, double step) => $"[{Text(index * step)}, {Text((index + 1) * step)})";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private readonly record struct TrendRange(int Quantity, double Value);
}

/// <summary>Sums over the sites of a range: their number, the deviations, the squares of these.</summary>
internal readonly record struct RangeSums(double Count, double Sum, double Squares)
{
    public double SquaresAboutMean => Math.Max(0, Squares - Sum * Sum / Count);
}
