using System.Globalization;
using CrystalHpc.Configuration;
using CrystalHpc.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>Extracts all shards that are not complete yet, or just the chosen ones anew, over all ranks.</summary>
internal static class ExtractStage
{
    /// <summary>Extracts shards.</summary>
    /// <param name="job">The job.</param>
    /// <param name="configuration">The configuration of the run.</param>
    /// <param name="run">The run directory.</param>
    /// <param name="record">Its record.</param>
    /// <param name="selection">Which shards.</param>
    /// <param name="onFile">Called on the rank that processed a file, with the outcomes; may be null.</param>
    /// <exception cref="UserException">The manifest does not fit the run, a chosen shard does not exist, or the job was stopped.</exception>
    public static ShardCounts Run(
        Job job,
        RunConfiguration configuration,
        RunDirectory run,
        RunRecord record,
        ShardSelection selection,
        Action<ManifestRow, IReadOnlyList<StructureOutcome>>? onFile = null)
    {
        foreach (int shard in selection.Chosen.Where(shard => shard < 0 || shard >= record.Corpus.Shards))
            throw UserException.Unusable($"there is no shard {shard}: {run.Root} has the shards 0 to {record.Corpus.Shards - 1}");
        int[] shards = selection.Of(record.Corpus.Shards);
        if (selection.Chosen.Count == 0)
            shards = Incomplete(job, run, record, shards);
        if (shards.Length == 0)
        {
            job.Say("extract  every shard is complete");
            return default;
        }

        byte[] places = job.World.OnRankZero(() => ManifestShards.Scan(run.Manifest, record.Corpus.ManifestSha256).ToBytes());
        ManifestShards manifest = ManifestShards.Parse(places, run.Manifest);
        var progress = new Progress("extract", "files", shards.Sum(shard => manifest.Shards[shard].Files), job.Options.IsQuiet);
        ShardExtractor? extractor = null;
        job.World.Together(() => extractor = new ShardExtractor(run, record, configuration));
        using ShardExtractor own = extractor!;
        var counts = default(ShardCounts);
        WorkTimes times = WorkDealer.Run(job, InOrderOfDealing(shards, manifest), progress, (shard, dealer) =>
        {
            IReadOnlyList<ManifestRow> rows = manifest.Read(shard);
            int left = rows.Count;
            counts += own.Extract(shard, rows, (row, outcomes) =>
            {
                onFile?.Invoke(row, outcomes);
                dealer.Advance(1);
                if (--left == 0)
                    dealer.Ask();
            });
            job.Log(string.Create(CultureInfo.InvariantCulture, $"extract  shard {shard}, {rows.Count} files"));
        });
        counts = counts.SumOverRanks(job.GlobalSum);
        Describe(job, times);
        if (!selection.IsPartial)
        {
            var report = new ExtractReport(
                counts, shards.Length, times.Seconds, job.World.Size, SnakeCase.Of(job.Options.Dealing), times.IdlePercent, times.BusySeconds);
            job.World.OnRankZero(() => record.WriteStage(run, "extract", report));
        }

        return counts;
    }

    /// <summary>
    /// Shards that are much longer than the others come first, longest first, so that none of them is begun when the others are done. All
    /// others keep their order: archives are then read forward.
    /// </summary>
    internal static int[] InOrderOfDealing(IReadOnlyList<int> shards, ManifestShards manifest)
    {
        double mean = shards.Average(shard => (double)manifest.Shards[shard].Weight);
        return [.. shards.OrderByDescending(shard => Math.Max(0, Math.ILogB(manifest.Shards[shard].Weight / mean))).ThenBy(shard => shard)];
    }

    private static int[] Incomplete(Job job, RunDirectory run, RunRecord record, int[] all)
    {
        long[] isIncomplete = new long[all.Length];
        job.World.Together(() =>
        {
            foreach (int i in job.Mine([.. Enumerable.Range(0, all.Length)]))
            {
                job.StopPoint();
                isIncomplete[i] = ShardRecord.ProblemOf(run, all[i], record.ExtractionDigest, out _) is null ? 0 : 1;
            }
        });
        job.GlobalSum(isIncomplete);
        int[] incomplete = [.. all.Where((_, i) => isIncomplete[i] > 0)];
        if (incomplete.Length < all.Length && incomplete.Length > 0)
            job.Say(string.Create(CultureInfo.InvariantCulture, $"extract  {all.Length - incomplete.Length} of {all.Length} shards are complete already"));
        return incomplete;
    }

    private static void Describe(Job job, WorkTimes times)
    {
        if (job.World.Size == 1)
            return;
        double shortest = times.BusySeconds.Min();
        job.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"         ranks waited {times.IdlePercent:0.0} % of the time; rank {times.BusySeconds.ToList().IndexOf(shortest)} most: {times.Seconds - shortest:0.0} of {times.Seconds:0.0} s"));
    }
}

/// <summary>What the extract stage reports in <c>run.json</c>: busy seconds by rank, and the part of all ranks' time spent waiting.</summary>
internal sealed record ExtractReport(
    ShardCounts Counts, int Shards, double Seconds, int Ranks, string Dealing, double IdlePercent, IReadOnlyList<double> BusySeconds);
