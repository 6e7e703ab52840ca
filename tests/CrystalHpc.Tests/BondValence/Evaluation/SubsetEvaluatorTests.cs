using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.BondValence.Evaluation;

/// <summary>Metrics against figures worked out by hand.</summary>
public sealed class SubsetEvaluatorTests
{
    private static readonly Species Calcium = new(Element.Of("Ca"), 2);
    private static readonly Species Sodium = new(Element.Of("Na"), 1);
    private static readonly Species Oxide = new(Element.Of("O"), -2);

    // Sums by two tables; the second one does not cover the last site.
    private static readonly (EvaluatedSite Site, SiteClass Kind, double[] Sums)[] Four =
    [
        Site(0, 0, 0, Calcium, multiplicity: 1, [2.1, 2.3]), Site(0, 0, 1, Sodium, multiplicity: 3, [1.2, 0.4]),
        Site(1, 2, 2, Calcium, multiplicity: 4, [1.7, 2.0]), Site(1, 3, 3, Calcium, multiplicity: 4, [2.7, double.NaN], isExcluded: true),
    ];

    [Test]
    public void Root_mean_squares_are_over_the_sites_that_all_tables_cover()
    {
        TableMetrics ours = Metrics("all")[0];
        Assert.That(ours.Table, Is.EqualTo("ours"));
        Assert.That(ours.Sites, Is.EqualTo(3));
        Assert.That(ours.Groups, Is.EqualTo(2));
        Assert.That(ours.Rmsd, Is.EqualTo(Math.Sqrt((0.01 + 0.04 + 0.09) / 3)).Within(1e-12));
        Assert.That(ours.RmsdOfGroups, Is.EqualTo(Math.Sqrt((0.025 + 0.09) / 2)).Within(1e-12));
        Assert.That(ours.MeanDeviation, Is.EqualTo((0.1 + 0.2 - 0.3) / 3).Within(1e-12));
        Assert.That(ours.CoveragePercent, Is.EqualTo(100));
        Assert.That(Metrics("all")[1].CoveragePercent, Is.EqualTo(75));
    }

    [Test]
    public void The_mean_by_ion_weighs_each_ion_by_its_sites()
    {
        double calcium = Math.Sqrt((0.01 + 0.09) / 2);
        Assert.That(Metrics("all")[0].WeightedMeanRmsd, Is.EqualTo((2 * calcium + 0.2) / 3).Within(1e-12));
        Assert.That(Metrics("all")[0].WeightedMeanRmsdPercent, Is.EqualTo((2 * 100 * calcium / 2 + 20) / 3).Within(1e-10));
    }

    [Test]
    public void A_sum_that_rounds_to_another_number_is_wrong()
    {
        Assert.That(Metrics("all").Select(row => row.PercentWrong!.Value), Is.EqualTo(new[] { 0.0, 100.0 / 3, 25, 100.0 / 3 })
            .Within(1e-12));
        Assert.That(SubsetEvaluator.IsWrong(0.5), Is.True);
        Assert.That(SubsetEvaluator.IsWrong(-0.499), Is.False);
        Assert.That(SubsetEvaluator.IsWrong(double.NaN), Is.False);
    }

    [Test]
    public void The_instability_index_weighs_sites_by_their_atoms_and_leaves_out_structures_that_are_not_covered()
    {
        double first = Math.Sqrt((0.01 + 3 * 0.04) / 4);
        TableMetrics ours = Metrics("all")[0], own = Metrics("all")[2];
        Assert.That((ours.Structures, own.Structures), Is.EqualTo((2, 3)));
        Assert.That(ours.GiiMedian, Is.EqualTo((first + 0.3) / 2).Within(1e-12));
        Assert.That(own.GiiMedian, Is.EqualTo(0.3).Within(1e-12));
        Assert.That(own.GiiBelowFifthPercent, Is.EqualTo(100.0 / 3).Within(1e-12));
    }

    [Test]
    public void Own_subsets_hold_the_sites_that_each_table_covers() =>
        Assert.That(Metrics("all").Select(row => (row.Table, row.Subset, row.Sites)), Is.EqualTo(new[]
        {
            ("ours", "all", 3), ("theirs", "all", 3), ("ours", "all/own", 4), ("theirs", "all/own", 3),
        }));

    [Test]
    public void Excluded_sites_are_in_all_but_not_in_filtered()
    {
        Assert.That(Metrics("all/cation/Ca2+")[0].CoveragePercent, Is.EqualTo(100));
        Assert.That(Metrics("all/cation/Ca2+")[1].CoveragePercent, Is.EqualTo(200.0 / 3).Within(1e-12));
        Assert.That(Metrics("filtered/cation/Ca2+").Select(row => (row.Sites, row.CoveragePercent)), Is.All.EqualTo((2, 100.0)));
        Assert.That(Metrics("filtered")[2].Sites, Is.EqualTo(3));
    }

    [Test]
    public void There_is_a_subset_for_each_kind_of_site() =>
        Assert.That(Results(Four).Select(NameOf).Where(name => name.StartsWith("all", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "all", "all/source/label", "all/cation/Na1+", "all/cation/Ca2+", "all/anion/O2-", "all/coordination/6", "all/groups/5-9",
        }));

    [TestCase(0, "1-2")]
    [TestCase(2, "1-2")]
    [TestCase(3, "3-4")]
    [TestCase(9, "5-9")]
    [TestCase(10, "10-19")]
    [TestCase(20, "20+")]
    [TestCase(4000, "20+")]
    public void Sites_are_told_apart_by_what_is_known_of_their_rarest_bond(int groups, string range)
    {
        Assert.That(Results([Site(0, 0, 0, Calcium, 1, [2.1], pairGroups: groups)]).Select(NameOf), Does.Contain($"all/groups/{range}"));
    }

    // Wilson 1927 for 0 of 10: up to 27.75 %, not 0 to 0.
    [Test]
    public void No_wrong_site_among_ten_groups_is_not_certainty()
    {
        TableMetrics metrics = Results([.. Enumerable.Range(0, 10).Select(group => Site(group, group, group, Calcium, 1, [2.1]))],
            replicates: 100)[0].Metrics[0];
        Assert.That((metrics.PercentWrong, metrics.PercentWrongInterval.Low), Is.EqualTo((0.0, 0.0)));
        Assert.That(metrics.PercentWrongInterval.High, Is.EqualTo(27.75).Within(0.01));
    }

    [Test]
    public void Differences_are_taken_on_the_sites_that_both_cover()
    {
        TableDifference difference = Results(Four)[0].Differences.Single();
        Assert.That((difference.Table, difference.Reference, difference.Sites), Is.EqualTo(("theirs", "ours", 3)));
        Assert.That(difference.Rmsd, Is.EqualTo(Math.Sqrt((0.09 + 0.36 + 0) / 3)).Within(1e-12));
        Assert.That(difference.ReferenceRmsd, Is.EqualTo(Math.Sqrt((0.01 + 0.04 + 0.09) / 3)).Within(1e-12));
        Assert.That(difference.RmsdInterval.Low, Is.Null, "two groups are too few for an interval");
    }

    [Test]
    public void Intervals_are_those_of_the_bootstrap_over_groups()
    {
        var random = new Random(5);
        var sites = Enumerable.Range(0, 300).Select(i => Site(i / 5, i, i, Calcium, 1,
            [2 + 0.2 * random.NextDouble(), 2 - 0.3 * random.NextDouble()])).ToArray();
        SubsetResult all = Results(sites, replicates: 500)[0];
        var byGroup = sites.GroupBy(site => site.Site.Group).ToArray();
        double[][] columns = [.. byGroup.Select(group => (double[])[group.Count(), group.Sum(site => Square(site.Sums[0] - 2)),
            group.Sum(site => Square(site.Sums[1] - 2))])];
        ConfidenceInterval[] expected = new GroupBootstrap(500, 1).Intervals(
            [.. byGroup.Select(group => $"g{group.Key}")], columns, 2, (sums, statistics) =>
            {
                statistics[0] = Math.Sqrt(sums[1] / sums[0]);
                statistics[1] = Math.Sqrt(sums[2] / sums[0]) - Math.Sqrt(sums[1] / sums[0]);
            });
        AssertEqual(all.Metrics[0].RmsdInterval, expected[0]);
        AssertEqual(all.Differences[0].RmsdInterval, expected[1]);
    }

    [Test]
    public void Figures_have_the_same_bits_whoever_owns_which_groups([Values(2, 3, 5)] int ranks)
    {
        var random = new Random(7);
        var sites = Enumerable.Range(0, 400).Select(i => Site(
            i / 4, i / 2 * 2, i, i % 2 == 0 ? Calcium : Sodium, 1 + i % 4,
            [2 + random.NextDouble(), random.Next(9) == 0 ? double.NaN : 1 + random.NextDouble()], i % 11 == 0)).ToArray();
        IReadOnlyList<SubsetResult> alone = Results(sites, replicates: 200);
        IReadOnlyList<SubsetResult> shared = [];
        ThreadCommunicator.Run(ranks, world =>
        {
            IReadOnlyList<SubsetResult> own = Run(world, [.. sites.Where(site => site.Site.Group % ranks == world.Rank).Reverse()], 200);
            if (world.Rank == 0)
                shared = own;
        });
        Assert.That(shared.SelectMany(subset => subset.Metrics), Is.EqualTo(alone.SelectMany(subset => subset.Metrics)));
        Assert.That(shared.SelectMany(subset => subset.Differences), Is.EqualTo(alone.SelectMany(subset => subset.Differences)));
    }

    private static double Square(double value) => value * value;

    private static void AssertEqual(ConfidenceInterval found, ConfidenceInterval expected)
    {
        Assert.That(found.Low, Is.EqualTo(expected.Low!.Value).Within(1e-11));
        Assert.That(found.High, Is.EqualTo(expected.High!.Value).Within(1e-11));
    }

    private static (EvaluatedSite Site, SiteClass Kind, double[] Sums) Site(
        int group, int structure, int index, Species center, int multiplicity, double[] sums, bool isExcluded = false, int pairGroups = 7)
        => (
        new EvaluatedSite(TextHash.Of($"g{group}"), group, 0, index, structure, 0, multiplicity),
        new SiteClass(center, Oxide, SubsetKey.RangeOf(pairGroups), 6, "label", true, isExcluded), sums);

    private static string NameOf(SubsetResult subset) => subset.Metrics[0].Subset;

    private static IReadOnlyList<SubsetResult> Results((EvaluatedSite Site, SiteClass Kind, double[] Sums)[] sites, int replicates = 0) =>
        Run(new SerialCommunicator(), sites, replicates);

    private static IReadOnlyList<SubsetResult> Run(ICommunicator world, (EvaluatedSite Site, SiteClass Kind, double[] Sums)[] own,
        int replicates)
    {
        var sites = new EvaluatedSites(((string[])["ours", "theirs"])[..own[0].Sums.Length]);
        foreach ((EvaluatedSite site, SiteClass kind, double[] sums) in own)
            sites.Add(site, kind, sums);
        return new SubsetEvaluator(world, sites, replicates, 1).Run();
    }

    private static IReadOnlyList<TableMetrics> Metrics(string subset) => Results(Four).Single(result => NameOf(result) == subset).Metrics;
}
