using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.BondValence.Fit.Stages;

/// <summary>Errors of parameters, cations dealt to ranks.</summary>
public sealed class ParameterErrorsTests
{
    private const int Shards = 5;

    private static readonly FitOptions Options = FitOptions.Default;

    [Test]
    public void They_are_the_same_bits_on_any_number_of_ranks_and_in_any_rounds(
        [Values(1, 2, 3)] int ranks, [Values(1, 100, 1 << 18)] long mostEquations)
    {
        FitResult expected = Errors(1, 1 << 18);
        FitResult found = Errors(ranks, mostEquations);
        Assert.That(found.Parameters, Is.EqualTo(expected.Parameters));
        Assert.That(found.TwoPopulations, Is.EqualTo(expected.TwoPopulations));
        Assert.That(found.Parameters.Count(key => key.GroupCount > 2), Is.GreaterThan(20), "pairs of several groups");
    }

    [Test]
    public void A_round_holds_whole_cations_and_all_rounds_hold_all_rows()
    {
        var made = new SyntheticEquations(5, cationCount: 12, equationCount: 600);
        EquationTable[] tables = made.Shards(Shards);
        var job = new Job(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);
        var rounds = new CationRounds(job, made.Keys, tables, mostEquations: 100);
        Assert.That(rounds.Count, Is.InRange(6, 12));
        for (int i = 0; i < Shards; i++)
        {
            EquationTable table = tables[i];
            int[][] rows = [.. Enumerable.Range(0, rounds.Count).Select(round => rounds.RowsOf(i, round).ToArray())];
            Assert.That(rows.SelectMany(row => row).Order(), Is.EqualTo(Enumerable.Range(0, table.EquationCount)));
            var cations = rows.Select(own => own.Select(row => made.Keys[table.KeyIndices[table.BondOffsets[row]]].Cation).Distinct()
                .ToArray());
            Assert.That(cations.SelectMany(own => own), Is.Unique);
        }
    }

    private static FitResult Errors(int ranks, long mostEquations)
    {
        var made = new SyntheticEquations(5, cationCount: 12, equationCount: 600);
        EquationTable[] all = made.Shards(Shards);
        ulong[] groups = [.. all.SelectMany(table => table.Identities.ToArray()).Select(row => row.Group).Distinct().Order()];
        FitResult fit = BondValenceFit.Run(Options, made.Keys, all, _ => { });
        var results = new FitResult[ranks];
        ThreadCommunicator.Run(ranks, world =>
        {
            var job = new Job(world, new JobOptions(IsQuiet: true, Dealing.Static), null);
            int[] mine = [.. Enumerable.Range(0, Shards).Where(shard => shard % ranks == world.Rank)];
            EquationTable[] tables = [.. mine.Select(shard => all[shard])];
            FitResult own = fit with { Residuals = [.. mine.Select(shard => fit.Residuals[shard])] };
            results[world.Rank] = ParameterErrors.Apply(
                job, Options, made.Keys, mine, tables, own, group
                => Array.BinarySearch(groups, group), new CationRounds(job, made.Keys, tables, mostEquations));
        });
        foreach (FitResult other in results)
            Assert.That(other.Parameters, Is.EqualTo(results[0].Parameters));
        return results[0];
    }
}
