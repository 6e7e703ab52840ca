using System.Runtime.InteropServices;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Parallel;

namespace CrystalHpc.Benchmarks;

/// <summary>One value and gradient of the fit's function over two million bonds, against NumPy; and a whole fit. One core.</summary>
internal static class FitEvaluation
{
    private const int BondsPerShard = 31_250;
    private const double MeanLengthAngstrom = 2.2;
    private const string RanksTitle = "ranks as threads of one process, two million equations";

    private const int Rounds = 9;

    public static IReadOnlyList<ContestResult> Run(string[] args)
    {
        EquationTable[] tables = MadeEquations.Make(Arguments.Number(args, "--bonds", 2_000_000) / BondsPerShard, (_, bonds)
            => bonds >= BondsPerShard);
        return [.. Evaluate(args, tables), .. WholeFit(args), .. Ranks(args, tables)];
    }

    private static IReadOnlyList<ContestResult> Evaluate(string[] args, EquationTable[] tables)
    {
        int keyCount = MadeEquations.Keys.Count, bonds = tables.Sum(table => table.BondCount),
            equations = tables.Sum(table => table.EquationCount);
        FitOptions options = FitOptions.Default;
        (BondValenceObjective objective, double[] offsets, double[] point) = Prepare(tables);
        double[] gradient = new double[point.Length];
        string folder = WriteArrays(tables, offsets, options);
        using PythonPeer? numpy = PythonPeer.TryStart(args, "numpy_peer.py", folder);
        Directory.Delete(folder, recursive: true);

        double value = 0;
        double[] answer = [0, 0, 0];
        Contest contest = new($"value and gradient: {bonds} bonds, {equations} equations, {keyCount} keys, {tables.Length} shards",
            bonds / 1e6, "million bonds")
        {
            AimedRate = 500,
        };
        contest.Add("CrystalHpc", Timing.Processor(() => value = objective.Evaluate(point, gradient)));
        if (numpy is not null)
        {
            contest.AddPeer("NumPy", () =>
            {
                answer = numpy.Ask("");
                return answer[0];
            }, aim: 10);
        }

        IReadOnlyList<ContestResult> results = contest.Run(args, Rounds);
        if (results.Count > 0)
            Console.WriteLine($"  values {value:R} and {answer[1]:R}, absolute gradients {gradient.Sum(Math.Abs):R} and {answer[2]:R}");
        return results;
    }

    // Six times the same shards make two million equations; a rank takes every second one, as in a job. Two ranks that do all of it each,
    // with nothing to do with one another, show how much a second processor of this machine is worth.
    private static IReadOnlyList<ContestResult> Ranks(string[] args, EquationTable[] tables)
    {
        if (!Arguments.Wants(args, RanksTitle))
            return [];
        const int copies = 6, evaluations = 5;
        FitOptions options = FitOptions.Default;
        FitPriors priors = new(options, new SoftnessTying(options, MadeEquations.Keys));
        FitShard[] shards = MakeShards(tables, options, copies), others = MakeShards(tables, options, copies);
        int equations = copies * tables.Sum(table => table.EquationCount);
        double[] point = [.. MadeEquations.Keys.SelectMany(_ => (double[])[-1.1, Math.Log(options.SoftnessPriorMeanAngstrom)])];
        void Evaluate(IEnumerable<FitShard> mine, GlobalSum sum)
        {
            BondValenceObjective objective = new(options, MadeEquations.Keys.Count, [.. mine], priors, equations, sum);
            double[] gradient = new double[point.Length];
            for (int i = 0; i < evaluations; i++)
                objective.Evaluate(point, gradient);
        }

        Contest contest = new(RanksTitle, evaluations, "evaluations");
        foreach (int size in (int[])[2, 1])
        {
            contest.Add(size == 1 ? "1 rank" : "2 ranks", Timing.Clock(() => ThreadCommunicator.Run(size, world => Evaluate(
                shards.Where((_, i) => i % size == world.Rank), values => world.AllreduceInPlace(values, ReduceOperation.Sum)))),
                size == 1 ? 1.8 : null);
        }

        contest.Add("2 ranks, all of it each", Timing.Clock(() => ThreadCommunicator.Run(
            2, world => Evaluate(world.Rank == 0 ? shards : others, static _ => { }))));
        return contest.Run(args, Rounds);
    }

    private static FitShard[] MakeShards(EquationTable[] tables, FitOptions options, int copies)
    {
        double[] lengths = [.. MadeEquations.Keys.Select(_ => MeanLengthAngstrom)];
        FitShard[] shards = [.. Enumerable.Range(0, copies).SelectMany(_ => tables).Select(table => new FitShard(table))];
        foreach (FitShard shard in shards)
            shard.SetFeatures(BondLaws.Of(options.Law), lengths);
        return shards;
    }

    /// <summary>
    /// The function over all tables in one process, and a point at the prior's mean, where the prior adds nothing, with its offsets alone.
    /// </summary>
    public static (BondValenceObjective Objective, double[] Offsets, double[] Point) Prepare(EquationTable[] tables)
    {
        int keyCount = MadeEquations.Keys.Count;
        FitOptions options = FitOptions.Default;
        FitShard[] shards = [.. tables.Select(table => new FitShard(table))];
        double[] lengths = [.. Enumerable.Repeat(MeanLengthAngstrom, keyCount)];
        foreach (FitShard shard in shards)
            shard.SetFeatures(BondLaws.Of(options.Law), lengths);
        var priors = new FitPriors(options, new SoftnessTying(options, MadeEquations.Keys));
        var objective = new BondValenceObjective(options, keyCount, shards, priors, tables.Sum(table => table.EquationCount), static _
            => { });
        double[] offsets = [.. Enumerable.Range(0, keyCount).Select(key => -0.9 - 0.5 * key / keyCount)];
        return (objective, offsets, [.. offsets.SelectMany(offset => (double[])[offset, Math.Log(options.SoftnessPriorMeanAngstrom)])]);
    }

    private static IReadOnlyList<ContestResult> WholeFit(string[] args)
    {
        EquationTable[] tables = MadeEquations.Make(16, (equations, _) => equations >= 1_250);
        FitResult? result = null;
        int count = tables.Sum(table => table.EquationCount);
        Contest contest = new($"whole fit: {count} equations, {MadeEquations.Keys.Count} keys", 1, "fits") { AimedRate = 1 };
        contest.Add("CrystalHpc", Timing.Processor(
            () => result = BondValenceFit.Run(FitOptions.Default, MadeEquations.Keys, tables, static _ => { })));
        IReadOnlyList<ContestResult> results = contest.Run(args, Rounds);
        if (result is not null)
            Console.WriteLine($"  {result.History.Count} iterations, ended by {result.Reason}");
        return results;
    }

    // What numpy_peer.py reads.
    private static string WriteArrays(EquationTable[] tables, double[] offsets, FitOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("crystalhpc-benchmark-").FullName;
        List<long> starts = [], keys = [];
        List<double> differences = [], targets = [];
        foreach (EquationTable table in tables)
        {
            for (int row = 0; row < table.EquationCount; row++)
                starts.Add(keys.Count + table.BondOffsets[row]);
            foreach (int key in table.KeyIndices)
                keys.Add(key);
            foreach (double distance in table.DistancesAngstrom)
                differences.Add(MeanLengthAngstrom - distance);
            targets.AddRange(table.Valences);
        }

        Write<long>("starts", CollectionsMarshal.AsSpan(starts));
        Write<long>("keys", CollectionsMarshal.AsSpan(keys));
        Write<double>("differences", CollectionsMarshal.AsSpan(differences));
        Write<double>("targets", CollectionsMarshal.AsSpan(targets));
        Write<double>("offsets", offsets);
        Write<double>("softness", [.. offsets.Select(_ => options.SoftnessPriorMeanAngstrom)]);
        Write<double>("scales", [options.SigmaValence, options.HuberDeltaValence]);
        return folder;

        void Write<T>(string name, ReadOnlySpan<T> values)
            where T : unmanaged =>
            File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values));
    }
}
