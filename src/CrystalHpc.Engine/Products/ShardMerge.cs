using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Products;

/// <summary>The shards of one run, or of several, on their way into the merged tables of the first.</summary>
/// <param name="Job">The job.</param>
/// <param name="Run">The run that receives the tables.</param>
/// <param name="Runs">All runs, with their shards numbered through.</param>
public sealed record ShardMerge(Job Job, RunDirectory Run, MergedRuns Runs)
{
    /// <summary>SHA-256 of the tables written so far by file name, on rank 0.</summary>
    public SortedDictionary<string, string> Digests { get; } = new(StringComparer.Ordinal);

    /// <summary>Path of a merged table.</summary>
    public string PathOf(string table) => Path.Combine(Run.Merged, table);

    /// <summary>Writes a merged table. For rank 0.</summary>
    public void Write(string table, Action<Stream> write) => Digests[table] = WholeFile.Write(PathOf(table), write);

    /// <summary>Joins the tables of all shards end to end; rank 0 gets the place of each shard's rows, the others null. A collective call.</summary>
    public IReadOnlyList<BlockRow>? Join(string table)
    {
        IReadOnlyList<BlockRow>? blocks = null;
        string[] paths = [.. Runs.Shards.Select(shard => Path.Combine(Runs.Folder(shard), table))];
        Job.World.OnRankZero(() => Write(table, merged => blocks = TableMerger.Join(paths, merged, Job.StopPoint)));
        return blocks;
    }
}
