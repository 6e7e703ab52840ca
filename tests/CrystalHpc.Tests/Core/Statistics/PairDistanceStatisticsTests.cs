using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Statistics;

namespace CrystalHpc.Tests.Core.Statistics;

/// <summary>Distance statistics against textbook formulas, and merging in any order.</summary>
public class PairDistanceStatisticsTests
{
    private static readonly SpeciesPair SiO = new(new Species(Element.Of("Si"), 4), new Species(Element.Of("O"), -2));
    private static readonly SpeciesPair NaCl = new(new Species(Element.Of("Na"), 1), new Species(Element.Of("Cl"), -1));

    private static PairDistanceStatistics Of(params double[] distances)
    {
        PairDistanceStatistics statistics = new(PairDistanceOptions.Default);
        foreach (double distance in distances)
            statistics.Add(SiO, distance);
        return statistics;
    }

    [Test]
    public void A_few_distances_have_their_textbook_mean_and_deviation()
    {
        // Mean 1.62, squared deviations 4, 1, 0, 1, 4 times 1e-4, over n - 1 = 4: variance 2.5e-4.
        PairDistanceSummary summary = Of(1.60, 1.61, 1.62, 1.63, 1.64).Summarize(SiO);
        Assert.That(summary.Count, Is.EqualTo(5));
        Assert.That(summary.MeanAngstrom, Is.EqualTo(1.62).Within(1e-12));
        Assert.That(summary.StandardDeviationAngstrom, Is.EqualTo(Math.Sqrt(2.5e-4)).Within(1e-12));
        Assert.That((summary.MinAngstrom, summary.MaxAngstrom), Is.EqualTo((1.60, 1.64))
            .Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12));
    }

    [Test]
    public void Quantiles_are_good_to_a_bin()
    {
        Random random = new(2);
        double[] distances = [.. Enumerable.Range(0, 10_001).Select(_ => 2 + 0.3 * random.NextDouble() * random.NextDouble())];
        PairDistanceSummary summary = Of(distances).Summarize(SiO);
        Array.Sort(distances);
        double[] found = [summary.Q05Angstrom, summary.Q25Angstrom, summary.MedianAngstrom, summary.Q75Angstrom, summary.Q95Angstrom];
        double[] expected = [distances[500], distances[2500], distances[5000], distances[7500], distances[9500]];
        Assert.That(found, Is.EqualTo(expected).Within(PairDistanceOptions.Default.BinWidthAngstrom / 5));
    }

    [Test]
    public void A_narrow_distribution_far_from_zero_keeps_its_deviation()
    {
        PairDistanceSummary summary = Of([.. Enumerable.Range(0, 1_000_000).Select(i => 5.0 + (i % 2 == 0 ? 1e-6 : -1e-6))]).Summarize(SiO);
        Assert.That(summary.StandardDeviationAngstrom, Is.EqualTo(1e-6).Within(1e-4).Percent);
    }

    [Test]
    public void One_distance_has_no_deviation_and_is_all_its_quantiles()
    {
        PairDistanceSummary summary = Of(1.6).Summarize(SiO);
        Assert.That(summary.StandardDeviationAngstrom, Is.Zero);
        Assert.That(new[] { summary.Q05Angstrom, summary.MedianAngstrom, summary.Q95Angstrom }, Is.All.EqualTo(1.6).Within(1e-12));
    }

    [Test]
    public void Merging_in_any_order_gives_the_rows_of_the_whole()
    {
        Random random = new(1);
        (SpeciesPair Pair, double Distance)[] all = [.. Enumerable.Range(0, 5000)
            .Select(i => (i % 3 == 0 ? NaCl : SiO, 1.5 + 2 * random.NextDouble()))];
        PairDistanceStatistics whole = new(PairDistanceOptions.Default);
        PairDistanceStatistics[] shards = [.. Enumerable.Range(0, 7).Select(_ => new PairDistanceStatistics(PairDistanceOptions.Default))];
        foreach ((SpeciesPair pair, double distance) in all)
        {
            whole.Add(pair, distance);
            shards[random.Next(7)].Add(pair, distance);
        }

        random.Shuffle(shards);
        PairDistanceStatistics merged = new(PairDistanceOptions.Default);
        foreach (PairDistanceStatistics shard in shards)
            merged.Merge(shard);
        Assert.That(merged.Rows, Is.EqualTo(whole.Rows));
        Assert.That(merged.Summaries, Is.EqualTo(whole.Summaries));
    }

    [Test]
    public void Rows_hold_the_whole_state()
    {
        PairDistanceStatistics statistics = Of(1.6, 1.61, 1.615, 2.3);
        PairDistanceStatistics read = new(PairDistanceOptions.Default);
        foreach (PairDistanceRow row in statistics.Rows)
            read.Add(row);
        Assert.That(read.Summarize(SiO), Is.EqualTo(statistics.Summarize(SiO)));
        Assert.That(statistics.Rows.Select(row => (row.Bin, row.Count)), Is.EqualTo(new[] { (160, 1L), (161, 2L), (230, 1L) }));
    }

    [TestCase(6.0, 1)]
    [TestCase(6.0001, 0)]
    [TestCase(0.0, 0)]
    [TestCase(double.NaN, 0)]
    public void Only_distances_up_to_the_cutoff_count(double distance, int expected)
    {
        Assert.That(Of(distance).Pairs, Has.Count.EqualTo(expected));
    }

    [Test]
    public void Tables_with_other_bins_are_not_merged()
    {
        PairDistanceStatistics other = new(PairDistanceOptions.Default with { BinWidthAngstrom = 0.02 });
        Assert.That(() => Of(1.6).Merge(other), Throws.ArgumentException);
    }

    [Test]
    public void A_pair_of_elements_does_not_depend_on_their_order()
    {
        Assert.That(SpeciesPair.OfElements(Element.Of("Si"), Element.Of("O")),
            Is.EqualTo(SpeciesPair.OfElements(Element.Of("O"), Element.Of("Si"))));
    }
}
