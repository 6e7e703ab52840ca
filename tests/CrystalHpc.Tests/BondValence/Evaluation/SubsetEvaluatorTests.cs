using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.BondValence.Evaluation;

/// <summary>Metrics against figures worked out by hand.</summary>
public sealed class SubsetEvaluatorTests
{
    private static readonly Species Calcium = new(Element.Of("Ca"), 2);
    private static readonly Species Sodium = new(Element.Of("Na"), 1);
    private static readonly Species Oxide = new(Element.Of("O"), -2);

    // Sums by two tables; the second one does not cover the last site.
    private static readonly EvaluatedSites Sites = new(
        ["ours", "theirs"],
        ["g0", "g1"],
        [
            Site(0, 0, Calcium, multiplicity: 1), Site(0, 0, Sodium, multiplicity: 3), Site(1, 1, Calcium, multiplicity: 4),
            Site(1, 2, Calcium, multiplicity: 4, isExcluded: true),
        ],
        [2.1, 2.3, 1.2, 0.4, 1.7, 2.0, 2.7, double.NaN]);

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
        Assert.That(Metrics("all").Select(row => row.PercentWrong!.Value), Is.EqualTo(new[] { 0.0, 100.0 / 3, 25, 100.0 / 3 }).Within(1e-12));
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
        Assert.That(Subset("all/cation/Ca2+").Sites, Is.EqualTo(new[] { 0, 2, 3 }));
        Assert.That(Subset("filtered/cation/Ca2+").Sites, Is.EqualTo(new[] { 0, 2 }));
        Assert.That(Subset("filtered").Sites, Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void There_is_a_subset_for_each_kind_of_site() =>
        Assert.That(SiteSubset.Of(Sites).Select(subset => subset.Name).Where(name => name.StartsWith("all", StringComparison.Ordinal)), Is.EqualTo(new[]
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
        var sites = new EvaluatedSites(["ours"], ["g"], [Site(0, 0, Calcium, 1, pairGroups: groups)], [2.1]);
        Assert.That(SiteSubset.Of(sites).Select(subset => subset.Name), Does.Contain($"all/groups/{range}"));
    }

    // Wilson 1927 for 0 of 10: up to 27.75 %, not 0 to 0.
    [Test]
    public void No_wrong_site_among_ten_groups_is_not_certainty()
    {
        EvaluatedSite[] ten = [.. Enumerable.Range(0, 10).Select(group => Site(group, group, Calcium, 1))];
        var sites = new EvaluatedSites(["ours"], [.. ten.Select((_, i) => $"g{i}")], ten, [.. ten.Select(_ => 2.1)]);
        TableMetrics metrics = new SubsetEvaluator(sites, 100, 1).Metrics(SiteSubset.Of(sites)[0])[0];
        Assert.That((metrics.PercentWrong, metrics.PercentWrongInterval.Low), Is.EqualTo((0.0, 0.0)));
        Assert.That(metrics.PercentWrongInterval.High, Is.EqualTo(27.75).Within(0.01));
    }

    [Test]
    public void Differences_are_taken_on_the_sites_that_both_cover()
    {
        TableDifference difference = new SubsetEvaluator(Sites, 0, 1).Differences(Subset("all")).Single();
        Assert.That((difference.Table, difference.Reference, difference.Sites), Is.EqualTo(("theirs", "ours", 3)));
        Assert.That(difference.Rmsd, Is.EqualTo(Math.Sqrt((0.09 + 0.36 + 0) / 3)).Within(1e-12));
        Assert.That(difference.ReferenceRmsd, Is.EqualTo(Math.Sqrt((0.01 + 0.04 + 0.09) / 3)).Within(1e-12));
        Assert.That(difference.RmsdInterval.Low, Is.Null, "two groups are too few for an interval");
    }

    private static EvaluatedSite Site(int group, int structure, Species center, int multiplicity, bool isExcluded = false, int pairGroups = 7) =>
        new(group, structure, center, Oxide, pairGroups, 6, multiplicity, "label", true, isExcluded);

    private static SiteSubset Subset(string name) => SiteSubset.Of(Sites).Single(subset => subset.Name == name);

    private static IReadOnlyList<TableMetrics> Metrics(string subset) => new SubsetEvaluator(Sites, 0, 1).Metrics(Subset(subset));
}
