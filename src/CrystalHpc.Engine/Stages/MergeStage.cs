using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Stages;

/// <summary>Puts the tables of all shards together, product by product, and counts what became of every file.</summary>
public static class MergeStage
{
    private const int MostProblemsNamed = 20;
    private const string Provenance = "runs.csv";
    private static readonly Dictionary<string, long> NoCounts = [];

    /// <summary>Writes the merged tables of a run, unless those that are there were made from the same shards.</summary>
    /// <param name="job">The job.</param>
    /// <param name="systems">Their products are what is merged.</param>
    /// <param name="open">The run, whose shards are complete.</param>
    /// <exception cref="UserException">A shard is missing, stale or damaged; the message names them.</exception>
    public static MergeReport RunIfChanged(Job job, SystemCatalog systems, OpenRun open)
    {
        if (open.Record.Stage<MergeReport>("merge") is not { } report || !Finished(job, systems, open).IsCurrent())
            return Run(job, systems, open, others: []);
        job.Say("merge    as it was: the shards are the same");
        return report;
    }

    /// <summary>Writes the merged tables.</summary>
    /// <param name="job">The job.</param>
    /// <param name="systems">Their products are what is merged.</param>
    /// <param name="open">The run, whose directory receives the tables.</param>
    /// <param name="others">Further runs whose tables are merged with its own.</param>
    /// <exception cref="UserException">A shard is missing, stale or damaged; the message names them.</exception>
    public static MergeReport Run(Job job, SystemCatalog systems, OpenRun open, IReadOnlyList<string> others)
    {
        var clock = Stopwatch.StartNew();
        (RunConfiguration configuration, RunDirectory run, RunRecord record) = open;
        IReadOnlyList<IShardProduct> products = systems.Products(configuration);
        MergedRuns runs = MergedRuns.Open(job, systems.IdentityOf(configuration), run, record, others);
        long[] structures = new long[runs.Shards.Length];
        ShardCounts counts = CheckShards(job, run, runs, ShardCounts.Zero(products.SelectMany(product => product.Counted)), structures);
        var merge = new ShardMerge(job, run, runs);
        job.World.OnRankZero(() =>
        {
            Directory.CreateDirectory(run.Merged);
            if (new DirectoryInfo(run.Merged).LinkTarget is { } other)
                throw UserException.Unusable($"{run.Merged} is a link to the tables of another run ({other}), which are left as they are");
            MergedTables.Open(run);
            WholeFile.Sweep(run.Merged);
            File.Delete(merge.PathOf(Provenance));
            if (others.Count > 0)
                merge.Write(Provenance, stream => Csv.Write(stream, runs.Rows(structures)));
        });
        foreach (IShardProduct product in products)
            product.Merge(merge);
        merge.DigestShared();
        var reasons = new MergeReasons(merge);
        MergeReport? report = null;
        job.World.OnRankZero(() =>
        {
            report = Summarize(merge, counts, reasons, clock.Elapsed.TotalSeconds);
            MergedTables.Close(run, merge.Digests);
            record.WriteStage(run, "merge", report);
            Describe(job, report);
        });
        if (others.Count == 0)
            Finished(job, systems, open).Record(merge.Digests);
        return report ?? new MergeReport(counts, counts.Structures - counts.Accepted, NoCounts, NoCounts, clock.Elapsed.TotalSeconds,
            job.World.Size);
    }

    // The mark of a shard holds the digests of its tables.
    private static FinishedStage Finished(Job job, SystemCatalog systems, OpenRun open)
    {
        (RunConfiguration configuration, RunDirectory run, RunRecord record) = open;
        const int SealWords = 4;
        long[] seals = new long[SealWords * record.Corpus.Shards];
        job.World.Together(() =>
        {
            foreach (int shard in job.Mine([.. Enumerable.Range(0, record.Corpus.Shards)]))
            {
                job.StopPoint();
                if (ShardRecord.ProblemOfMark(run, shard, record.ExtractionDigest, out ShardRecord? mark) is null)
                    MemoryMarshal.Cast<byte, long>(Convert.FromHexString(mark!.Seal)).CopyTo(seals.AsSpan(SealWords * shard));
            }
        });
        job.GlobalSum(seals);
        string formats = string.Join(' ', systems.Products(configuration).Select(product => product.Format));
        string shards = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<long>(seals)));
        return new FinishedStage(job, run.Merged, [typeof(MergeStage), .. systems.Systems.Select(system => system.GetType())],
            () => $"merge/1\n{formats}\n{record.ExtractionDigest}\n{shards}");
    }

    private static ShardCounts CheckShards(Job job, RunDirectory run, MergedRuns runs, ShardCounts none, long[] structures)
    {
        var problems = new List<string>();
        ShardCounts counts = none;
        job.World.Together(() =>
        {
            foreach (int shard in job.Mine(runs.Shards))
            {
                job.StopPoint();
                if (runs.ProblemOf(shard, out ShardRecord? shardRecord) is { } problem)
                {
                    problems.Add(problem);
                    continue;
                }

                counts = counts.Plus(shardRecord!.Counts);
                structures[shard] = shardRecord.Counts.Structures;
            }
        });

        IReadOnlyList<string>? gathered = job.World.Gather(problems);
        job.World.OnRankZero(() =>
        {
            string[] all = [.. gathered!.Order(StringComparer.Ordinal)];
            if (all.Length > 0)
                throw UserException.Unusable(
                    $"{run.Root} is not complete: "
                    + $"{Named([.. all.Select(problem => problem[(problem.IndexOf(':', StringComparison.Ordinal) + 1)..])])}. Run "
                    + $"'crystalhpc extract {run.Root}' again");
            IReadOnlyList<string> foreign = runs.ForeignFolders();
            if (foreign.Count > 0)
                job.Say($"merge    not of these runs and left out: {Named(foreign)}");
        });
        job.GlobalSum(structures);
        return counts.SumOverRanks(job.GlobalSum);
    }

    private static string Named(IReadOnlyList<string> items) =>
        string.Join("; ", items.Take(MostProblemsNamed)) + (items.Count > MostProblemsNamed
            ? $"; and {items.Count - MostProblemsNamed} more" : "");

    private static MergeReport Summarize(ShardMerge merge, ShardCounts counts, MergeReasons found, double seconds)
    {
        long rejected = found.Rejected;
        if (counts.Files != merge.Runs.Files || counts.Accepted + rejected != counts.Structures)
        {
            throw UserException.Unusable(
                $"{merge.Run.RunJson}, the manifest and the shards do not agree: {merge.Runs.Files} in the manifest, {counts.Files} in "
                + $"shards; {counts.Structures} structures, {counts.Accepted} accepted, {rejected} rejected");
        }

        return new MergeReport(counts, rejected, found.Reasons, found.Findings, seconds, merge.Job.World.Size);
    }

    private static void Describe(Job job, MergeReport report)
    {
        ShardCounts counts = report.Counts;
        job.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"merge    {counts.Files:N0} files, {counts.Structures:N0} structures: {counts.Accepted:N0} accepted, {report.Rejected:N0} "
            + $"rejected, {counts.FailedFiles:N0} files failed  {report.Seconds:0.0} s"));
        foreach ((string code, long count) in report.Reasons.OrderByDescending(reason => reason.Value).Take(8))
            job.Say(string.Create(CultureInfo.InvariantCulture, $"         {count,8:N0}  {code}"));
        if (counts.Made.Count > 0)
            job.Say("         " + string.Join(", ", counts.Made.Select(made => string.Create(
                CultureInfo.InvariantCulture, $"{made.Value:N0} {made.Key}"))));
    }
}

/// <summary>
/// What the merge stage reports in <c>run.json</c>. A structure can be rejected for several reasons: those counts do not add up.
/// </summary>
public sealed record MergeReport(
    ShardCounts Counts,
    long Rejected,
    IReadOnlyDictionary<string, long> Reasons,
    IReadOnlyDictionary<string, long> Findings,
    double Seconds,
    int Ranks);
