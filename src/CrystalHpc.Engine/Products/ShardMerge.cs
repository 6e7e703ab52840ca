using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Products;

/// <summary>The shards of one run, or of several, on their way into the merged tables of the first.</summary>
/// <param name="Job">The job.</param>
/// <param name="Run">The run that receives the tables.</param>
/// <param name="Runs">All runs, with their shards numbered through.</param>
public sealed record ShardMerge(Job Job, RunDirectory Run, MergedRuns Runs)
{
    private readonly List<string> _shared = [];

    /// <summary>SHA-256 of the tables by file name, on rank 0: of all of them after <see cref="DigestShared"/>.</summary>
    public SortedDictionary<string, string> Digests { get; } = new(StringComparer.Ordinal);

    /// <summary>Path of a merged table.</summary>
    public string PathOf(string table) => Path.Combine(Run.Merged, table);

    /// <summary>Writes a merged table. For rank 0.</summary>
    public void Write(string table, Action<Stream> write) => Digests[table] = WholeFile.Write(PathOf(table), write);

    /// <summary>Writes a merged table by all ranks, each its part in the order of the ranks. A collective call.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="write">Writes the part of this rank.</param>
    /// <param name="bytes">Length of this part; null: not known before.</param>
    public void WriteShared(string table, Action<Stream> write, long? bytes = null)
    {
        using SharedFile file = bytes is { } length ? new SharedFile(Job.World, PathOf(table), length)
            : new SharedFile(Job.World, PathOf(table));
        Job.World.Together(() => write(file.Part));
        file.Complete();
        _shared.Add(table);
    }

    /// <summary>
    /// Joins the tables of all shards end to end, each rank those of a stretch of shards; rank 0 gets the place of each shard's rows, the
    /// others null. A collective call.
    /// </summary>
    public IReadOnlyList<BlockRow>? Join(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int[] mine = Job.Stretch(Runs.Shards.Length);
        string[] paths = [.. mine.Select(shard => Path.Combine(Runs.Folder(Runs.Shards[shard]), table))];
        byte[] header = Job.World.OnRankZero(() => TableMerger.HeaderOf(Path.Combine(Runs.Folder(Runs.Shards[0]), table)));
        long bytes = Job.IsRoot ? header.Length : 0;
        Job.World.Together(() => bytes += paths.Sum(path => Math.Max(0, new FileInfo(path).Length - header.Length)));
        IReadOnlyList<BlockRow> blocks = [];
        WriteShared(
            table,
            merged =>
            {
                if (Job.IsRoot)
                    merged.Write(header);
                blocks = TableMerger.Join(paths, merged, Job.StopPoint, header);
            },
            bytes);
        return Job.World.Gather(blocks.Zip(mine, (block, shard) => block with { Block = shard }));
    }

    /// <summary>Takes the digests of the tables that several ranks have written; ranks share the work. A collective call.</summary>
    public void DigestShared()
    {
        var digests = new List<TableDigest>();
        Job.World.Together(() =>
        {
            foreach (int i in Job.Mine([.. Enumerable.Range(0, _shared.Count)]))
                digests.Add(new TableDigest(_shared[i], WholeFile.Digest(PathOf(_shared[i]))));
        });
        foreach (TableDigest digest in Job.World.Gather(digests) ?? [])
            Digests[digest.Table] = digest.Sha256;
    }

    private sealed record TableDigest(string Table, string Sha256);
}
