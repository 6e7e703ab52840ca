namespace CrystalHpc.Benchmarks.Scale;

/// <summary>
/// The extraction as a sequence of events: ranks take shards, the metadata servers and the file system serve one request after the other,
/// and so does the desk of rank 0 that deals shards. Ranks report twice a second, which keeps the desk busy too.
/// </summary>
/// <param name="machine">The machine.</param>
/// <param name="constants">What the parts cost.</param>
/// <param name="operationsPerFile">Requests to the metadata servers for each file: two when files lie loose, none when they are members of
/// archives.</param>
internal sealed class ExtractionModel(Supercomputer machine, ScaleConstants constants, int operationsPerFile)
{
    // Opening an archive; a folder, five tables, the mark of completeness, the rename.
    private const int OperationsPerShard = 10;

    /// <summary>Seconds until the last rank is done, and what ranks did in that time.</summary>
    /// <param name="shards">The shards in the order in which they are dealt.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <param name="isDynamic">True: dealt on request. False: every N-th to rank N.</param>
    public ExtractionTimes Run(IReadOnlyList<ShardLoad> shards, int ranks, bool isDynamic)
    {
        double reports = Math.Min(0.95, 2.0 * ranks * constants.DeskSeconds);
        double serve = constants.DeskSeconds / (1 - reports);
        double deskFree = 0, metadataFree = 0, filesFree = 0, waited = 0, computed = 0, end = 0;
        var next = new Queue<int>(Enumerable.Range(0, shards.Count));
        var own = new int[ranks];
        var events = new PriorityQueue<int, double>();
        for (int rank = 0; rank < ranks; rank++)
        {
            own[rank] = rank;
            events.Enqueue(rank, 0);
        }

        while (events.TryDequeue(out int rank, out double now))
        {
            int shard;
            if (isDynamic)
            {
                // Rank 0 takes from its own desk. The others ask ahead while they work, which is not counted here.
                if (!next.TryDequeue(out shard))
                {
                    end = Math.Max(end, now);
                    continue;
                }

                double answered = Math.Max(now, deskFree) + serve;
                if (rank > 0)
                {
                    deskFree = answered;
                    double late = answered + constants.DeskPauseSeconds / 2 + 2 * machine.LatencySeconds - now;
                    waited += late;
                    now += late;
                }
            }
            else
            {
                shard = own[rank];
                if (shard >= shards.Count)
                {
                    end = Math.Max(end, now);
                    continue;
                }

                own[rank] += ranks;
            }

            (int files, double bytes, double seconds) = shards[shard];
            double operations = OperationsPerShard + (double)operationsPerFile * files;
            metadataFree = Math.Max(metadataFree, now) + operations / machine.FileOperationsPerSecond;
            filesFree = Math.Max(filesFree, now) + bytes / machine.FileBytesPerSecond;
            double work = seconds + constants.ShardSeconds
                + operations * machine.FileOperationSeconds + bytes / machine.FileBytesPerSecondPerRank;
            computed += work;
            events.Enqueue(rank, Math.Max(now + work, Math.Max(metadataFree, filesFree)));
        }

        return new ExtractionTimes(
            end,
            computed / ranks,
            shards.Max(shard => shard.Seconds + shard.Bytes / machine.FileBytesPerSecondPerRank),
            waited / ranks,
            metadataFree,
            reports);
    }
}

/// <summary>How an extraction went.</summary>
/// <param name="Seconds">Until the last rank was done.</param>
/// <param name="MeanWorkSeconds">Mean work of a rank: what perfect dealing would take.</param>
/// <param name="LargestShardSeconds">Work of the largest shard: no number of ranks makes it faster.</param>
/// <param name="MeanDeskSeconds">Mean time that a rank waited for the desk.</param>
/// <param name="MetadataSeconds">When the metadata servers had done all that was asked.</param>
/// <param name="ReportLoad">Part of the desk's time that goes into reports of progress.</param>
internal sealed record ExtractionTimes(
    double Seconds, double MeanWorkSeconds, double LargestShardSeconds, double MeanDeskSeconds, double MetadataSeconds, double ReportLoad);
