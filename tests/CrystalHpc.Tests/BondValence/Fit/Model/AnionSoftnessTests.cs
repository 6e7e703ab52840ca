using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.BondValence.Fit.Model;

/// <summary>The prior of ln B whose mean depends on the anion.</summary>
public class AnionSoftnessTests
{
    private static readonly GlobalSum Alone = static _ => { };
    private static readonly Species O = new(Element.Of("O"), -2), Cl = new(Element.Of("Cl"), -1);
    private static readonly FitOptions OneCenter = PlainFit.Options with { SoftnessPriorAnionWidth = null };
    private static readonly FitOptions PerAnion = PlainFit.Options with { SoftnessPriorAnionWidth = 0.10 };

    // Three numbers of equal weight 1/(0.03 + 0.1^2) = 25 and the common mean with 1/0.1^2 = 100: (100 m + 25 (x1 + x2 + x3))/175.
    [Test]
    public void The_mean_of_an_anion_is_weighed_against_the_common_one()
    {
        LogSoftnessEstimate[] estimates = [new(O, -0.9, 0.03), new(O, -0.8, 0.03), new(O, -0.7, 0.03), new(Cl, -0.5, 1e9)];
        Dictionary<Species, double> means = AnionSoftness.Means(estimates, commonMean: -1, anionWidth: 0.1, keyWidth: 0.1);
        Assert.That(means[O], Is.EqualTo((100 * -1 + 25 * (-0.9 - 0.8 - 0.7)) / 175).Within(1e-12));
        Assert.That(means[Cl], Is.EqualTo(-1).Within(1e-7), "one that says nothing stays at the common mean");
    }

    // A normal prior N(-1, 0.01) times a likelihood N(-0.6, 0.04) is the posterior N(-0.92, 0.008).
    [Test]
    public void The_prior_is_taken_out_of_a_posterior()
    {
        LogSoftnessEstimate estimate = LogSoftnessEstimate.FromPosterior(O, -0.92, 0.008, -1, 100)!.Value;
        Assert.That(estimate.LogSoftness, Is.EqualTo(-0.6).Within(1e-12));
        Assert.That(estimate.Variance, Is.EqualTo(0.04).Within(1e-12));
        Assert.That(LogSoftnessEstimate.FromPosterior(O, -1, 0.01, -1, 100), Is.Null, "data that said nothing");
    }

    // Exact sites of 4 and 6 bonds for several cations, B = 0.37 with oxygen and 0.50 with chlorine, and one cation seen in four bonds
    // only.
    [Test]
    public void A_cation_seen_in_one_environment_gets_the_softness_of_its_anion()
    {
        SiteEquation[] sites =
        [
            .. Elements("Si Ti Zr Hf Ge Sn").SelectMany(cation => Sites(cation, O, 0.37, 4, 6)),
            .. Elements("Si Ti Zr Hf Ge Sn").SelectMany(cation => Sites(cation, Cl, 0.50, 4, 6)),
            .. Sites(new Species(Element.Of("Th"), 4), Cl, 0.50, 4),
        ];
        BondKey lonely = new(new Species(Element.Of("Th"), 4), Cl);
        double fixedCenter = Fit(sites, OneCenter).Parameters.Single(p => p.Key == lonely).SoftnessAngstrom;
        FitResult result = Fit(sites, PerAnion);
        Assert.That(fixedCenter, Is.EqualTo(0.37).Within(1e-3));
        Assert.That(result.Parameters.Single(p => p.Key == lonely).SoftnessAngstrom, Is.InRange(0.44, 0.50));
        Assert.That(result.Parameters.Where(p => p.Key.Anion == O).Select(p => p.SoftnessAngstrom), Is.All.EqualTo(0.37).Within(0.01));
    }

    [Test]
    public void Without_data_the_center_stays_at_the_common_mean()
    {
        SiteEquation[] sites = [.. Sites(new Species(Element.Of("Th"), 4), Cl, 0.50, 4)];
        Assert.That(Fit(sites, PerAnion).Parameters[0].SoftnessAngstrom, Is.EqualTo(0.37).Within(1e-3));
    }

    [Test]
    public void The_result_does_not_depend_on_the_order_of_the_shards()
    {
        SyntheticEquations data = new(seed: 8, cationCount: 12, equationCount: 1500, dirtFraction: 0.1);
        FitResult first = BondValenceFit.Run(PerAnion, data.Keys, data.Shards(5), Alone);
        FitResult reversed = BondValenceFit.Run(PerAnion, data.Keys, [.. data.Shards(5).Reverse()], Alone);
        Assert.That(reversed.Parameters, Is.EqualTo(first.Parameters));
        Assert.That(first.Parameters, Is.Not.EqualTo(BondValenceFit.Run(OneCenter, data.Keys, data.Shards(5), Alone).Parameters));
    }

    [Test]
    public void Planted_parameters_are_found_as_well_as_with_one_center([Values(1, 2, 3)] int seed)
    {
        SyntheticEquations data = new(seed, cationCount: 60, equationCount: 8000, dirtFraction: 0.1);
        double[] errors = [.. new[] { OneCenter, PerAnion }.Select(options => RmsError(data, options))];
        Assert.That(errors[1], Is.LessThan(1.05 * errors[0]));
    }

    private static double RmsError(SyntheticEquations data, FitOptions options) => Math.Sqrt(
        BondValenceFit.Run(options, data.Keys, data.Shards(4), Alone).Parameters.Where(p => p.SiteCount >= 5)
            .Average(p => Math.Pow(Math.Log(p.SoftnessAngstrom / data.Planted[p.Key].Softness), 2)));

    private static IEnumerable<Species> Elements(string symbols) => symbols.Split(' ').Select(symbol => new Species(Element.Of(symbol), 4));

    // Ten structures for each number of bonds, r0 = 2 Å.
    private static IEnumerable<SiteEquation> Sites(Species cation, Species anion, double softness, params int[] numbers) =>
        numbers.SelectMany(number => Enumerable.Range(0, 10).Select(i => new SiteEquation
        {
            StructureId = $"{cation}{anion}{number}-{i}", SiteIndex = 0, SiteLabel = "M1", Center = cation, Multiplicity = 1,
                GroupId = $"{cation}{anion}{number}-{i}",
            Bonds = [.. Enumerable.Repeat(new EquationBond(anion, 2 - softness * Math.Log(4.0 / number)), number)],
        }));

    private static FitResult Fit(IReadOnlyList<SiteEquation> sites, FitOptions options)
    {
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf(sites);
        return BondValenceFit.Run(options, keys, [EquationTable.Build(sites, keys, [.. sites.Select(_ => 1.0)])], Alone);
    }
}
