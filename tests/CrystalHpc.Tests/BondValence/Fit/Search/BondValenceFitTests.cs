using System.Globalization;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Tests.BondValence.Fit.Search;

/// <summary>The driver: exact cases, invariance, what it reports.</summary>
public class BondValenceFitTests
{
    private static readonly GlobalSum Alone = static _ => { };
    private static readonly Species Si = new(Element.Of("Si"), 4);
    private static readonly Species O = new(Element.Of("O"), -2);
    private static readonly Species F = new(Element.Of("F"), -1);

    private static SiteEquation Site(string id, Species cation, params (Species Anion, double Distance)[] bonds) => new()
    {
        StructureId = id,
        SiteIndex = 0,
        SiteLabel = "M1",
        Center = cation,
        Multiplicity = 1,
        GroupId = id,
        Bonds = [.. bonds.Select(bond => new EquationBond(bond.Anion, bond.Distance))],
    };

    private static FitResult Fit(IReadOnlyList<SiteEquation> equations, FitOptions? options = null)
    {
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf(equations);
        return BondValenceFit.Run(options ?? PlainFit.Options, keys,
            [EquationTable.Build(equations, keys, [.. equations.Select(_ => 1.0)])], Alone);
    }

    // Everything that goes into output tables, in digits that hold every bit.
    private static string Print(FitResult result) => string.Join('\n', [
        .. result.Parameters.Select(p => p.ToString()),
        .. result.History.Select(h => h.ToString()),
        $"{result.Reason} {result.Value:R} {result.EquationCount} {result.GatedCount} {result.TotalWeight:R}",
    ]);

    // Two sites, one with four equal bonds of valence V/4 and one with six of V/6, determine both parameters:
    // r4 = r0 - B ln(V/4), r6 = r0 - B ln(V/6), so B = (r6 - r4) / ln(6/4).
    [Test]
    public void Two_regular_sites_have_the_solution_of_the_closed_form()
    {
        const double r4 = 1.62, r6 = 1.77;
        double softness = (r6 - r4) / Math.Log(1.5), r0 = r4 + softness * Math.Log(4.0 / 4);
        SiteEquation[] sites =
        [
            Site("a", Si, [.. Enumerable.Repeat((O, r4), 4)]),
            Site("b", Si, [.. Enumerable.Repeat((O, r6), 6)]),
        ];
        FitResult result = Fit(sites, PlainFit.Options with { SoftnessPriorWidth = 10, RadiusPrior = false, GradientTolerance = 1e-11 });
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.Gradient));
        Assert.That(result.Parameters[0].SoftnessAngstrom, Is.EqualTo(softness).Within(2e-5));
        Assert.That(result.Parameters[0].R0Angstrom, Is.EqualTo(r0).Within(2e-5));
        Assert.That(result.Residuals[0].CalculatedValences, Is.All.EqualTo(4).Within(1e-4));
    }

    // One kind of site says nothing about B: it stays at its prior, r0 follows, and the result says so.
    [Test]
    public void A_single_environment_leaves_the_softness_at_its_prior()
    {
        FitResult result = Fit([.. Enumerable.Range(0, 10).Select(i => Site($"s{i}", Si, [.. Enumerable.Repeat((O, 1.61), 4)]))]);
        BondParameters si = result.Parameters[0];
        Assert.That(si.SoftnessAngstrom, Is.EqualTo(0.37).Within(1e-6));
        Assert.That(si.R0Angstrom, Is.EqualTo(1.61).Within(1e-6));
        Assert.That(si.Flags, Is.EqualTo(ParameterCautions.WeaklyDetermined));
        Assert.That(si.PivotLengthAngstrom, Is.EqualTo(1.61).Within(1e-6), "the curve is known best where the data are");
        Assert.That(si.SoftnessErrorAngstrom, Is.EqualTo(0.037).Within(1e-3), "the width of the prior");
        Assert.That((si.SiteCount, si.BondCount, si.StructureCount), Is.EqualTo((10L, 40L, 10L)));
    }

    [Test]
    public void The_order_of_equations_does_not_matter()
    {
        SyntheticEquations data = new(seed: 5, cationCount: 6, equationCount: 600, dirtFraction: 0.1);
        FitResult first = Fit(data.Equations);
        SiteEquation[] shuffled = [.. data.Equations];
        new Random(1).Shuffle(shuffled);
        FitResult second = Fit(shuffled);
        foreach ((BondParameters a, BondParameters b) in first.Parameters.Zip(second.Parameters))
        {
            Assert.That(b.R0Angstrom, Is.EqualTo(a.R0Angstrom).Within(1e-6));
            Assert.That(b.SoftnessAngstrom, Is.EqualTo(a.SoftnessAngstrom).Within(1e-6));
        }
    }

    [Test]
    public void Any_number_of_ranks_gives_the_same_bits([Values(2, 3, 5, 8)] int ranks)
    {
        SyntheticEquations data = new(seed: 6, cationCount: 8, equationCount: 700, dirtFraction: 0.1, grossFraction: 0.01);
        EquationTable[] shards = data.Shards(6);
        string expected = Print(BondValenceFit.Run(PlainFit.Options, data.Keys, shards, Alone));
        string[] prints = SimulatedRanks.Run(ranks, (rank, sum) =>
            Print(BondValenceFit.Run(PlainFit.Options, data.Keys, [.. shards.Where((_, i) => i % ranks == rank)], sum)));
        Assert.That(prints, Is.All.EqualTo(expected));
    }

    [Test]
    public void The_order_of_shards_on_a_rank_gives_the_same_bits()
    {
        SyntheticEquations data = new(seed: 7, cationCount: 8, equationCount: 500, dirtFraction: 0.1);
        EquationTable[] shards = data.Shards(6);
        string expected = Print(BondValenceFit.Run(PlainFit.Options, data.Keys, shards, Alone));
        Array.Reverse(shards);
        Assert.That(Print(BondValenceFit.Run(PlainFit.Options, data.Keys, shards, Alone)), Is.EqualTo(expected));
    }

    // Lengths from whole numbers alone, so that the input has the same bits everywhere; the expected bits were produced by this program on
    // x86-64 with AVX-512 and confirmed there without AVX-512, without AVX2 and without any vector instructions. A change of the arithmetic
    // changes them.
    [Test]
    public void The_result_has_the_same_bits_on_every_processor()
    {
        List<SiteEquation> sites = [];
        for (int i = 0; i < 60; i++)
        {
            int number = 4 + i % 5;
            sites.Add(Site($"s{i}", Si, [.. Enumerable.Range(0, number).Select(k
                => ((i * k) % 7 == 3 ? F : O, 1.5 + number / 16.0 + (i * 37 + k * 11) % 64 / 1024.0))]));
        }

        FitResult result = Fit(sites);
        BondParameters oxide = result.Parameters[0];
        double[] numbers = [result.Value, oxide.R0Angstrom, oxide.SoftnessAngstrom];
        string bits = string.Join(' ', numbers.Select(number => $"{BitConverter.DoubleToInt64Bits(number):X16}"));
        Assert.That(bits, Is.EqualTo("3FD5296E120D5FFE 3FFC46FC5FFF3B31 3FD775324D4B05A7"));
    }

    [Test]
    public void A_gross_error_is_left_out_and_listed()
    {
        List<SiteEquation> sites = [.. Enumerable.Range(0, 20).Select(i
            => Site($"s{i}", Si, [.. Enumerable.Repeat((O, 1.60 + 0.001 * i), 4)]))];
        sites.Add(Site("wrong", Si, (O, 0.9), (O, 1.6), (O, 1.6), (O, 1.6)));
        IReadOnlyList<BondKey> keys = EquationTable.KeysOf(sites);
        EquationTable table = EquationTable.Build(sites, keys, [.. sites.Select(_ => 1.0)]);
        FitResult result = BondValenceFit.Run(PlainFit.Options, keys, [table], Alone);
        Assert.That(result.GatedCount, Is.EqualTo(1));
        int row = result.Residuals[0].IsGated.ToList().IndexOf(true);
        Assert.That(sites[table.Identities[row].Place].StructureId, Is.EqualTo("wrong"));
        Assert.That(result.Residuals[0].CalculatedValences[row], Is.GreaterThan(6), "the sum is reported all the same");
        Assert.That(result.Parameters[0].SiteCount, Is.EqualTo(20));
    }

    [Test]
    public void Weights_act_like_repetitions()
    {
        SyntheticEquations data = new(seed: 8, cationCount: 2, equationCount: 80);
        IReadOnlyList<BondKey> keys = data.Keys;
        SiteEquation[] doubled = [.. data.Equations, .. data.Equations.Take(40)];
        FitResult repeated = BondValenceFit.Run(PlainFit.Options, keys, [EquationTable.Build(doubled, keys, [.. doubled.Select(_ => 1.0)])],
            Alone);
        double[] weights = [.. data.Equations.Select((_, i) => i < 40 ? 2.0 : 1.0)];
        FitResult weighted = BondValenceFit.Run(PlainFit.Options, keys, [EquationTable.Build(data.Equations, keys, weights)], Alone);
        foreach ((BondParameters a, BondParameters b) in repeated.Parameters.Zip(weighted.Parameters)
            .Where(p => p.First.Source == ParameterSource.Fitted && p.Second.Source == ParameterSource.Fitted))
            Assert.That(b.R0Angstrom, Is.EqualTo(a.R0Angstrom).Within(1e-6));
    }

    [Test]
    public void A_key_whose_curve_runs_away_is_flagged_at_its_bound()
    {
        // Regular sites whose bonds lengthen with coordination number twice as fast as B = 0.65 allows.
        SiteEquation[] sites = [.. Enumerable.Range(0, 30).Select(i
            => Site($"s{i}", Si, [.. Enumerable.Repeat((O, 1.7 + 1.3 * Math.Log((3 + i % 4) / 4.0)), 3 + i % 4)]))];
        BondParameters si = Fit(sites, PlainFit.Options with { GateAngstrom = 10, SoftnessMaxAngstrom = 0.65 }).Parameters[0];
        Assert.That(si.SoftnessAngstrom, Is.EqualTo(0.65).Within(1e-12));
        Assert.That(si.Flags.HasFlag(ParameterCautions.AtBound));
    }

    [Test]
    public void A_sparse_key_is_drawn_to_the_sum_of_radii_and_one_without_data_gets_it()
    {
        // r0 = cation part + anion part: 1.6 + 0, 1.9 + 0 with O; -0.1 more with F. Ge F is missing.
        Species ge = new(Element.Of("Ge"), 4), sn = new(Element.Of("Sn"), 4);
        List<SiteEquation> sites = [];
        foreach ((Species cation, double r0) in new[] { (Si, 1.6), (sn, 1.9) })
        {
            for (int i = 0; i < 20; i++)
            {
                int number = 4 + i % 3;
                sites.Add(Site($"o{cation}{i}", cation, [.. Enumerable.Repeat(
                    (O, ExponentialLaw.Instance.Length(4.0 / number, r0, 0.37)), number)]));
                sites.Add(Site($"f{cation}{i}", cation, [.. Enumerable.Repeat(
                    (F, ExponentialLaw.Instance.Length(4.0 / number, r0 - 0.1, 0.37)), number)]));
                sites.Add(Site($"g{i}", ge, [.. Enumerable.Repeat((O, ExponentialLaw.Instance.Length(4.0 / number, 1.75, 0.37)), number)]));
            }
        }

        IReadOnlyList<BondKey> keys = [.. EquationTable.KeysOf(sites).Append(new BondKey(ge, F)).Order()];
        FitResult result = BondValenceFit.Run(PlainFit.Options, keys, [EquationTable.Build(sites, keys, [.. sites.Select(_ => 1.0)])],
            Alone);
        BondParameters missing = result.Parameters.Single(p => p.Key == new BondKey(ge, F));
        Assert.That(missing.Source, Is.EqualTo(ParameterSource.Extrapolated));
        Assert.That(missing.R0Angstrom, Is.EqualTo(1.65).Within(0.002));
        Assert.That(missing.SoftnessAngstrom, Is.EqualTo(0.37).Within(1e-6));
        double known = result.Parameters.Single(p => p.Key == new BondKey(ge, O)).R0ErrorAngstrom;
        Assert.That(missing.R0ErrorAngstrom, Is.GreaterThan(2 * known), "an extrapolation has a wide error");
        Assert.That(missing.RmsdValence, Is.NaN);
        Assert.That(result.Parameters.Single(p => p.Key == new BondKey(ge, O)).Source, Is.EqualTo(ParameterSource.Fitted));
    }

    [Test]
    public void No_equations_at_all_end_in_priors_and_not_in_an_error()
    {
        FitResult result = BondValenceFit.Run(PlainFit.Options, [new BondKey(Si, O)], [], Alone);
        Assert.That(result.Parameters[0].Source, Is.EqualTo(ParameterSource.Extrapolated));
        Assert.That(result.EquationCount, Is.Zero);
        Assert.That(BondValenceFit.Run(PlainFit.Options, [], [], Alone).Parameters, Is.Empty);
    }

    [Test]
    public void The_observer_sees_every_iteration()
    {
        SyntheticEquations data = new(seed: 9, cationCount: 3, equationCount: 100);
        List<LbfgsIteration> seen = [];
        FitResult result = BondValenceFit.Run(PlainFit.Options, data.Keys, data.Shards(2), Alone, (iteration, parameters) =>
        {
            Assert.That(parameters.Length, Is.EqualTo(2 * data.Keys.Count));
            seen.Add(iteration);
        });
        Assert.That(seen, Is.EqualTo(result.History.Select(h => h.Search)));
        Assert.That(seen[^1].Value, Is.LessThan(seen[0].Value));
    }

    [Test]
    public void The_limit_of_iterations_is_reported()
    {
        SyntheticEquations data = new(seed: 9, cationCount: 3, equationCount: 100);
        FitResult result = BondValenceFit.Run(PlainFit.Options with { MaxIterations = 2 }, data.Keys, data.Shards(2), Alone);
        Assert.That(result.Reason, Is.EqualTo(StoppingReason.MaxIterations));
        Assert.That(result.History, Has.Count.EqualTo(3), string.Create(CultureInfo.InvariantCulture, $"{result.Value}"));
    }
}
