using System.Globalization;

namespace CrystalHpc.Benchmarks.Scale;

/// <summary>
/// Measures what the parts of a job cost and simulates a job over all of COD on 12 to 36,000 ranks. docs/studies/scale.md reads the tables.
/// </summary>
internal static class ScaleStudy
{
    private const int OperationsPerLooseFile = 2;
    private const int ShippedShards = 4_096;
    private const int ManyShards = 65_536;
    private static readonly int[] Ranks = [12, 36, 144, 576, 1_152, 2_304, 4_608, 10_000, 18_000, 36_000];
    private static readonly int[] ShardCounts = [1_024, 4_096, 16_384, 65_536, 265_000];
    private static readonly int[] SweepRanks = [144, 1_152, 10_000, 36_000];

    public static void Run(string[] args)
    {
        Console.WriteLine("files");
        FileCosts costs = FileCosts.Measure(args);
        if (costs.SecondsPerByte.Length == 0)
            return;
        Console.WriteLine("parts of a job, one core");
        ScaleConstants constants = ScaleConstants.Measure();
        var corpus = new ModelCorpus(costs, workFactor: 1);
        var job = new JobModel(Supercomputer.Typical, constants, costs, corpus, OperationsPerLooseFile);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"corpus: {ModelCorpus.Files:N0} files, mean {corpus.Bytes.Average() / 1e3:0} kB, largest {corpus.Bytes.Max() / 1e6:0} MB, "
            + $"{corpus.Seconds.Sum() / 3600:0.00} core hours, slowest file {corpus.Seconds.Max():0.00} s, {job.Size.Equations / 1e6:0.00} "
            + $"million equations, {job.Size.Bonds / 1e6:0.00} million bonds"));

        Strong("loose files", constants, costs, corpus, OperationsPerLooseFile, ShippedShards);
        Strong("archives", constants, costs, corpus, 0, ShippedShards);
        var hard = new ModelCorpus(costs, workFactor: 100);
        Strong("archives, a hundred times the work", constants, costs, hard, 0, ShippedShards);
        Strong("archives, a hundred times the work", constants, costs, hard, 0, ManyShards);
        Sweep("archives", constants, corpus);
        Sweep("archives, a hundred times the work", constants, hard);
        Reductions(job);
    }

    private static void Strong(string what, ScaleConstants constants, FileCosts costs, ModelCorpus corpus, int operationsPerFile,
        int shardCount)
    {
        var job = new JobModel(Supercomputer.Typical, constants, costs, corpus, operationsPerFile);
        var extraction = new ExtractionModel(Supercomputer.Typical, constants, operationsPerFile);
        ShardLoad[] shards = corpus.Shards(shardCount);
        Console.WriteLine(FormattableString.Invariant(
            $"\n{what}: seconds with {shards.Length:N0} shards; largest shard {shards.Max(shard => shard.Seconds):0.00} s of work"));
        Console.WriteLine("  ranks    index  extract  of that ideal  efficiency   static  metadata   merge    fit   total  speed-up");
        double first = 0;
        foreach (int ranks in Ranks)
        {
            ExtractionTimes dynamic = extraction.Run(shards, ranks, isDynamic: true),
                fixedInAdvance = extraction.Run(shards, ranks, isDynamic: false);
            double total = job.Index(ranks).Seconds + job.ScanSeconds + dynamic.Seconds + job.Merge(ranks, shards.Length)
                + job.Fit(ranks, shards.Length, isHierarchical: false).Total;
            if (first == 0)
                first = total * Ranks[0];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{ranks,7:N0} {job.Index(ranks).Seconds,8:0.0} {dynamic.Seconds + job.ScanSeconds,8:0.0} {dynamic.MeanWorkSeconds,14:0.0} "
                + $"{100 * dynamic.MeanWorkSeconds / dynamic.Seconds,9:0} % {fixedInAdvance.Seconds + job.ScanSeconds,8:0.0} "
                + $"{dynamic.MetadataSeconds,9:0.0} {job.Merge(ranks, shards.Length),7:0.0} "
                + $"{job.Fit(ranks, shards.Length, isHierarchical: false).Total,6:0.0} {total,7:0.0} {first / total,9:0}"));
        }
    }

    private static void Sweep(string what, ScaleConstants constants, ModelCorpus corpus)
    {
        var extraction = new ExtractionModel(Supercomputer.Typical, constants, operationsPerFile: 0);
        Console.WriteLine($"\n{what}: seconds of extraction by number of shards, dynamic / static; mean "
            + $"wait at the desk, load of the desk by reports");
        Console.WriteLine("   shards  " + string.Concat(SweepRanks.Select(ranks => FormattableString.Invariant($"{ranks,34:N0} ranks"))));
        foreach (int count in ShardCounts)
        {
            ShardLoad[] shards = corpus.Shards(count);
            Console.WriteLine(FormattableString.Invariant($"{count,9:N0}  ") + string.Concat(SweepRanks.Select(ranks =>
            {
                ExtractionTimes dynamic = extraction.Run(shards, ranks, isDynamic: true),
                    inAdvance = extraction.Run(shards, ranks, isDynamic: false);
                return string.Create(CultureInfo.InvariantCulture,
                    $"{dynamic.Seconds,12:0.0} /{inAdvance.Seconds,8:0.0} {dynamic.MeanDeskSeconds,8:0.00} s "
                    + $"{100 * dynamic.ReportLoad,4:0} %");
            })));
        }
    }

    private static void Reductions(JobModel job)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\nseconds of a whole fit: evaluating, adding up {JobModel.SumBytes / 1e3:0} kB "
            + $"flat and by nodes, reading groups, residuals"));
        Console.WriteLine("  ranks  evaluate     flat  by nodes   groups  residuals");
        foreach (int ranks in Ranks)
        {
            FitTimes flat = job.Fit(ranks, ShippedShards, isHierarchical: false),
                byNodes = job.Fit(ranks, ShippedShards, isHierarchical: true);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{ranks,7:N0} {flat.Evaluate,9:0.000} {flat.Sum,8:0.000} {byNodes.Sum,9:0.000} {flat.Start,8:0.000} "
                + $"{flat.Residuals,10:0.000}"));
        }
    }
}
