using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Configuration;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>Joins the tables of all shards, reduces the pair statistics over the ranks, and counts what became of every file.</summary>
internal static class MergeStage
{
    private const int MostProblemsNamed = 20;
    private static readonly Dictionary<string, long> NoCounts = [];

    /// <summary>Writes the merged tables.</summary>
    /// <exception cref="UserException">A shard is missing, stale or damaged; the message names them.</exception>
    /// <param name="job">The job.</param>
    /// <param name="configuration">The configuration of the run.</param>
    /// <param name="run">The run directory, which receives the tables.</param>
    /// <param name="record">Its record.</param>
    /// <param name="others">Further runs whose tables are merged with its own.</param>
    public static MergeReport Run(Job job, RunConfiguration configuration, RunDirectory run, RunRecord record, IReadOnlyList<string> others)
    {
        var clock = Stopwatch.StartNew();
        MergedRuns runs = MergedRuns.Open(job, run, record, others);
        long[] structures = new long[runs.Shards.Length];
        ShardCounts counts = CheckShards(job, run, runs, structures);
        PairDistanceStatistics? pairs = PairTables.Merge(job, runs, configuration.PairDistances);
        MergeReport? report = null;
        job.World.OnRankZero(() =>
        {
            Directory.CreateDirectory(run.Merged);
            WholeFile.Sweep(run.Merged);
            Join(job, run, runs, "structures.csv");
            Join(job, run, runs, "findings.csv");
            string provenance = Path.Combine(run.Merged, "runs.csv");
            File.Delete(provenance);
            if (others.Count > 0)
                Csv.Write(provenance, runs.Rows(structures));
            PairTables.Write((name, write) => WholeFile.Write(Path.Combine(run.Merged, name), write), pairs!, bySpecies: configuration.Equations is not null);
            if (configuration.Equations is not null)
                Csv.Write(Path.Combine(run.Merged, "blocks.csv"), Join(job, run, runs, "equations.csv"));
            report = Summarize(run, runs, counts, clock.Elapsed.TotalSeconds, job.World.Size);
            record.WriteStage(run, "merge", report);
            Describe(job, report);
        });
        return report ?? new MergeReport(counts, counts.Structures - counts.Accepted, NoCounts, NoCounts, clock.Elapsed.TotalSeconds, job.World.Size);
    }

    private static ShardCounts CheckShards(Job job, RunDirectory run, MergedRuns runs, long[] structures)
    {
        var problems = new List<string>();
        var counts = default(ShardCounts);
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

                counts += shardRecord!.Counts;
                structures[shard] = shardRecord.Counts.Structures;
            }
        });

        string[]? gathered = job.World.GatherStrings(string.Join('\n', problems), 0);
        job.World.OnRankZero(() =>
        {
            string[] all = [.. gathered!.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal)];
            if (all.Length > 0)
                throw UserException.Unusable($"{run.Root} is not complete: {Named([.. all.Select(problem => problem[(problem.IndexOf(':', StringComparison.Ordinal) + 1)..])])}. Run 'crystalhpc extract {run.Root}' again");
            IReadOnlyList<string> foreign = runs.ForeignFolders();
            if (foreign.Count > 0)
                job.Say($"merge    not of these runs and left out: {Named(foreign)}");
        });
        job.GlobalSum(structures);
        return counts.SumOverRanks(job.GlobalSum);
    }

    private static string Named(IReadOnlyList<string> items) =>
        string.Join("; ", items.Take(MostProblemsNamed)) + (items.Count > MostProblemsNamed ? $"; and {items.Count - MostProblemsNamed} more" : "");

    private static IReadOnlyList<BlockRow> Join(Job job, RunDirectory run, MergedRuns runs, string table) =>
        TableMerger.Join([.. runs.Shards.Select(shard => Path.Combine(runs.Folder(shard), table))], Path.Combine(run.Merged, table), job.StopPoint);

    private static MergeReport Summarize(RunDirectory run, MergedRuns runs, ShardCounts counts, double seconds, int ranks)
    {
        var reasons = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var findings = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var groups = new SortedDictionary<string, int>(StringComparer.Ordinal);
        long rejected = 0;
        foreach (StructureRow row in Csv.Read<StructureRow>(Path.Combine(run.Merged, "structures.csv")))
        {
            if (row.Verdict == StructureOutcome.Accepted)
            {
                // Runs without equations have no groups.
                if (row.GroupId.Length > 0)
                    groups[row.GroupId] = groups.GetValueOrDefault(row.GroupId) + 1;
                continue;
            }

            rejected++;
            foreach (string code in row.ReasonCodes.Split(';'))
                reasons[code] = reasons.GetValueOrDefault(code) + 1;
        }

        foreach (FindingRow row in Csv.Read<FindingRow>(Path.Combine(run.Merged, "findings.csv")))
            findings[row.Code] = findings.GetValueOrDefault(row.Code) + 1;
        Csv.Write(Path.Combine(run.Merged, "groups.csv"), RedeterminationGroup.Join(groups));
        if (counts.Files != runs.Files || counts.Accepted + rejected != counts.Structures)
        {
            throw new InvalidOperationException(
                $"files were lost: {runs.Files} in the manifest, {counts.Files} in shards; {counts.Structures} structures, {counts.Accepted} accepted, {rejected} rejected");
        }

        return new MergeReport(counts, rejected, reasons, findings, seconds, ranks);
    }

    private static void Describe(Job job, MergeReport report)
    {
        ShardCounts counts = report.Counts;
        job.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"merge    {counts.Files:N0} files, {counts.Structures:N0} structures: {counts.Accepted:N0} accepted, {report.Rejected:N0} rejected, {counts.FailedFiles:N0} files failed  {report.Seconds:0.0} s"));
        foreach ((string code, long count) in report.Reasons.OrderByDescending(reason => reason.Value).Take(8))
            job.Say(string.Create(CultureInfo.InvariantCulture, $"         {count,8:N0}  {code}"));
        job.Say(string.Create(CultureInfo.InvariantCulture, $"         {counts.Equations:N0} equations, {counts.Bonds:N0} bonds"));
    }
}

/// <summary>What the merge stage reports in <c>run.json</c>. A structure can be rejected for several reasons: those counts do not add up.</summary>
internal sealed record MergeReport(
    ShardCounts Counts,
    long Rejected,
    IReadOnlyDictionary<string, long> Reasons,
    IReadOnlyDictionary<string, long> Findings,
    double Seconds,
    int Ranks);
