using System.Globalization;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>The runs whose tables are merged, in order, with their shards numbered through: usually one run.</summary>
public sealed class MergedRuns
{
    private readonly (RunDirectory Run, RunRecord Record, int First)[] _runs;

    private MergedRuns(IEnumerable<(RunDirectory Run, RunRecord Record)> runs)
    {
        int first = 0;
        var numbered = new List<(RunDirectory, RunRecord, int)>();
        foreach ((RunDirectory run, RunRecord record) in runs)
        {
            numbered.Add((run, record, first));
            first += record.Corpus.Shards;
        }

        (_runs, Shards) = ([.. numbered], [.. Enumerable.Range(0, first)]);
    }

    /// <summary>The shards of all runs, numbered through.</summary>
    public int[] Shards { get; }

    /// <summary>Files in the manifests of all runs.</summary>
    public long Files => _runs.Sum(run => (long)run.Record.Corpus.Files);

    /// <summary>
    /// Opens the runs; those beside the first must have been made alike and share no file with it or one another. A collective call.
    /// </summary>
    /// <exception cref="UserException">One of them is no run directory, or cannot be merged with the first; the message says
    /// why.</exception>
    public static MergedRuns Open(Job job, RunIdentity identity, RunDirectory run, RunRecord record, IReadOnlyList<string> others)
    {
        var runs = new List<(RunDirectory, RunRecord)> { (run, record) };
        foreach (string other in others)
        {
            var directory = new RunDirectory(Path.GetFullPath(other));
            byte[] json = job.World.OnRankZero(() =>
            {
                RunRecord found = RunRecord.Read(directory);
                identity.RequireAlike(run, record, directory, found);
                return File.ReadAllBytes(directory.RunJson);
            });
            runs.Add((directory, RunRecord.Parse(json, directory.RunJson)));
        }

        var merged = new MergedRuns(runs);
        if (others.Count > 0)
            job.World.OnRankZero(merged.RequireDistinctFiles);
        return merged;
    }

    /// <summary>Folder of a shard.</summary>
    public string Folder(int shard)
    {
        (RunDirectory run, _, int own) = Find(shard);
        return run.Shard(own);
    }

    /// <summary>What is wrong with a shard, with its name; null when nothing is.</summary>
    public string? ProblemOf(int shard, out ShardRecord? found)
    {
        (RunDirectory run, RunRecord record, int own) = Find(shard);
        string? problem = ShardRecord.ProblemOf(run, own, record.ExtractionDigest, out found);
        string of = run == _runs[0].Run ? "" : $" of {run.Root}";
        return problem is null ? null : string.Create(CultureInfo.InvariantCulture, $"{shard:D6}:shard {own}{of} {problem}");
    }

    /// <summary>Folders among the shards of the runs that are no shards of theirs.</summary>
    public IReadOnlyList<string> ForeignFolders() =>
    [
        .. _runs.SelectMany(run =>
        {
            HashSet<string> own = [.. Enumerable.Range(0, run.Record.Corpus.Shards).Select(run.Run.Shard)];
            return Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(run.Run.Shard(0))!).Where(path => !own.Contains(path))
                .Order(StringComparer.Ordinal);
        }),
    ];

    /// <summary>Where each run's shards and rows lie in the merged tables.</summary>
    /// <param name="structuresOfShards">Structures of each shard.</param>
    public IEnumerable<RunRow> Rows(long[] structuresOfShards)
    {
        long firstStructure = 0;
        foreach ((RunDirectory run, RunRecord record, int first) in _runs)
        {
            long structures = structuresOfShards.AsSpan(first, record.Corpus.Shards).ToArray().Sum();
            yield return new RunRow(
                Path.GetFileName(run.Root), record.CodeVersion, record.ExtractionDigest, record.Corpus.ManifestSha256, record.Corpus.Files,
                first, record.Corpus.Shards, firstStructure, structures);
            firstStructure += structures;
        }
    }

    private (RunDirectory Run, RunRecord Record, int Own) Find(int shard)
    {
        int i = Array.FindLastIndex(_runs, run => run.First <= shard);
        return (_runs[i].Run, _runs[i].Record, shard - _runs[i].First);
    }

    private void RequireDistinctFiles()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < _runs.Length; i++)
        {
            foreach (ManifestRow row in Csv.Read<ManifestRow>(_runs[i].Run.Manifest))
            {
                if (!seen.TryAdd(row.Id, i))
                {
                    throw UserException.Unusable(
                        $"the file {row.Id} is in {_runs[seen[row.Id]].Run.Root} and in {_runs[i].Run.Root}: it would count twice. Index "
                        + $"only files that are new (a .list names them)");
                }
            }
        }
    }
}
