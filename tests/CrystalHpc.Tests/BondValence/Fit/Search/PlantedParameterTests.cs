using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Tests.BondValence.Fit.Search;

/// <summary>
/// The whole fit on equations whose parameters are known: 0.015 Å noise on lengths, 3 % strain, dirt as stated. References are the planted
/// values themselves.
/// </summary>
public class PlantedParameterTests
{
    private const int WellDetermined = 20;

    private static (SyntheticEquations Data, FitResult Result, BondParameters[] Well) Fit(
        int seed, double dirt, double gross, FitOptions? options = null)
    {
        SyntheticEquations data = new(seed, cationCount: 60, equationCount: 8000, dirtFraction: dirt, grossFraction: gross);
        FitResult result = BondValenceFit.Run(options ?? FitOptions.Default, data.Keys, data.Shards(7), static _ => { });
        return (data, result, [.. result.Parameters.Where(p => p.SiteCount >= WellDetermined)]);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static double MedianError(SyntheticEquations data, BondParameters[] parameters) =>
        Median(parameters.Select(p => Math.Abs(p.R0Angstrom - data.Planted[p.Key].R0)));

    [TestCase(1, 0.0)]
    [TestCase(2, 0.1)]
    [TestCase(3, 0.1)]
    public void Planted_parameters_are_recovered(int seed, double dirt)
    {
        (SyntheticEquations data, FitResult result, BondParameters[] well) = Fit(seed, dirt, gross: 0);
        Assert.That(well, Has.Length.GreaterThan(100));
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        Assert.That(result.CutExponents, Is.Zero);
        Assert.That(MedianError(data, well), Is.LessThan(0.01));
        Assert.That(Median(well.Select(p => p.SoftnessAngstrom)), Is.InRange(0.36, 0.40));
    }

    // One equation in a hundred with a bond 0.5 to 1.2 Å too short. Without the gate such errors raise B.
    [TestCase(1)]
    [TestCase(2)]
    public void One_percent_of_gross_errors_hardly_moves_the_parameters(int seed)
    {
        (_, _, BondParameters[] clean) = Fit(seed, dirt: 0.1, gross: 0);
        (SyntheticEquations data, FitResult result, BondParameters[] dirty) = Fit(seed, dirt: 0.1, gross: 0.01);
        Assert.That(result.GatedCount, Is.GreaterThan(40));
        Assert.That(Median(dirty.Select(p => p.SoftnessAngstrom)), Is.EqualTo(Median(clean.Select(p => p.SoftnessAngstrom))).Within(0.02));
        Assert.That(MedianError(data, dirty), Is.LessThan(0.01));
    }

    [TestCase(Loss.Squares)]
    [TestCase(Loss.PseudoHuber)]
    [TestCase(Loss.Cauchy)]
    public void Every_smooth_loss_recovers_clean_parameters(Loss loss)
    {
        (SyntheticEquations data, FitResult result, BondParameters[] well) = Fit(
            4, dirt: 0, gross: 0, FitOptions.Default with { Loss = loss });
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        Assert.That(MedianError(data, well), Is.LessThan(0.01));
    }

    [Test]
    public void A_shared_softness_is_one_number_near_the_planted_mean()
    {
        (SyntheticEquations data, FitResult result, BondParameters[] well) = Fit(
            5, dirt: 0, gross: 0, FitOptions.Default with { Softness = Softness.Global, SoftnessPriorWidth = null });
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        Assert.That(result.Parameters.Select(p => p.SoftnessAngstrom).Distinct().Count(), Is.EqualTo(1));
        Assert.That(result.Parameters[0].SoftnessAngstrom, Is.InRange(0.36, 0.40));
        Assert.That(result.Parameters[0].SoftnessErrorAngstrom, Is.InRange(0.0001, 0.005), "all equations together know B well");
        Assert.That(MedianError(data, well), Is.LessThan(0.03));
    }

    // exp|d| - 1 has a kink at every equation, so no gradient vanishes at its minimum: the reason must not pretend that one does.
    [Test]
    public void The_exponential_loss_improves_and_ends_for_an_honest_reason()
    {
        FitOptions options = FitOptions.Default with { Loss = Loss.ExponentialAbsolute, MaxIterations = 200 };
        (SyntheticEquations data, FitResult result, BondParameters[] well) = Fit(6, dirt: 0, gross: 0, options);
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.LineSearchFailed).Or.EqualTo(StoppingReason.MaxIterations));
        Assert.That(result.Value, Is.LessThan(result.History[0].Search.Value));
        Assert.That(MedianError(data, well), Is.LessThan(0.02));
    }

    // What gate, prior and loss are there for: every key that has such an error loses its softness to it.
    [Test]
    public void Without_gate_and_prior_the_same_gross_errors_do_raise_the_softness()
    {
        FitOptions careless = FitOptions.Default with
        {
            GateAngstrom = null, SoftnessPriorWidth = null, EnvironmentCorrelation = 0, SoftnessMaxAngstrom = 5, HuberDeltaValence = 100,
        };
        (_, _, BondParameters[] unguarded) = Fit(1, dirt: 0, gross: 0.01, careless);
        (_, _, BondParameters[] guarded) = Fit(1, dirt: 0, gross: 0.01);
        Assert.That(guarded.Count(p => p.SoftnessAngstrom > 0.5), Is.Zero);
        Assert.That(unguarded.Count(p => p.SoftnessAngstrom > 0.5), Is.GreaterThan(unguarded.Length / 10));
    }

    // Nominal 95 %. Noise in the lengths pulls B up by about half a standard error (errors in variables), which costs some of it.
    [Test]
    public void Intervals_of_two_standard_errors_hold_the_planted_values_about_as_often_as_they_say()
    {
        (int inside, int total) = (0, 0);
        foreach (int seed in new[] { 11, 12, 13 })
        {
            (SyntheticEquations data, _, BondParameters[] well) = Fit(seed, dirt: 0.1, gross: 0);
            inside += well.Count(p => Math.Abs(p.R0Angstrom - data.Planted[p.Key].R0) < 1.96 * p.R0ErrorAngstrom);
            total += well.Length;
        }

        Assert.That(inside / (double)total, Is.InRange(0.88, 0.98));
    }
}
