using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.BondValence.Fit.Errors;

/// <summary>Errors from the scatter between groups.</summary>
public sealed class GroupJackknifeTests
{
    private static readonly BondKey Key = new(new Species(Element.Of("Ti"), 4), new Species(Element.Of("O"), -2));

    [Test]
    public void Leaving_groups_out_in_truth_gives_nearly_the_same_errors()
    {
        SiteEquation[] equations = Made(1, 30, groupError: 0.02);
        (FitResult fit, _) = FitWith(equations);
        BondParameters full = fit.Parameters[0];
        string[] groups = [.. equations.Select(equation => equation.GroupId).Distinct()];
        (double r0, double b) = (0, 0);
        foreach (string group in groups)
        {
            BondParameters without = Fit([.. equations.Where(equation => equation.GroupId != group)]).Parameters[0];
            r0 += Math.Pow(without.R0Angstrom - full.R0Angstrom, 2);
            b += Math.Pow(without.SoftnessAngstrom - full.SoftnessAngstrom, 2);
        }

        double factor = (groups.Length - 1.0) / groups.Length;

        // The errors hold the part of the priors besides, H^-1 P H^-1: small here, where the data decide.
        Assert.That(full.R0ErrorAngstrom, Is.EqualTo(Math.Sqrt(factor * r0)).Within(10).Percent);
        Assert.That(full.SoftnessErrorAngstrom, Is.EqualTo(Math.Sqrt(factor * b)).Within(10).Percent);
    }

    [Test]
    public void Intervals_hold_the_truth_in_93_to_97_percent_of_fits_whatever_the_size_of_errors([Values(0.005, 0.03)] double groupError)
    {
        const int Trials = 1500;
        (int r0, int b) = (0, 0);
        for (int trial = 0; trial < Trials; trial++)
        {
            var random = new CounterRandom(9, (ulong)trial);
            double softness = 0.37 * PortableMath.Exp(0.1 * random.NextNormal());
            BondParameters fitted = Fit(Made(100 + trial, 12, groupError, softness)).Parameters[0];
            r0 += Math.Abs(fitted.R0Angstrom - 1.815) <= fitted.R0Quantile * fitted.R0ErrorAngstrom ? 1 : 0;
            b += Math.Abs(fitted.SoftnessAngstrom - softness) <= fitted.SoftnessQuantile * fitted.SoftnessErrorAngstrom ? 1 : 0;
        }

        Assert.That(r0 / (double)Trials, Is.InRange(0.93, 0.97));
        Assert.That(b / (double)Trials, Is.InRange(0.93, 0.97));
    }

    [Test]
    public void Groups_spread_over_shards_add_up()
    {
        SiteEquation[] equations = Made(5, 10, groupError: 0.02);
        (FitResult fit, IReadOnlyList<GroupScore> whole) = FitWith(equations);
        EquationTable[] halves = [Table([.. equations.Where((_, i) => i % 2 == 0)]), Table([.. equations.Where((_, i) => i % 2 == 1)])];
        FitResult split = BondValenceFit.Run(Options, [Key], halves, _ => { });
        List<GroupScore> joined = [];
        foreach (GroupScore score in halves.SelectMany((half, i) => Scores(half, split.Residuals[i], split)).OrderBy(score => score.Group))
        {
            if (joined.Count > 0 && joined[^1].Group == score.Group)
                joined[^1].Add(score);
            else
                joined.Add(score);
        }

        Assert.That(joined.Select(score => score.Score[1]), Is.EqualTo(whole.Select(score => score.Score[1])).Within(1e-6));
        Assert.That(GroupJackknife.Apply(Options, split, joined).Parameters[0].R0ErrorAngstrom,
            Is.EqualTo(fit.Parameters[0].R0ErrorAngstrom).Within(1e-9));
    }

    // A prior of 0 +- 1 and data of y +- 1 have the mean y/2 +- root 1/2; chi squared is y^2/2.
    [TestCase(1, 1)]
    [TestCase(4, 2.8284271247461903)]
    [TestCase(-4, 2.8284271247461903)]
    public void Prior_and_data_that_contradict_one_another_widen_the_error_by_the_root_of_chi_squared(double data, double ratio) =>
        Assert.That(GroupJackknife.BirgeRatio(data / 2, 1, 0.5), Is.EqualTo(ratio).Within(1e-12));

    [Test]
    public void Without_data_there_is_nothing_to_contradict() => Assert.That(GroupJackknife.BirgeRatio(0, 4, 0.25), Is.EqualTo(1));

    private static FitOptions Options => PlainFit.Options with { EnvironmentCorrelation = 0 };

    private static FitResult Fit(SiteEquation[] equations) => FitWith(equations).Fit;

    private static (FitResult Fit, IReadOnlyList<GroupScore> Scores) FitWith(SiteEquation[] equations)
    {
        EquationTable table = Table(equations);
        FitResult fit = BondValenceFit.Run(Options, [Key], [table], _ => { });
        IReadOnlyList<GroupScore> scores = Scores(table, fit.Residuals[0], fit);
        return (GroupJackknife.Apply(Options, fit, scores), scores);
    }

    private static IReadOnlyList<GroupScore> Scores(EquationTable table, ShardResiduals residuals, FitResult fit) => GroupScore.Of(
        Options, [Key], table, [.. Enumerable.Range(0, table.EquationCount)], residuals, fit.Parameters, row
        => (int)table.Identities[row].Group);

    private static EquationTable Table(SiteEquation[] equations)
    {
        double[] weights = new double[equations.Length];
        Array.Fill(weights, 1);
        return EquationTable.Build(equations, [Key], weights);
    }

    // Groups of three sites with an error in common; coordination 4, 6 and 8.
    private static SiteEquation[] Made(int seed, int groups, double groupError, double softness = 0.37)
    {
        var random = new CounterRandom(77, (ulong)seed);
        var equations = new List<SiteEquation>();
        for (int group = 0; group < groups; group++)
        {
            double shared = groupError * random.NextNormal();
            int coordination = 4 + 2 * random.NextIndex(3);
            for (int site = 0; site < 3; site++)
            {
                double length = 1.815 - softness * PortableMath.Log(4.0 / coordination) + shared + 0.003 * random.NextNormal();
                equations.Add(new SiteEquation
                {
                    StructureId = $"{group}", SiteIndex = site, SiteLabel = $"Ti{site}", Center = Key.Cation, Multiplicity = 1,
                    GroupId = group.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Bonds = [.. Enumerable.Repeat(new EquationBond(Key.Anion, length), coordination)],
                });
            }
        }

        return [.. equations];
    }
}
