using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Tests.BondValence;

/// <summary>The whole fit on equations whose parameters are known.</summary>
public class PlantedParameterTests
{
    private static FitResult Fit(SyntheticEquations data, FitOptions? options = null) =>
        BondValenceFit.Run(options ?? FitOptions.Default, data.Keys, data.Shards(7), static _ => { });

    [Test]
    public void Planted_parameters_are_recovered_from_dirty_data()
    {
        SyntheticEquations data = new(seed: 1, cationCount: 40, equationCount: 8000, dirtFraction: 0.1);
        FitResult result = Fit(data);
        double[] errors = [.. result.Parameters.Where(p => p.SiteCount >= 20).Select(p => Math.Abs(p.R0Angstrom - data.Planted[p.Key].R0)).Order()];
        Assert.That(data.Keys, Has.Count.GreaterThan(100));
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        Assert.That(errors[errors.Length / 2], Is.LessThan(0.01));
    }
}
