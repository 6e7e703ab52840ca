using CrystalHpc.Core.Statistics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// Adds the pair-distance statistics of all shards: over the shards of a rank, then over the ranks along a tree. All counts are whole
/// numbers, so the order does not matter.
/// </summary>
internal static class PairReduction
{
    private const int Tag = 78;

    /// <summary>Adds the tables of all shards over all ranks; rank 0 gets the total, the others null.</summary>
    public static PairDistanceStatistics? Sum(Job job, MergedRuns runs, PairDistanceOptions options)
    {
        var total = new PairDistanceStatistics(options);
        job.World.Together(() =>
        {
            foreach (int shard in job.Mine(runs.Shards))
            {
                job.StopPoint();
                Add(total, Csv.Read<PairBinRow>(Path.Combine(runs.Folder(shard), PairProduct.BinTableName)));
            }
        });
        return SumAlongTree(job.World, total) ? total : null;
    }

    // Rank r receives from r + 1, r + 2, r + 4 ... what those have summed up, then sends its own sum on: log2(ranks) steps, and no rank
    // ever holds more than two tables.
    private static bool SumAlongTree(ICommunicator world, PairDistanceStatistics total)
    {
        for (int step = 1; step < world.Size; step *= 2)
        {
            if (world.Rank % (2 * step) != 0)
            {
                using var table = new MemoryStream();
                Csv.Write(table, total.Rows.Select(PairBinRow.Of));
                world.Send<byte>(table.ToArray(), world.Rank - step, Tag);
                return false;
            }

            if (world.Rank + step < world.Size)
            {
                byte[] table = new byte[world.Probe(world.Rank + step, Tag).Count<byte>()];
                world.Receive<byte>(table, world.Rank + step, Tag);
                Add(total, Csv.Read<PairBinRow>(table, "message"));
            }
        }

        return true;
    }

    private static void Add(PairDistanceStatistics total, IEnumerable<PairBinRow> rows)
    {
        foreach (PairBinRow row in rows)
            total.Add(row.ToStatistics());
    }
}
