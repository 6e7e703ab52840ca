using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Comparison;

namespace CrystalHpc.Tests.Generation;

/// <summary>Sets of crystals beside one another.</summary>
public sealed class SetComparisonTests
{
    [Test]
    public void Identical_sets_are_100_percent_and_0()
    {
        CrystalSet set = SetOf(Cells.CesiumChloride, Cells.Perovskite, Cells.Heusler);
        var same = SetComparison.Of(set, set);
        Assert.That((same.Sound, same.Chemical, same.Valid, same.Match), Is.EqualTo((1.0, 1.0, 1.0, (double?)1)));
        Assert.That(same.Rms, Is.Zero.Within(1e-9));
        Assert.That((same.DensityDistance, same.ElementDistance), Is.EqualTo((0.0, 0.0)));
        Assert.That(same.Metrics()["match"], Is.EqualTo(1));
    }

    [Test]
    public void Shares_and_distances_are_what_they_are_by_hand()
    {
        CubicCell overlapping = Cells.Perovskite with { Positions = [.. Cells.Perovskite.Positions.Select((f, i) => i == 2
            ? new Fractional(0.5, 0.5, 0.45) : f)] };
        CrystalSet given = SetOf(overlapping, Cells.Heusler), truth = SetOf(Cells.Perovskite, Cells.CesiumChloride);
        var found = SetComparison.Of(given, truth);
        Assert.That((found.Sound, found.Chemical, found.Valid, found.Match), Is.EqualTo((0.5, 1.0, 0.5, (double?)0)));
        Assert.That(found.ElementDistance, Is.EqualTo(0.5), "3, 3 beside 3, 2");
        Assert.That(truth.Densities[0], Is.EqualTo(5.12).Within(0.01), "SrTiO3, g/cm3");
        Assert.That(SetComparison.Of(SetOf(Cells.Heusler), SetOf(Cells.Perovskite, Cells.CesiumChloride)).Match, Is.Null,
            "nothing pairs them");
    }

    [Test]
    public void Crystals_are_paired_by_name_in_any_order()
    {
        var given = new CrystalSet([("b", Cells.Heusler.ToStructure()), ("a", Cells.Perovskite.ToStructure())]);
        var truth = new CrystalSet([("a", Cells.Perovskite.ToStructure()), ("b", Cells.Heusler.ToStructure())]);
        Assert.That(SetComparison.Of(given, truth).Match, Is.EqualTo(1));
    }

    [Test]
    public void The_earth_movers_distance_is_the_area_between_distributions()
    {
        var random = new CounterRandom(1, 0);
        double[] a = [.. Enumerable.Range(0, 40).Select(_ => random.NextNormal())], b = [.. a.Select(value => value + 0.7)];
        Assert.That(SetComparison.EarthMovers(a, b), Is.EqualTo(0.7).Within(1e-12));
        Assert.That(SetComparison.EarthMovers([0, 1, 3], [5, 6, 8]), Is.EqualTo(5).Within(1e-12),
            "as scipy.stats.wasserstein_distance has it");
        Assert.That(SetComparison.EarthMovers([0, 1], [0, 0, 3]), Is.EqualTo(5.0 / 6).Within(1e-12), "1/6 from 0 to 1, 1/3 from 1 to 3");
    }

    [TestCase("Sr1 Ti1 O3", true)]
    [TestCase("Na1 Cl1", true)]
    [TestCase("Na1 Ti1 O3", false)]
    [TestCase("Cu2 Mn1 Al1", true)]
    [TestCase("Ar1 Na1", false)]
    [TestCase("Si1", true)]
    public void Compositions_pass_or_not(string formula, bool passes) => Assert.That(
        CompositionValidity.IsValid(formula.Split(' ').ToDictionary(part => Element.Of(part[..^1]), part => part[^1] - '0')),
            Is.EqualTo(passes));

    private static CrystalSet SetOf(params CubicCell[] cells) => new([.. cells.Select((cell, i) => ($"{i}", cell.ToStructure()))]);
}
