using System.Globalization;
using System.Text.RegularExpressions;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// How far the shards of a run are, by one listing of their folders and the marks of those that are complete; no table is read.
/// </summary>
/// <param name="Total">Shards of the run.</param>
/// <param name="Done">Complete ones.</param>
/// <param name="Failed">Those that a killed job has left unfinished and those with a mark that is damaged or of another run; extract makes
/// them again.</param>
/// <param name="Running">Those that a job is at.</param>
/// <param name="Counts">What the complete ones hold.</param>
/// <param name="FilesSince">Files of the shards that were completed since the job that is running began to extract.</param>
public sealed partial record ShardStatus(
    int Total, int Done, IReadOnlyList<ShardProblem> Failed, IReadOnlyList<ShardProblem> Running, ShardCounts Counts, long FilesSince)
{
    // Most of the time of a read on a shared file system is waiting.
    private const int ReadsAtOnce = 16;

    /// <summary>Shards that nobody has begun.</summary>
    public int Waiting => Total - Done - Failed.Count - Running.Count;

    /// <summary>Looks at the shards.</summary>
    /// <param name="run">The run.</param>
    /// <param name="record">What its <c>run.json</c> says.</param>
    /// <param name="since">When the jobs that are extracting began to; null when there are none.</param>
    public static ShardStatus Read(RunDirectory run, RunRecord record, DateTime? since)
    {
        bool[] isThere = new bool[record.Corpus.Shards];
        var begun = new SortedDictionary<int, (string By, DateTime At)>();
        foreach (DirectoryInfo folder in Folders(run))
        {
            Match name = FolderName().Match(folder.Name);
            if (!name.Success || !int.TryParse(name.Groups["shard"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture,
                out int shard)
                || shard >= isThere.Length)
            {
                continue;
            }

            if (name.Groups["aside"].Success)
                begun[shard] = (name.Groups["by"].Value, folder.LastWriteTimeUtc);
            else
                isThere[shard] = true;
        }

        Mark[] marks = new Mark[isThere.Length];
        System.Threading.Tasks.Parallel.For(0, isThere.Length, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce }, shard =>
        {
            if (isThere[shard])
                marks[shard] = Mark.Read(run, shard, record.ExtractionDigest, isTimed: since is not null);
        });

        var (failed, running) = (new List<ShardProblem>(), new List<ShardProblem>());
        for (int shard = 0; shard < marks.Length; shard++)
        {
            if (marks[shard].Counts is not null)
                continue;
            if (begun.TryGetValue(shard, out (string By, DateTime At) by))
            {
                bool isRunning = since is { } start && by.At >= start;
                string who = by.By.Length == 0 ? "" : $" by {by.By}";
                (isRunning ? running : failed).Add(new ShardProblem(shard, isRunning ? $"begun{who}" : $"left unfinished{who}"));
            }
            else if (marks[shard].Problem is { } problem)
            {
                failed.Add(new ShardProblem(shard, problem));
            }
        }

        Mark[] done = [.. marks.Where(mark => mark.Counts is not null)];
        return new ShardStatus(
            marks.Length, done.Length, failed, running,
            done.Aggregate(ShardCounts.Zero([]), (sum, mark) => sum.Plus(mark.Counts!)),
            done.Where(mark => mark.At >= since).Sum(mark => mark.Counts!.Files));
    }

    private static IEnumerable<DirectoryInfo> Folders(RunDirectory run)
    {
        var folder = new DirectoryInfo(run.Shards);
        return folder.Exists ? folder.EnumerateDirectories() : [];
    }

    [GeneratedRegex(@"^(?<shard>\d{4,9})(?<aside>(\.(?<by>[^.]+))?(\..*)?\.tmp)?$")]
    private static partial Regex FolderName();

    private readonly record struct Mark(ShardCounts? Counts, string? Problem, DateTime At)
    {
        public static Mark Read(RunDirectory run, int shard, string digest, bool isTimed)
        {
            try
            {
                string? problem = ShardRecord.ProblemOfMark(run, shard, digest, out ShardRecord? record);
                if (problem is not null)
                    return new Mark(null, problem, default);
                return new Mark(record!.Counts, null, isTimed ? File.GetLastWriteTimeUtc(
                    Path.Combine(run.Shard(shard), ShardRecord.FileName)) : default);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return new Mark(null, fault.Message, default);
            }
        }
    }
}

/// <summary>A shard that is not complete.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="Problem">What is known of it, for people.</param>
public sealed record ShardProblem(int Shard, string Problem);
