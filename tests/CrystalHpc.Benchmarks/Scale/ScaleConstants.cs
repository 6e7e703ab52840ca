using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Engine.Products;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Benchmarks.Scale;

/// <summary>What the parts of a job cost on one core of this machine: the constants of the simulation.</summary>
/// <param name="ListSecondsPerFile">All ranks: finding a file in the folders, its length and its time.</param>
/// <param name="ManifestSecondsPerFile">Rank 0: reading what ranks have listed, writing the manifest.</param>
/// <param name="ReadSecondsPerFile">Any rank: opening, reading and digesting a small file.</param>
/// <param name="ScanSecondsPerFile">Rank 0: a row of the manifest when extraction begins.</param>
/// <param name="ShardSeconds">Writing five small tables and the mark of a shard.</param>
/// <param name="MergeSecondsPerFile">All ranks: checking, joining and counting the rows of a file.</param>
/// <param name="DigestSecondsPerMegabyte">One rank for each merged table: its digest.</param>
/// <param name="GroupSeconds">All ranks: a row of groups.csv when the fit begins.</param>
/// <param name="ResidualSeconds">All ranks at the end of the fit: an equation in residuals.csv.</param>
/// <param name="BondSeconds">A bond in one evaluation of the fit.</param>
/// <param name="DeskSeconds">Rank 0: receiving a message and answering it.</param>
/// <param name="DeskPauseSeconds">How often the desk looks for messages.</param>
/// <param name="Sum">A sum over ranks within a node.</param>
internal sealed record ScaleConstants(
    double ListSecondsPerFile,
    double ManifestSecondsPerFile,
    double ReadSecondsPerFile,
    double ScanSecondsPerFile,
    double ShardSeconds,
    double MergeSecondsPerFile,
    double DigestSecondsPerMegabyte,
    double GroupSeconds,
    double ResidualSeconds,
    double BondSeconds,
    double DeskSeconds,
    double DeskPauseSeconds,
    SumCosts Sum)
{
    private const int Files = 20_000;
    private const int Rows = 100_000;

    public static ScaleConstants Measure()
    {
        string folder = Directory.CreateTempSubdirectory("crystalhpc-scale-").FullName;
        try
        {
            (double list, double manifest, double read, double scan, double merge) = MeasureStages(folder);
            var constants = new ScaleConstants(
                list, manifest, read, scan, MeasureShard(folder), merge, MeasureDigest(folder), MeasureGroups(folder),
                    MeasureResiduals(folder), MeasureBond(),
                DeskCost.MeasureSeconds(), 1e-3, MeasureSum());
            foreach (System.Reflection.PropertyInfo property in typeof(ScaleConstants).GetProperties()
                .Where(property => property.PropertyType == typeof(double)))
                Console.WriteLine(FormattableString.Invariant(
                    $"  {property.Name,-20} {1e6 * (double)property.GetValue(constants)!,12:0.####} µs"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  sum over two ranks: {1e6 * constants.Sum.StepSeconds:0.00} µs and {1e9 * constants.Sum.SecondsPerByte:0.000} ns a "
                + $"byte"));
            return constants;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double List, double Manifest, double Read, double Scan, double Merge) MeasureStages(string folder)
    {
        string corpus = Path.Combine(folder, "cod");
        CorpusScaling.Make(corpus, Files);
        RunConfiguration read = CommandLine.Systems.Configuration.Read(Path.Combine(Machine.RepositoryRoot(), "configs", "cod.json"));
        RunConfiguration configuration = read
            .With(EngineSections.Corpus, read.Get(EngineSections.Corpus) with { Paths = [corpus] })
            .WithRunDirectory(Path.Combine(folder, "run"));
        var run = new RunDirectory(Path.Combine(folder, "run"));
        var job = new Job(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);

        var indexer = new CorpusIndexer(CorpusLimits.Of(configuration.Get(EngineSections.Corpus)));
        SourceRow[] sources = [];
        double listSeconds = Least(2, () => sources = [.. new Corpus([corpus]).Sources().Select(CorpusChanges.Describe)]);
        double readSeconds = Least(2, () =>
        {
            var root = new Corpus([corpus]);
            indexer.Write(Path.Combine(folder, "rows.csv"), sources.Select(source => root.SourceOf(source.Path)));
        });
        OpenRun? open = null;
        double index = Least(2, () =>
        {
            // A manifest that is there already would be taken up.
            if (File.Exists(run.RunJson))
                File.Delete(run.RunJson);
            open = IndexStage.Run(job, CommandLine.Systems, configuration);
        });
        ExtractStage.Run(job, CommandLine.Systems, open!, []);
        double scan = Least(3, () => ManifestShards.Scan(run.Manifest, open!.Record.Corpus.ManifestSha256));
        double merge = Least(2, () => MergeStage.Run(job, CommandLine.Systems, open!, []));
        return (listSeconds / Files, Math.Max(0, index - readSeconds - listSeconds) / Files, readSeconds / Files, scan / Files,
            merge / Files);
    }

    private static double MeasureShard(string folder)
    {
        var run = new RunDirectory(Path.Combine(folder, "shards"));
        byte[] table = new byte[20_000];
        string[] names = ["structures.csv", "findings.csv", "equations.csv", "pairs.csv", "pair_bins.csv"];
        double[] seconds = new double[200];
        for (int shard = 0; shard < seconds.Length; shard++)
        {
            long start = Stopwatch.GetTimestamp();
            using var shardFolder = new ShardFolder(run, shard);
            foreach (string name in names)
                shardFolder.Write(name, stream => stream.Write(table));
            shardFolder.Seal("", ShardCounts.Zero([]));
            seconds[shard] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds.Min();
    }

    private static double MeasureDigest(string folder)
    {
        const int Megabytes = 64;
        string path = Path.Combine(folder, "table.csv");
        File.WriteAllBytes(path, new byte[Megabytes * 1_000_000]);
        return Least(3, () => WholeFile.Digest(path)) / Megabytes;
    }

    private static double MeasureGroups(string folder)
    {
        string path = Path.Combine(folder, "groups.csv");
        Csv.Write(path, Enumerable.Range(0, Rows).Select(i => new GroupRow($"BaO3Ti{i}|1+2*2+m|5|{i}", 1, $"BaO3Ti{i}|1+2*2+m|5|{i}")));
        Dictionary<string, int> groups = [];
        return Least(3, () => groups = Csv.Read<GroupRow>(path).ToDictionary(row => row.GroupId, row => row.Structures)) / Rows;
    }

    private static double MeasureResiduals(string folder)
    {
        string path = Path.Combine(folder, "residuals.csv");
        return Least(3, () => Csv.Write(path, Enumerable.Range(0, Rows).Select(i =>
            new ResidualRow($"{i}", 0, "M1", "Ba", 2, 12, 2 + 1.0 / (i + 3), 1.0 / (i + 3), 0.5, "fitted")))) / Rows;
    }

    private static double MeasureBond()
    {
        EquationTable[] tables = MadeEquations.Make(16, (_, bonds) => bonds >= 31_250);
        (BondValenceObjective objective, _, double[] point) = FitEvaluation.Prepare(tables);
        double[] gradient = new double[point.Length];
        return Least(30, () => objective.Evaluate(point, gradient)) / tables.Sum(table => table.BondCount);
    }

    private static SumCosts MeasureSum()
    {
        double[] least = AllReduce.LeastSeconds("openmpi");
        (double one, double many) = (least[0], least[^1]);
        return new SumCosts(one, (many - one) / (8.0 * AllReduce.Sizes[^1]));
    }

    private static double Least(int passes, Action action)
    {
        double least = double.PositiveInfinity;
        for (int pass = 0; pass < passes; pass++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return least;
    }
}
