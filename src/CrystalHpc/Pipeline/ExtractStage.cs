using System.Diagnostics;
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
    /// <param name="chosen">Shards to extract anew; empty: all that are missing, stale or damaged.</param>
    /// <param name="onFile">Called on the rank that processed a file, with the outcomes; may be null.</param>
    /// <exception cref="UserException">The manifest does not fit the run, or a chosen shard does not exist.</exception>
    public static ShardCounts Run(
        Job job,
        RunConfiguration configuration,
        RunDirectory run,
        RunRecord record,
        IReadOnlyList<int> chosen,
        Action<ManifestRow, IReadOnlyList<StructureOutcome>>? onFile = null)
    {
        var clock = Stopwatch.StartNew();
        foreach (int shard in chosen.Where(shard => shard < 0 || shard >= record.Corpus.Shards))
            throw UserException.Unusable($"there is no shard {shard}: {run.Root} has the shards 0 to {record.Corpus.Shards - 1}");
        int[] shards = chosen.Count > 0 ? [.. chosen.Distinct().Order()] : Incomplete(job, run, record);
        HashSet<int> wanted = [.. shards];
        HashSet<int> mine = [.. job.Mine(shards)];
        long files = 0;
        job.World.Together(() =>
        {
            if (!job.IsRoot)
                return;
            if (WholeFile.Digest(run.Manifest) != record.Corpus.ManifestSha256)
                throw UserException.Unusable($"{run.Manifest} is not the manifest that this run was made with");
            files = Csv.Read<ManifestRow>(run.Manifest).LongCount(row => wanted.Contains(row.Shard));
        });

        using var progress = new Progress(job, "extract", "files", files);
        var counts = default(ShardCounts);
        job.World.Together(() =>
        {
            try
            {
                using var extractor = new ShardExtractor(run, record, configuration);
                foreach ((int shard, List<ManifestRow> rows) in Runs.Of(Csv.Read<ManifestRow>(run.Manifest), row => row.Shard))
                {
                    if (!mine.Contains(shard))
                        continue;
                    counts += extractor.Extract(shard, rows, (row, outcomes) =>
                    {
                        progress.Advance(1);
                        onFile?.Invoke(row, outcomes);
                    });
                }
            }
            finally
            {
                progress.Finish();
            }
        });
        counts = counts.SumOverRanks(job.GlobalSum);
        if (chosen.Count == 0 && shards.Length > 0)
        {
            var report = new ExtractReport(counts, shards.Length, clock.Elapsed.TotalSeconds, job.World.Size);
            job.World.OnRankZero(() => record.WriteStage(run, "extract", report));
        }

        if (shards.Length == 0)
            job.Say("extract  every shard is complete");
        return counts;
    }

    private static int[] Incomplete(Job job, RunDirectory run, RunRecord record)
    {
        int[] all = [.. Enumerable.Range(0, record.Corpus.Shards)];
        long[] isIncomplete = new long[all.Length];
        foreach (int shard in job.Mine(all))
            isIncomplete[shard] = ShardRecord.ProblemOf(run, shard, record.ExtractionDigest, out _) is null ? 0 : 1;
        job.GlobalSum(isIncomplete);
        int[] incomplete = [.. all.Where(shard => isIncomplete[shard] > 0)];
        if (incomplete.Length < all.Length && incomplete.Length > 0)
            job.Say(string.Create(CultureInfo.InvariantCulture, $"extract  {all.Length - incomplete.Length} of {all.Length} shards are complete already"));
        return incomplete;
    }
}

/// <summary>What the extract stage reports in <c>run.json</c>.</summary>
internal sealed record ExtractReport(ShardCounts Counts, int Shards, double Seconds, int Ranks);
