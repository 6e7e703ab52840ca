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
    public static MergeReport Run(Job job, RunConfiguration configuration, RunDirectory run, RunRecord record)
    {
        var clock = Stopwatch.StartNew();
        int[] shards = [.. Enumerable.Range(0, record.Corpus.Shards)];
        ShardCounts counts = CheckShards(job, run, record, shards);
        PairDistanceStatistics? pairs = PairTables.Merge(job, run, shards, configuration.PairDistances);
        MergeReport? report = null;
        job.World.OnRankZero(() =>
        {
            Directory.CreateDirectory(run.Merged);
            Join(job, run, shards, "structures.csv");
            Join(job, run, shards, "findings.csv");
            PairTables.Write((name, write) => WholeFile.Write(Path.Combine(run.Merged, name), write), pairs!, bySpecies: configuration.Equations is not null);
            if (configuration.Equations is not null)
                Csv.Write(Path.Combine(run.Merged, "blocks.csv"), Join(job, run, shards, "equations.csv"));
            report = Summarize(run, record, counts, clock.Elapsed.TotalSeconds, job.World.Size);
            record.WriteStage(run, "merge", report);
            Describe(job, report);
        });
        return report ?? new MergeReport(counts, counts.Structures - counts.Accepted, NoCounts, NoCounts, clock.Elapsed.TotalSeconds, job.World.Size);
    }

    private static ShardCounts CheckShards(Job job, RunDirectory run, RunRecord record, int[] shards)
    {
        var problems = new List<string>();
        var counts = default(ShardCounts);
        job.World.Together(() =>
        {
            foreach (int shard in job.Mine(shards))
            {
                job.StopPoint();
                if (ShardRecord.ProblemOf(run, shard, record.ExtractionDigest, out ShardRecord? shardRecord) is { } problem)
                    problems.Add(string.Create(CultureInfo.InvariantCulture, $"{shard:D6}: {problem}"));
                else
                    counts += shardRecord!.Counts;
            }
        });

        string[]? gathered = job.World.GatherStrings(string.Join('\n', problems), 0);
        job.World.OnRankZero(() =>
        {
            string[] all = [.. gathered!.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal)];
            if (all.Length == 0)
                return;
            string named = string.Join("; ", all.Take(MostProblemsNamed).Select(problem => "shard " + problem.TrimStart('0').Replace(": ", " ", StringComparison.Ordinal)));
            string rest = all.Length > MostProblemsNamed ? $"; and {all.Length - MostProblemsNamed} more" : "";
            throw UserException.Unusable($"{run.Root} is not complete: {named}{rest}. Run 'crystalhpc extract {run.Root}' again");
        });
        return counts.SumOverRanks(job.GlobalSum);
    }

    private static IReadOnlyList<BlockRow> Join(Job job, RunDirectory run, int[] shards, string table) =>
        TableMerger.Join([.. shards.Select(shard => Path.Combine(run.Shard(shard), table))], Path.Combine(run.Merged, table), job.StopPoint);

    private static MergeReport Summarize(RunDirectory run, RunRecord record, ShardCounts counts, double seconds, int ranks)
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
        if (counts.Files != record.Corpus.Files || counts.Accepted + rejected != counts.Structures)
        {
            throw new InvalidOperationException(
                $"files were lost: {record.Corpus.Files} in the manifest, {counts.Files} in shards; {counts.Structures} structures, {counts.Accepted} accepted, {rejected} rejected");
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
