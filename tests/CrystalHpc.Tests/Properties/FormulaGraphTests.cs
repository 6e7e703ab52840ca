using CrystalHpc.Core.Findings;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Tests.Properties;

/// <summary>Formulas as graphs.</summary>
public sealed class FormulaGraphTests
{
    [Test]
    public void Each_element_sees_each_as_often_as_it_occurs_and_knows_its_share()
    {
        CrystalGraph graph = Of("SrTiO3");
        Assert.That(graph.Elements, Is.EqualTo(new byte[] { 7, 37, 21 }), "oxygen, strontium, titanium: by amount and electronegativity");
        Assert.That(graph.Bonds.First, Is.EqualTo(new[] { 0, 3, 6, 9 }));
        Assert.That(graph.Bonds.Neighbor[..3], Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(graph.Bonds.Multiplicity[..3], Is.EqualTo(new[] { 7, 2, 2 }), "of 12: 7.2, 2.4, 2.4");
        Assert.That(graph.Bonds.Values, Is.EqualTo(new[] { 8 * 0.2, 8 * 0.6 }).Within(1e-12));
        Assert.That(graph.Bonds.Shell[..3], Is.EqualTo(new[] { 1, 0, 0 }));
    }

    [TestCase("O3TiSr")]
    [TestCase("Sr2Ti2O6")]
    public void However_a_formula_is_written_its_graph_is_the_same(string text)
    {
        CrystalGraph graph = Of(text), expected = Of("SrTiO3");
        Assert.That(graph.Elements, Is.EqualTo(expected.Elements));
        Assert.That(graph.Bonds.Values, Is.EqualTo(expected.Bonds.Values));
        Assert.That(graph.Features, Is.EqualTo(expected.Features));
    }

    [Test]
    public void A_structure_has_the_graph_of_its_formula()
    {
        var crystal = Crystal.Of("perovskite", SmallCrystals.GraphOf(SmallCrystals.All[2]));
        Assert.That(crystal.Key, Is.EqualTo("SrTiO3"));
        Assert.That(crystal.Formula!.Features, Is.EqualTo(Of("SrTiO3").Features));
    }

    [TestCase("Xx2O3")]
    [TestCase("CfO2")]
    public void What_is_no_formula_or_has_no_tabulated_properties_is_refused(string text)
    {
        Assert.That(Crystal.Of(text, text, out Finding? problem), Is.Null);
        Assert.That(problem, Is.Not.Null);
    }

    private static CrystalGraph Of(string text) => Crystal.Of(text, text, out _)!.Formula!;
}
