using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.Report;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.BondValence.Report.Data;

/// <summary>What the report gathers from tables, against tables small enough to count by hand.</summary>
public sealed class SummaryTests
{
    [Test]
    public void Sites_are_tallied_by_element_and_by_cation()
    {
        ResidualSummary summary = ResidualSummary.Of(
            [
                Site("a", 0, "Fe", 2, 2.1, weight: 1), Site("a", 1, "Fe", 3, 2.7, weight: 0.5),
                Site("b", 0, "Si", 4, 4.6, weight: 1), Site("c", 0, "Fe", 3, 5.0, weight: 1, use: "gated"),
            ],
            mostWorst: 10);
        SiteTally iron = summary.ByElement["Fe"];
        Assert.That((iron.Sites, iron.Fitted, iron.Wrong), Is.EqualTo((3L, 2L, 1L)), "a site that the gate left out still counts as wrong");
        Assert.That(iron.Rmsd, Is.EqualTo(Math.Sqrt((1 * 0.01 + 0.5 * 0.09) / 1.5)).Within(1e-12), "but not in the error of the fit");
        Assert.That(summary.ByCation.Keys, Is.EqualTo(new[] { ("Fe", 2), ("Fe", 3), ("Si", 4) }));
        Assert.That(summary.All.WrongFraction, Is.EqualTo(0.5));
        Assert.That(summary.SitesByValence[3], Is.EqualTo(2));
    }

    [Test]
    public void Sums_at_anions_are_no_cation_sites()
    {
        ResidualSummary summary = ResidualSummary.Of([Site("a", 0, "Si", 4, 4.1, 1), Site("a", 1, "O", -2, 2.9, 1)], mostWorst: 5);
        Assert.That(summary.All.Sites, Is.EqualTo(1));
        Assert.That(summary.ByElement.Keys, Is.EqualTo(new[] { "Si" }));
        Assert.That(summary.Worst.Select(row => row.Cation), Is.EqualTo(new[] { "Si" }));
    }

    [Test]
    public void Half_a_unit_rounds_wrong_and_less_does_not()
    {
        Assert.That(SiteTally.IsWrong(Site("a", 0, "Si", 4, 4.5, 1)), Is.True);
        Assert.That(SiteTally.IsWrong(Site("a", 0, "Si", 4, 3.501, 1)), Is.False);
        Assert.That(SiteTally.IsWrong(Site("a", 0, "Si", 4, double.NaN, 1)), Is.True);
    }

    [Test]
    public void The_worst_sites_come_worst_first_and_ties_in_the_order_of_the_table()
    {
        ResidualRow[] rows = [.. Enumerable.Range(0, 100).Select(i
            => Site($"s{i}", 0, "Na", 1, 1 + 0.01 * (i % 10) * (i % 2 == 0 ? 1 : -1), 1))];
        ResidualSummary summary = ResidualSummary.Of(rows, mostWorst: 12);
        Assert.That(summary.Worst.Select(row => row.StructureId), Is.EqualTo(new[]
        {
            "s9", "s19", "s29", "s39", "s49", "s59", "s69", "s79", "s89", "s99", "s8", "s18",
        }));
    }

    [Test]
    public void Bins_count_what_lies_beyond_them()
    {
        var bins = new CountedBins(-1, 0.5, 4);
        foreach (double value in new[] { -1.0, -0.51, -0.5, 0.0, 0.99, 1.0, -1.01, double.NaN, double.PositiveInfinity })
            bins.Add(value);
        Assert.That(Enumerable.Range(0, 4).Select(bin => bins[bin]), Is.EqualTo(new long[] { 2, 1, 1, 1 }));
        Assert.That((bins.Below, bins.Above), Is.EqualTo((1L, 3L)));
    }

    [Test]
    public void Quantiles_are_read_within_bins()
    {
        var bins = new CountedBins(0, 1, 10);
        for (int i = 0; i < 100; i++)
            bins.Add(i / 10.0);
        Assert.That(bins.Quantile(0.5), Is.EqualTo(5).Within(1e-12));
        Assert.That(bins.Quantile(0.25), Is.EqualTo(2.5).Within(1e-12));
        Assert.That(new CountedBins(0, 1, 10).Quantile(0.5), Is.Zero);
    }

    [Test]
    public void Reasons_are_counted_for_all_and_for_those_that_stand_alone()
    {
        StructureSummary summary = StructureSummary.Of(
            [Structure("1", "rejected", "reject-a;reject-b"), Structure("2", "rejected", "reject-a"), Structure("3", "accepted", "")]);
        Assert.That(summary.Reasons["reject-a"], Is.EqualTo((2L, 1L)));
        Assert.That(summary.Reasons["reject-b"], Is.EqualTo((1L, 0L)));
        Assert.That(summary.AcceptedBySource["label"], Is.EqualTo(1));
    }

    [Test]
    public void Pairs_with_few_bonds_are_counted_but_not_shown()
    {
        (IReadOnlyList<PairHistogram> shown, int pairs, int enough) = PairHistogram.Read(
            [Bin("Si", 4, 160, 15), Bin("Si", 4, 162, 10), Bin("Na", 1, 230, 4), Bin("Ca", 2, 240, 90)], fewestBonds: 20, most: 1);
        Assert.That((pairs, enough), Is.EqualTo((3, 2)));
        Assert.That(shown.Select(pair => (pair.Name, pair.Bonds)), Is.EqualTo(new[] { ("Ca²⁺–O²⁻", 90L) }));
    }

    [Test]
    public void Quantiles_of_a_pair_are_its_bins()
    {
        PairHistogram pair = new("Si", 4, "O", -2, [(150, 1), (160, 98), (175, 1)]);
        Assert.That(new[] { pair.Quantile(0.005), pair.Quantile(0.5), pair.Quantile(0.995) }, Is.EqualTo(new[] { 150, 160, 175 }));
    }

    [TestCase("Si", 4, "Si⁴⁺", "Si4+")]
    [TestCase("O", -2, "O²⁻", "O2-")]
    [TestCase("Na", 1, "Na⁺", "Na1+")]
    [TestCase("Fe", 0, "Fe", "Fe")]
    public void Species_are_written_for_eyes_and_for_typing(string element, int charge, string pretty, string plain)
    {
        Assert.That(SpeciesText.Pretty(element, charge), Is.EqualTo(pretty));
        Assert.That(SpeciesText.Plain(element, charge), Is.EqualTo(plain));
    }

    private static ResidualRow Site(string structure, int index, string cation, int charge, double sum, double weight,
        string use = "fitted") =>
        new(structure, index, cation + index, cation, charge, 4, sum, sum - charge, weight, use);

    private static StructureRow Structure(string id, string verdict, string reasons) =>
        new(id, id + ".cif", "", "", "", "", null, null, null, null, null, null, null, null, null, null, "label", null, null, null, "",
            verdict, reasons);

    private static PairBinRow Bin(string cation, int charge, int bin, long count) => new(cation, charge, "O", -2, bin, count, 0, 0, 0, 0);
}
