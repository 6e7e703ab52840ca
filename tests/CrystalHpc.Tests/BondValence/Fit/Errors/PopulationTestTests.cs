using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.BondValence.Fit.Errors;

/// <summary>Keys with two populations are told from keys with one.</summary>
public sealed class PopulationTestTests
{
    private static readonly BondKey IronNitrogen = new(new Species(Element.Of("Fe"), 2), new Species(Element.Of("N"), -3));

    [Test]
    public void Two_spin_states_are_found_with_their_means_and_shares()
    {
        // The modes of Fe(II)-N in octahedra, about 1.56 and 1.76 Å.
        var random = new CounterRandom(1, 0);
        double[] r0 = [.. Enumerable.Range(0, 200).Select(group => (group < 60 ? 1.56 : 1.76) + 0.025 * random.NextNormal())];
        TwoPopulationFit fit = PopulationTest.Run(IronNitrogen, r0)!;
        Assert.That(fit, Is.Not.Null);
        Assert.That(fit.LowR0Angstrom, Is.EqualTo(1.56).Within(4 * 0.025 / Math.Sqrt(60)));
        Assert.That(fit.HighR0Angstrom, Is.EqualTo(1.76).Within(4 * 0.025 / Math.Sqrt(140)));
        Assert.That(fit.LowShare, Is.EqualTo(0.3).Within(0.005));
        Assert.That(fit.SigmaAngstrom, Is.EqualTo(0.025).Within(0.005));
        Assert.That(fit.Evidence, Is.Positive);
    }

    [TestCase(12)]
    [TestCase(30)]
    [TestCase(200)]
    public void One_population_is_taken_for_two_in_less_than_one_percent_of_cases(int groups)
    {
        const int Trials = 1000;
        int alarms = Enumerable.Range(0, Trials).Count(trial =>
        {
            var random = new CounterRandom(2, (ulong)trial, (uint)groups);
            return PopulationTest.Run(IronNitrogen, [.. Enumerable.Range(0, groups).Select(_ => 1.7 + 0.04 * random.NextNormal())])
                is not null;
        });
        Assert.That(alarms, Is.LessThanOrEqualTo(Trials / 100));
    }

    [Test]
    public void A_few_outliers_are_no_population()
    {
        var random = new CounterRandom(3, 0);
        double[] r0 = [.. Enumerable.Range(0, 100).Select(group => (group < 8 ? 1.3 : 1.7) + 0.02 * random.NextNormal())];
        Assert.That(PopulationTest.Run(IronNitrogen, r0), Is.Null);
    }

    [Test]
    public void Too_few_groups_say_nothing() =>
        Assert.That(PopulationTest.Run(IronNitrogen, [1.5, 1.5, 1.5, 1.5, 1.9, 1.9, 1.9, 1.9]), Is.Null);
}
