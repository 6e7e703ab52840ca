using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Statistics;
using CrystalHpc.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>
/// Pair-distance statistics: counted for each shard, added over the shards of a rank, then over the ranks along a tree. All counts are whole
/// numbers, so the order does not matter.
/// </summary>
internal static class PairTables
{
    private const int Tag = 78;

    /// <summary>
    /// Counts the bonds of a structure: those of its equations by species, or, in runs without equations, all listed neighbors by element.
    /// </summary>
    public static void Count(PairDistanceStatistics statistics, StructureOutcome outcome, bool bySpecies)
    {
        if (bySpecies)
        {
            foreach (SiteEquation equation in outcome.Equations)
            {
                foreach (EquationBond bond in equation.Bonds)
                    statistics.Add(new SpeciesPair(equation.Center, bond.Neighbor), bond.DistanceAngstrom);
            }

            return;
        }

        foreach (CoordinationShell shell in outcome.Shells)
        {
            foreach (CoordinationBond bond in shell.Bonds)
            {
                var pair = SpeciesPair.OfElements(outcome.Structure!.SiteAt(shell.Center).Element, outcome.Structure.SiteAt(bond.Atom).Element);
                statistics.Add(pair, bond.DistanceAngstrom);
            }
        }
    }

    /// <summary>Writes pairs.csv for people and pair_bins.csv for merging.</summary>
    /// <param name="file">Writes a file of a name through a stream.</param>
    /// <param name="statistics">The statistics.</param>
    /// <param name="bySpecies">Whether pairs are of species, or of elements.</param>
    public static void Write(Action<string, Action<Stream>> file, PairDistanceStatistics statistics, bool bySpecies)
    {
        file("pairs.csv", stream =>
        {
            if (bySpecies)
                Csv.Write(stream, statistics.Summaries.Select(SpeciesPairRow.Of));
            else
                Csv.Write(stream, statistics.Summaries.Select(ElementPairRow.Of));
        });
        file("pair_bins.csv", stream => Csv.Write(stream, statistics.Rows.Select(PairBinRow.Of)));
    }

    /// <summary>Adds the tables of all shards over all ranks; rank 0 gets the total, the others null.</summary>
    public static PairDistanceStatistics? Merge(Job job, MergedRuns runs, PairDistanceOptions options)
    {
        var total = new PairDistanceStatistics(options);
        job.World.Together(() =>
        {
            foreach (int shard in job.Mine(runs.Shards))
            {
                job.StopPoint();
                Add(total, Csv.Read<PairBinRow>(Path.Combine(runs.Folder(shard), "pair_bins.csv")));
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
