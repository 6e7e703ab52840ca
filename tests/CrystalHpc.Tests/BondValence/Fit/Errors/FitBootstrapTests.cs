using System.Globalization;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Statistics;

namespace CrystalHpc.Tests.BondValence.Fit.Errors;

/// <summary>The bootstrap of a fit over groups of structures.</summary>
public sealed class FitBootstrapTests
{
    private const int Replicates = 1000;

    private static readonly BondKey Key = new(new Species(Element.Of("Ti"), 4), new Species(Element.Of("O"), -2));

    [Test]
    public void Parameters_scatter_as_the_jackknife_over_the_same_groups_says()
    {
        SiteEquation[] equations = Made(groups: 60, error: 0.02, coordinations: [4, 6, 8]);
        EquationTable table = Table(equations);
        FitResult fit = BondValenceFit.Run(Options, [Key], [table], _ => { });
        IReadOnlyList<GroupScore> scores = GroupScore.Of(
            Options, [Key], table, [.. Enumerable.Range(0, table.EquationCount)], fit.Residuals[0], fit.Parameters, row
            => (int)table.Identities[row].Group);
        BondParameters jackknife = GroupJackknife.Apply(Options, fit, scores).Parameters[0];
        BootstrapSpread spread = Spread([table], fit, _ => { });

        // 1000 replicates tell a standard deviation to 2.2 %; curvature and G/(G + 1) are the rest.
        Assert.That(spread.R0.StandardDeviation, Is.EqualTo(jackknife.R0ErrorAngstrom).Within(12).Percent);
        Assert.That(spread.Softness.StandardDeviation, Is.EqualTo(jackknife.SoftnessErrorAngstrom).Within(12).Percent);
        Assert.That(spread.Correlation, Is.EqualTo(jackknife.Correlation).Within(0.1));
        Assert.That(jackknife.R0Angstrom, Is.InRange(spread.R0.Low95, spread.R0.High95));
    }

    [Test]
    public void Where_the_data_say_nothing_of_the_softness_it_scatters_as_its_prior()
    {
        EquationTable table = Table(Made(groups: 20, error: 0, coordinations: [6]));
        FitResult fit = BondValenceFit.Run(Options, [Key], [table], _ => { });
        BootstrapSpread spread = Spread([table], fit, _ => { });
        double width = fit.Parameters[0].SoftnessAngstrom * Options.SoftnessPriorWidth!.Value;
        Assert.That(spread.Softness.StandardDeviation, Is.EqualTo(width).Within(10).Percent);
    }

    [Test]
    public void A_replicate_depends_on_its_number_and_seed_and_not_on_who_holds_which_equations()
    {
        SiteEquation[] equations = Made(groups: 12, error: 0.02, coordinations: [4, 6, 8]);
        EquationTable[] halves = [Table([.. equations.Where((_, i) => i % 2 == 0)]), Table([.. equations.Where((_, i) => i % 2 == 1)])];
        FitResult fit = BondValenceFit.Run(Options, [Key], halves, _ => { });
        BootstrapReplicate alone = Bootstrap(halves, fit, _ => { }, Options).Run(5);
        BootstrapReplicate[] shared = SimulatedRanks.Run(2, (rank, sum) => Bootstrap([halves[rank]], fit, sum, Options).Run(5));
        foreach (BootstrapReplicate replicate in shared)
            Assert.That(replicate.R0Angstrom.Concat(replicate.SoftnessAngstrom),
                Is.EqualTo(alone.R0Angstrom.Concat(alone.SoftnessAngstrom)));
        FitBootstrap after = Bootstrap(halves, fit, _ => { }, Options);
        after.Run(4);
        Assert.That(after.Run(5).R0Angstrom, Is.EqualTo(alone.R0Angstrom), "another replicate came before");
        Assert.That(after.Run(6).R0Angstrom, Is.Not.EqualTo(alone.R0Angstrom));
        Assert.That(Bootstrap(halves, fit, _ => { }, Options with { Seed = 2 }).Run(5).R0Angstrom, Is.Not.EqualTo(alone.R0Angstrom));
    }

    [Test]
    public void Standard_deviation_percentiles_and_correlation_are_those_of_the_numbers()
    {
        // 0 to 40 in mixed order: percentiles 2.5 and 97.5 are 1 and 39, the variance is 41 * 42 / 12.
        BootstrapReplicate[] replicates = [.. Enumerable.Range(0, 41)
            .Select(i => new BootstrapReplicate(i, true, [17.0 * i % 41], [-(17.0 * i % 41)]))];
        BootstrapSpread spread = BootstrapSpread.Of(replicates, 0);
        Assert.That(spread.R0.StandardDeviation, Is.EqualTo(Math.Sqrt(143.5)).Within(1e-12));
        Assert.That((spread.R0.Low95, spread.R0.High95), Is.EqualTo((1.0, 39.0)));
        Assert.That((spread.Softness.Low95, spread.Softness.High95), Is.EqualTo((-39.0, -1.0)));
        Assert.That(spread.Correlation, Is.EqualTo(-1).Within(1e-12));
    }

    private static FitOptions Options => PlainFit.Options with { EnvironmentCorrelation = 0 };

    private static FitBootstrap Bootstrap(EquationTable[] tables, FitResult fit, GlobalSum sum, FitOptions options) =>
        new(options, [Key], tables, sum, fit, group => group);

    private static BootstrapSpread Spread(EquationTable[] tables, FitResult fit, GlobalSum sum)
    {
        FitBootstrap bootstrap = Bootstrap(tables, fit, sum, Options);
        return BootstrapSpread.Of([.. Enumerable.Range(0, Replicates).Select(bootstrap.Run)], 0);
    }

    private static EquationTable Table(SiteEquation[] equations) => EquationTable.Build(equations, [Key], [.. equations.Select(_ => 1.0)]);

    private static SiteEquation[] Made(int groups, double error, int[] coordinations)
    {
        var random = new CrystalHpc.Core.Numerics.CounterRandom(31, 4);
        return [.. Enumerable.Range(0, 2 * groups).Select(i =>
        {
            int coordination = coordinations[i / 2 % coordinations.Length];
            double length = 1.815 - 0.37 * PortableMath.Log(4.0 / coordination) + error * random.NextNormal();
            return new SiteEquation
            {
                StructureId = $"{i / 2}", SiteIndex = i % 2, SiteLabel = "Ti", Center = Key.Cation, Multiplicity = 1, GroupId = $"{i / 2}",
                Bonds = [.. Enumerable.Repeat(new EquationBond(Key.Anion, length), coordination)],
            };
        })];
    }
}
