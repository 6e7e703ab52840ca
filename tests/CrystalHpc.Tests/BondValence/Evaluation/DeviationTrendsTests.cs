using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.Core.Elements;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.BondValence.Evaluation;

/// <summary>Deviations by what a cation is.</summary>
public sealed class DeviationTrendsTests
{
    private static readonly Species Oxide = new(Element.Of("O"), -2);

    [TestCase("Tl", 1, true)]
    [TestCase("Pb", 2, true)]
    [TestCase("Pb", 4, false)]
    [TestCase("Bi", 3, true)]
    [TestCase("S", 4, true)]
    [TestCase("S", 6, false)]
    [TestCase("I", 5, true)]
    [TestCase("Al", 3, false)]
    [TestCase("Zn", 2, false)]
    [TestCase("Ba", 2, false)]
    public void A_lone_pair_belongs_to_ions_that_keep_their_s_electrons(string element, int charge, bool has) =>
        Assert.That(DeviationTrends.HasLonePair(new Species(Element.Of(element), (sbyte)charge)), Is.EqualTo(has));

    // Means 1, 2, 3 and 4, 5, 6: between 13.5, within 4, so (13.5 - 1)/(17.5 + 1).
    [Test]
    public void Omega_squared_of_two_classes_by_hand() =>
        Assert.That(DeviationTrends.OmegaSquared([new RangeSums(3, 6, 14), new RangeSums(3, 15, 77)]), Is.EqualTo(12.5 / 18.5)
            .Within(1e-12));

    [Test]
    public void Classes_that_tell_nothing_explain_nothing()
        => Assert.That(DeviationTrends.OmegaSquared([new RangeSums(3, 6, 14), new RangeSums(3, 6, 14)]), Is.Zero);

    [Test]
    public void Every_quantity_counts_every_site_once_and_finds_what_depends_on_it()
    {
        var sites = Enumerable.Range(0, 200)
            .Select(i => (new Species(Element.Of(i % 2 == 0 ? "Pb" : "Ca"), 2), (IReadOnlyList<Species>)[Oxide], 6 + i / 2 % 3,
                (i % 2 == 0 ? 0.3 : 0) + 0.01 * Math.Sin(i))).ToArray();
        IReadOnlyList<TrendRow> rows = [];
        ThreadCommunicator.Run(3, world =>
        {
            var trends = new DeviationTrends();
            foreach ((Species cation, IReadOnlyList<Species> neighbors, int coordination, double deviation) in sites.Where(
                (_, i) => i % 3 == world.Rank))
                trends.Add(cation, neighbors, coordination, deviation);
            IReadOnlyList<TrendRow> found = trends.Rows(world);
            if (world.Rank == 1)
                rows = found;
        });
        Assert.That(rows.GroupBy(row => row.Quantity).Select(rows => rows.Sum(row => row.Sites)), Is.All.EqualTo(200));
        Assert.That(rows.First(row => row.Quantity == "lone pair").ExplainedPercent, Is.GreaterThan(95));
        Assert.That(rows.First(row => row.Quantity == "coordination number").ExplainedPercent, Is.LessThan(2));
        Assert.That(rows.Where(row => row.Quantity == "lone pair").Select(row => (row.Range, row.Sites)),
            Is.EqualTo(new[] { ("no", 100), ("yes", 100) }));
        Assert.That(rows.Single(row => row.Range == "yes").MeanDeviationVu, Is.EqualTo(0.3).Within(0.01));
    }
}
