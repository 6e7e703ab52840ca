using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Tests.BondValence.Fit.Search;

/// <summary>The other laws, ties, methods and starts: each finds what is known of it.</summary>
public class FitVariantTests
{
    private static readonly GlobalSum Alone = static _ => { };
    private static readonly Species Si = new(Element.Of("Si"), 4), O = new(Element.Of("O"), -2);

    private static SiteEquation Regular(string id, Species center, Species neighbor, int number, double distance) => new()
    {
        StructureId = id, SiteIndex = 0, SiteLabel = "M1", Center = center, Multiplicity = 1, GroupId = id,
        Bonds = [.. Enumerable.Repeat(new EquationBond(neighbor, distance), number)],
    };

    private static FitResult Fit(IReadOnlyList<SiteEquation> equations, FitOptions options, double anionWeight = 1)
    {
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf(equations, options.Key);
        double[] weights = [.. equations.Select(equation => equation.IsCation ? 1 : anionWeight)];
        return BondValenceFit.Run(options, keys, [EquationTable.Build(equations, keys, weights, options.Key)], Alone);
    }

    private static FitOptions Loose => PlainFit.Options with
    {
        SoftnessPriorWidth = null, RadiusPrior = false, EnvironmentCorrelation = 0, GradientTolerance = 1e-10,
    };

    // Power law: 4 (r4/r0)^-N = V = 6 (r6/r0)^-N, so N = ln(6/4)/ln(r6/r4), r0 = r4 (V/4)^(1/N); published is B = r0/N.
    [Test]
    public void Two_regular_sites_have_the_closed_form_of_the_power_law()
    {
        const double r4 = 1.62, r6 = 1.77;
        double n = Math.Log(1.5) / Math.Log(r6 / r4);
        FitResult result = Fit([Regular("a", Si, O, 4, r4), Regular("b", Si, O, 6, r6)], Loose with { Law = BondLaw.Power });
        Assert.That(result.Parameters[0].R0Angstrom, Is.EqualTo(r4).Within(1e-6));
        Assert.That(result.Parameters[0].R0Angstrom / result.Parameters[0].SoftnessAngstrom, Is.EqualTo(n).Within(1e-4));
    }

    // exp(r0 - r)/b: only ln b - r0 can be known, and lengths fall with slope 1: ln(6/4) = r6 - r4 fits both sites.
    [Test]
    public void With_the_division_misplaced_b_and_r0_are_one_number()
    {
        double r4 = 1.6, r6 = 1.6 + Math.Log(1.5);
        FitOptions options = Loose with { Law = BondLaw.MisplacedDivision, Softness = Softness.Global, SoftnessMaxAngstrom = 100,
            GateAngstrom = null };
        SiteEquation[] sites = [Regular("a", Si, O, 4, r4), Regular("b", Si, O, 6, r6)];
        foreach (double start in new[] { 0.5, 2 })
        {
            BondParameters found = Fit(sites, options with { SoftnessPriorMeanAngstrom = start }).Parameters[0];
            Assert.That(found.R0Angstrom - Math.Log(found.SoftnessAngstrom), Is.EqualTo(r4).Within(1e-6));
            Assert.That(BondLaws.Of(BondLaw.MisplacedDivision).Valence(r6, found.R0Angstrom, found.SoftnessAngstrom), Is.EqualTo(4 / 6.0)
                .Within(1e-6));
        }
    }

    // Where the division is misplaced only the prior knows b, so that all of them agree.
    [Test]
    public void Every_tie_gives_the_number_of_softnesses_that_it_promises(
        [Values] Softness softness, [Values(BondLaw.Exponential, BondLaw.Power)] BondLaw law, [Values] FitMethod method)
    {
        SyntheticEquations data = new(seed: 3, cationCount: 8, equationCount: 900, dirtFraction: 0.05);
        FitOptions options = PlainFit.Options with { Softness = softness, Law = law, Method = method, SoftnessMaxAngstrom = 5,
            SoftnessMinAngstrom = 0.1 };
        FitResult result = BondValenceFit.Run(options, data.Keys, data.Shards(3), Alone);
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));

        // What is shared in the power law is rbar/N.
        double[] values = [.. result.Parameters
            .Select(p => law == BondLaw.Power ? p.SoftnessAngstrom * p.MeanLengthAngstrom / p.R0Angstrom : p.SoftnessAngstrom)
            .Select(value => Math.Round(value, 9)).Distinct()];
        Assert.That(values, Has.Length.EqualTo(softness switch
        {
            Softness.PerAnion => data.Keys.Select(key => key.Anion).Distinct().Count(),
            Softness.PerPair => data.Keys.Count,
            _ => 1,
        }));
    }

    // Cauchy is not convex: where the law is as wrong as with the misplaced division, it has several minima and each method may find
    // another.
    [Test]
    public void Both_methods_reach_the_same_minimum([Values] BondLaw law, [Values] Softness softness,
        [Values(Loss.PseudoHuber, Loss.Squares, Loss.Cauchy)] Loss loss)
    {
        if (loss == Loss.Cauchy && law == BondLaw.MisplacedDivision)
            return;
        SyntheticEquations data = new(seed: 4, cationCount: 10, equationCount: 1500, dirtFraction: 0.1, grossFraction: 0.01);
        FitOptions options = PlainFit.Options with { Law = law, Softness = softness, Loss = loss, GradientTolerance = 1e-9 };
        FitResult first = BondValenceFit.Run(options, data.Keys, data.Shards(3), Alone);
        FitResult second = BondValenceFit.Run(options with { Method = FitMethod.LevenbergMarquardt }, data.Keys, data.Shards(3), Alone);
        Assert.That((first.Reason, second.Reason), Is.EqualTo((StoppingReason.Gradient, StoppingReason.Gradient)));
        Assert.That(second.Value, Is.EqualTo(first.Value).Within(1e-9 * first.Value));
    }

    [TestCase(Loss.PseudoHuber)]
    [TestCase(Loss.Squares)]
    public void Random_starts_end_in_the_same_minimum(Loss loss)
    {
        SyntheticEquations data = new(seed: 5, cationCount: 6, equationCount: 900, dirtFraction: 0.1);
        FitOptions options = PlainFit.Options with { Loss = loss, Starts = 5 };
        FitResult one = BondValenceFit.Run(options with { Starts = 1 }, data.Keys, data.Shards(2), Alone);
        FitResult five = BondValenceFit.Run(options, data.Keys, data.Shards(2), Alone);
        Assert.That(five.Starts with { LargestValueExcess = 0 }, Is.EqualTo(new StartComparison(5, 5, 1, 0, 0)));
        Assert.That(five.Value, Is.EqualTo(one.Value).Within(1e-9 * one.Value));
        Assert.That(one.Starts, Is.EqualTo(new StartComparison(1, 1, 1, 0, 0)));
    }

    // Half of the sites have bonds 0.6 Å longer than the others: Cauchy locks onto either half, and two starts tell.
    [Test]
    public void A_loss_that_is_not_convex_has_minima_that_are_told_apart()
    {
        SiteEquation[] sites = [.. Enumerable.Range(0, 40).Select(i => Regular($"s{i}", Si, O, 4, (i % 2 == 0 ? 1.6 : 2.2) + 0.001 * i))];
        FitOptions options = PlainFit.Options with
        {
            Loss = Loss.Cauchy, Softness = Softness.Fixed, GateAngstrom = null, Start = FitStart.MeanLength, Starts = 12,
                EnvironmentCorrelation = 0,
        };
        StartComparison starts = Fit(sites, options).Starts;
        Assert.That(starts.DistinctMinima, Is.EqualTo(2));
        Assert.That(starts.LargestShiftAngstrom, Is.EqualTo(0.6).Within(0.05));
        Assert.That(starts.LargestValueExcess, Is.GreaterThan(0));
    }

    [Test]
    public void A_start_at_mean_lengths_reaches_the_same_minimum()
    {
        SyntheticEquations data = new(seed: 6, cationCount: 6, equationCount: 900);
        FitOptions options = PlainFit.Options with { GateAngstrom = null };
        FitResult analytic = BondValenceFit.Run(options, data.Keys, data.Shards(2), Alone);
        FitResult mean = BondValenceFit.Run(options with { Start = FitStart.MeanLength }, data.Keys, data.Shards(2), Alone);
        Assert.That(mean.Value, Is.EqualTo(analytic.Value).Within(1e-7).Percent);
        Assert.That(mean.History[0].Search.Value, Is.GreaterThan(analytic.History[0].Search.Value));
    }

    // n equations of one class count as n/(1 + (n - 1) c): 100 fours and 1 six weigh 100/(1 + 99 c) to 1.
    [Test]
    public void Equations_of_one_environment_count_as_their_design_effect_says()
    {
        SiteEquation[] many = [.. Enumerable.Range(0, 100).Select(i => Regular($"a{i}", Si, O, 4, 1.62)), Regular("b", Si, O, 6, 1.70)];
        SiteEquation[] few = [Regular("a", Si, O, 4, 1.62), Regular("b", Si, O, 6, 1.70)];
        FitOptions options = Loose with { Softness = Softness.Fixed, GateAngstrom = null, EnvironmentCorrelation = 1 };
        Assert.That(Fit(many, options).Parameters[0].R0Angstrom, Is.EqualTo(Fit(few, options).Parameters[0].R0Angstrom).Within(1e-6));
        Assert.That(
            Fit(many, options with { EnvironmentCorrelation = 0 }).Parameters[0].R0Angstrom,
            Is.Not.EqualTo(Fit(few, options).Parameters[0].R0Angstrom).Within(1e-3));
        Assert.That(Fit(many, options).TotalWeight, Is.EqualTo(101), "the weights that were given");
    }

    // 20 sums of four bonds of 1.62 Å and, at half the weight, of two bonds of 1.70 Å at the anions. With y = exp((r0 - 1.62)/B) and
    // c = exp(-0.08/B) the squares (4y - 4)² + (2cy - 2)²/2 are least at y = (16 + 2c)/(16 + 2c²).
    [Test]
    public void Sums_at_anions_enter_the_function_but_no_count()
    {
        SiteEquation[] cations = [.. Enumerable.Range(0, 20).Select(i => Regular($"c{i}", Si, O, 4, 1.62))];
        SiteEquation[] anions = [.. Enumerable.Range(0, 20).Select(i => Regular($"c{i}", O, Si, 2, 1.70) with { SiteIndex = 1 })];
        FitResult both = Fit([.. cations, .. anions], Loose with { Softness = Softness.Fixed, Loss = Loss.Squares }, anionWeight: 0.5);
        double c = Math.Exp(-0.08 / 0.37);
        Assert.That((both.EquationCount, both.Parameters[0].SiteCount, both.TotalWeight), Is.EqualTo((20L, 20L, 20.0)));
        Assert.That(both.Parameters[0].R0Angstrom, Is.EqualTo(1.62 + 0.37 * Math.Log((16 + 2 * c) / (16 + 2 * c * c))).Within(1e-7));
    }

    [Test]
    public void Element_keys_share_parameters_between_oxidation_states()
    {
        Species fe2 = new(Element.Of("Fe"), 2), fe3 = new(Element.Of("Fe"), 3);
        SiteEquation[] sites = [.. Enumerable.Range(0, 10).SelectMany(i
            => new[] { Regular($"a{i}", fe2, O, 6, 2.15), Regular($"b{i}", fe3, O, 6, 2.01) })];
        Assert.That(Fit(sites, PlainFit.Options).Parameters, Has.Count.EqualTo(2));
        Assert.That(Fit(sites, PlainFit.Options with { Key = KeyMode.Elements }).Parameters.Single().SiteCount, Is.EqualTo(20));
    }
}
