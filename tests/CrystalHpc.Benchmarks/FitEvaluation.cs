using System.Runtime.InteropServices;
using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Equations;

namespace CrystalHpc.Benchmarks;

/// <summary>One value and gradient of the fit's function over two million bonds, against NumPy; and a whole fit. One core.</summary>
internal static class FitEvaluation
{
    private const int BondsPerShard = 31_250;
    private const double MeanLengthAngstrom = 2.2;

    public static void Run(string[] args)
    {
        int rounds = Arguments.Number(args, "--rounds", 9);
        EquationTable[] tables = MadeEquations.Make(Arguments.Number(args, "--bonds", 2_000_000) / BondsPerShard, (_, bonds) => bonds >= BondsPerShard);
        Evaluate(args, tables, rounds);
        WholeFit(rounds);
    }

    private static void Evaluate(string[] args, EquationTable[] tables, int rounds)
    {
        int keyCount = MadeEquations.Keys.Count, bonds = tables.Sum(table => table.BondCount), equations = tables.Sum(table => table.EquationCount);
        FitOptions options = FitOptions.Default;
        FitShard[] shards = [.. tables.Select(table => new FitShard(table))];
        double[] lengths = [.. Enumerable.Repeat(MeanLengthAngstrom, keyCount)];
        foreach (FitShard shard in shards)
            shard.SetFeatures(options.Law, lengths);
        BondValenceObjective objective = new(options, keyCount, shards, new FitPriors(options, new SoftnessTying(options, MadeEquations.Keys)), equations, static _ => { });

        // At the prior's mean, where the prior adds nothing.
        double[] offsets = [.. Enumerable.Range(0, keyCount).Select(key => -0.9 - 0.5 * key / keyCount)];
        double[] point = [.. offsets.SelectMany(offset => (double[])[offset, Math.Log(options.SoftnessPriorMeanAngstrom)])];
        double[] gradient = new double[point.Length];
        string folder = WriteArrays(tables, offsets, options);
        using PythonPeer? numpy = PythonPeer.TryStart(args, "numpy_peer.py", folder);
        Directory.Delete(folder, recursive: true);

        double value = 0;
        double[] answer = [0, 0, 0];
        Contest contest = new($"value and gradient: {bonds} bonds, {equations} equations, {keyCount} keys, {tables.Length} shards", bonds / 1e6, "million bonds");
        contest.Add("CrystalHpc", () => value = objective.Evaluate(point, gradient));
        if (numpy is not null)
        {
            contest.AddTimed("NumPy", () =>
            {
                answer = numpy.Ask("");
                return answer[0];
            });
        }

        contest.Run(rounds);
        Console.WriteLine($"  values {value:R} and {answer[1]:R}, absolute gradients {gradient.Sum(Math.Abs):R} and {answer[2]:R}");
    }

    private static void WholeFit(int rounds)
    {
        EquationTable[] tables = MadeEquations.Make(16, (equations, _) => equations >= 1_250);
        FitResult? result = null;
        int count = tables.Sum(table => table.EquationCount);
        Contest contest = new($"whole fit: {count} equations, {MadeEquations.Keys.Count} keys", 1, "fits");
        contest.Add("CrystalHpc", () => result = BondValenceFit.Run(FitOptions.Default, MadeEquations.Keys, tables, static _ => { }));
        contest.Run(rounds);
        Console.WriteLine($"  {result!.History.Count} iterations, ended by {result.Reason}");
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
