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
    /// <summary>Path of a merged table.</summary>
    public string PathOf(string table) => Path.Combine(Run.Merged, table);

    /// <summary>Joins the tables of all shards end to end; rank 0 gets the place of each shard's rows, the others null. A collective call.</summary>
    public IReadOnlyList<BlockRow>? Join(string table)
    {
        IReadOnlyList<BlockRow>? blocks = null;
        Job.World.OnRankZero(() =>
            blocks = TableMerger.Join([.. Runs.Shards.Select(shard => Path.Combine(Runs.Folder(shard), table))], PathOf(table), Job.StopPoint));
        return blocks;
    }
}
