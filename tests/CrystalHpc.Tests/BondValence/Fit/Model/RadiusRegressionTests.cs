using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.BondValence.Fit.Model;

/// <summary>What r0 of a pair should be, from the other pairs.</summary>
public sealed class RadiusRegressionTests
{
    private static readonly Species Oxide = new(Element.Of("O"), -2), Fluoride = new(Element.Of("F"), -1),
        Chloride = new(Element.Of("Cl"), -1);

    private static readonly BondKey[] Keys =
    [
        .. "Li1 Na1 K1 Mg2 Ca2 Sr2 Ba2 Al3 Sc3 Y3 La3 Ti4 Zr4 Si4".Split(' ')
            .Select(text => new Species(Element.Of(text[..^1]), (sbyte)(text[^1] - '0')))
            .SelectMany(cation => new[] { Oxide, Fluoride, Chloride }.Select(anion => new BondKey(cation, anion))),
    ];

    // r0 that is the sum of ionic radii and a constant is predicted wherever it is left out.
    [Test]
    public void A_regular_world_is_predicted()
    {
        double[] r0 = [.. Keys.Select(key => RadiusDescriptors.Offset(key) + 0.05)];
        RadiusRegression regression = RadiusRegression.Fit(Keys, r0, Same(10), 0.03);
        for (int key = 0; key < Keys.Length; key++)
        {
            (double predicted, double error) = regression.Predict(key, Keys[key]);
            Assert.That(predicted, Is.EqualTo(r0[key]).Within(0.01), Keys[key].ToString());
            Assert.That(error, Is.LessThan(0.05));
        }
    }

    // Al-Cl of one bad structure is 0.17 A too long: it must not confirm itself.
    [Test]
    public void A_pair_has_no_say_in_its_own_prediction()
    {
        int index = Array.IndexOf(Keys, new BondKey(new Species(Element.Of("Al"), 3), Chloride));
        double[] r0 = [.. Keys.Select(key => RadiusDescriptors.Offset(key) + 0.05)];
        (double before, _) = RadiusRegression.Fit(Keys, r0, Same(10), 0.03).Predict(index, Keys[index]);
        r0[index] += 0.17;
        (double after, double error) = RadiusRegression.Fit(Keys, r0, Same(10), 0.03).Predict(index, Keys[index]);
        Assert.That(after, Is.EqualTo(before).Within(0.005));
        Assert.That(r0[index] - after, Is.GreaterThan(3 * error));
    }

    // The same formula, plainly: the pair is taken away and the rest is fitted.
    [Test]
    public void Leaving_a_pair_out_is_fitting_without_it()
    {
        double[] r0 = Irregular(), groups = Same(4);
        RadiusRegression all = RadiusRegression.Fit(Keys, r0, groups, 0.03);
        groups[5] = 0;
        RadiusRegression without = RadiusRegression.Fit(Keys, r0, groups, 0.03);
        Assert.That(all.Predict(5, Keys[5]).R0Angstrom, Is.EqualTo(without.Predict(5, Keys[5]).R0Angstrom).Within(0.003),
            "but for m, which one pair hardly moves");
    }

    [Test]
    public void Errors_cover_what_is_missed()
    {
        double[] r0 = Irregular();
        RadiusRegression regression = RadiusRegression.Fit(Keys, r0, Same(10), 0.03);
        int beyond = Enumerable.Range(0, Keys.Length).Count(key
            => regression.Predict(key, Keys[key]) is var (predicted, error) && Math.Abs(predicted - r0[key]) > 1.96 * error);
        Assert.That(beyond, Is.LessThanOrEqualTo(Keys.Length / 8));
    }

    [Test]
    public void An_element_that_nobody_has_seen_has_a_wider_error()
    {
        RadiusRegression regression = RadiusRegression.Fit(Keys, Irregular(), Same(10), 0.03);
        var strange = new BondKey(new Species(Element.Of("W"), 6), Oxide);
        BondKey[] keys = [.. Keys, strange];
        RadiusRegression with = RadiusRegression.Fit(keys, [.. Irregular(), 0], [.. Same(10), 0], 0.03);
        Assert.That(with.Predict(Keys.Length, strange).ErrorAngstrom, Is.GreaterThan(regression.Predict(0, Keys[0]).ErrorAngstrom));
    }

    [Test]
    public void No_data_at_all_leave_the_radii() =>
        Assert.That(RadiusRegression.Fit(Keys, new double[Keys.Length], new double[Keys.Length], 0.03).Predict(0, Keys[0]).R0Angstrom,
            Is.EqualTo(RadiusDescriptors.Offset(Keys[0])).Within(1e-12));

    // Published values of other people, each left out: the regression reads the table of Gagne and Hawthorne (2015) to a few hundredths of
    // an angstrom.
    [Test]
    public void Published_oxides_are_predicted_from_one_another()
    {
        var findings = new List<Finding>();
        ParameterTable table = ParameterTableFile.Read("gh", File.ReadAllBytes(
            TestPaths.SharedOrIgnore("reference/gagne_hawthorne_2015.csv")), findings);
        BondKey[] keys = [.. Enumerable.Range(1, Element.Count).SelectMany(z => Enumerable.Range(1, 8)
            .Select(charge => new BondKey(new Species(new Element((byte)z), (sbyte)charge), Oxide)))
            .Where(key => table.Find(key) is not null && !double.IsNaN(CrystalHpc.Core.OxidationStates.IonicRadii.UnitBondLengthAngstrom(
                key.Cation, key.Anion)))];
        double[] r0 = [.. keys.Select(key => table.Find(key)!.R0Angstrom)];
        RadiusRegression regression = RadiusRegression.Fit(keys, r0, [.. keys.Select(_ => 20.0)], 0.03);
        double[] missed = [.. keys.Select((key, i) => Math.Abs(regression.Predict(i, key).R0Angstrom - r0[i])).Order()];
        Assert.That(keys, Has.Length.GreaterThan(80));
        Assert.That(missed[missed.Length / 2], Is.LessThan(0.03));
    }

    private static double[] Same(double groups) => [.. Keys.Select(_ => groups)];

    private static double[] Irregular() => [.. Keys.Select((key, i) => RadiusDescriptors.Offset(key) + 0.05 + 0.04 * Math.Sin(7.3 * i))];
}
