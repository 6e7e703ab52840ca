using System.Globalization;
using System.Text;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Stages;

/// <summary>Extracts all shards that are not complete yet, or just the chosen ones anew, over all ranks.</summary>
public static class ExtractStage
{
    /// <summary>Extracts shards.</summary>
    /// <param name="job">The job.</param>
    /// <param name="systems">Their products are what is extracted.</param>
    /// <param name="open">The run.</param>
    /// <param name="chosen">Shards to extract anew; empty: all that are missing, stale or damaged.</param>
    /// <param name="part">Where none are chosen: only those of this part.</param>
    /// <param name="onFile">Called on the rank that processed a file, with the outcomes; may be null.</param>
    /// <exception cref="UserException">The manifest does not fit the run, a chosen shard does not exist, or the job was
    /// stopped.</exception>
    public static ShardCounts Run(
        Job job,
        SystemCatalog systems,
        OpenRun open,
        IReadOnlyList<int> chosen,
        ShardPart? part = null,
        Action<ManifestRow, IReadOnlyList<StructureOutcome>>? onFile = null)
    {
        (RunConfiguration configuration, RunDirectory run, RunRecord record) = open;
        CorpusOptions options = configuration.Get(EngineSections.Corpus);
        IReadOnlyList<IShardProduct> products = systems.Products(configuration);
        var counts = ShardCounts.Zero(products.SelectMany(product => product.Counted));
        int[] shards = Choose(open, chosen, part);
        job.World.OnRankZero(() => ShardFolder.Sweep(run, shards));
        if (chosen.Count == 0)
            shards = Incomplete(job, run, record, shards);
        if (shards.Length == 0)
        {
            job.Say("extract  every shard is complete");
            return counts;
        }

        byte[] places = job.World.OnRankZero(() => ManifestShards.Scan(run.Manifest, record.Corpus.ManifestSha256).ToBytes());
        ManifestShards manifest = ManifestShards.Parse(places, run.Manifest);
        if (manifest.Shards.Count != record.Corpus.Shards)
            throw UserException.Unusable(
                $"{run.RunJson} is damaged: it speaks of {record.Corpus.Shards} shards, the manifest of {manifest.Shards.Count}");
        var progress = new Progress("extract", "files", shards.Sum(shard => manifest.Shards[shard].Files), job.Options.IsQuiet);
        Corpus? corpus = null;
        job.World.Together(() => corpus = new Corpus(options.Paths));
        using StagedArchives staged = StagedArchives.Copy(
            job, corpus!, ArchivesOf(job, shards, manifest), CorpusLimits.Of(options));
        ShardExtractor? extractor = null;
        job.World.Together(() => extractor = new ShardExtractor(open, products, corpus!, staged));
        using ShardExtractor own = extractor!;
        WorkTimes times = WorkDealer.Run(job, InOrderOfDealing(shards, manifest), progress, (shard, dealer) =>
        {
            IReadOnlyList<ManifestRow> rows = manifest.Read(shard);
            int left = rows.Count;
            counts = counts.Plus(own.Extract(shard, rows, (row, outcomes) =>
            {
                onFile?.Invoke(row, outcomes);
                dealer.Advance(1);
                if (--left == 0)
                    dealer.Ask();
            }));
            job.Log(string.Create(CultureInfo.InvariantCulture, $"extract  shard {shard}, {rows.Count} files"));
        });
        counts = counts.SumOverRanks(job.GlobalSum);
        Describe(job, times);
        if (chosen.Count == 0 && part is not { Count: > 1 })
        {
            var report = new ExtractReport(
                counts, shards.Length, times.Seconds, job.World.Size, SnakeCase.Of(job.Options.Dealing), times.IdlePercent,
                times.BusySeconds);
            job.World.OnRankZero(() => record.WriteStage(run, "extract", report));
        }

        return counts;
    }

    /// <summary>The shards that an extraction is about, complete or not, in ascending order.</summary>
    /// <param name="open">The run.</param>
    /// <param name="chosen">Shards to extract anew; empty: all of the part.</param>
    /// <param name="part">Where none are chosen: only those of this part.</param>
    /// <exception cref="UserException">A chosen shard does not exist.</exception>
    public static int[] Choose(OpenRun open, IReadOnlyList<int> chosen, ShardPart? part)
    {
        int count = open.Record.Corpus.Shards;
        foreach (int shard in chosen.Where(shard => shard < 0 || shard >= count))
            throw UserException.Unusable($"there is no shard {shard}: {open.Directory.Root} has the shards 0 to {count - 1}");
        return chosen.Count > 0 ? [.. chosen.Distinct().Order()] : (part ?? ShardPart.All).Of(count);
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

    private static string[] ArchivesOf(Job job, int[] shards, ManifestShards manifest)
    {
        if (job.Options.StageFolder is null)
            return [];
        byte[] names = job.World.OnRankZero(() =>
        {
            IEnumerable<string> paths = shards.SelectMany(manifest.Read).Select(row => row.Path)
                .Where(path => path.Contains('!', StringComparison.Ordinal));
            return Encoding.UTF8.GetBytes(string.Join('\n', paths.Select(path => path[..path.IndexOf('!', StringComparison.Ordinal)])
                .Distinct()));
        });
        return Encoding.UTF8.GetString(names).Split('\n', StringSplitOptions.RemoveEmptyEntries);
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
            job.Say(string.Create(CultureInfo.InvariantCulture,
                $"extract  {all.Length - incomplete.Length} of {all.Length} shards are complete already"));
        return incomplete;
    }

    private static void Describe(Job job, WorkTimes times)
    {
        if (job.World.Size == 1)
            return;
        double shortest = times.BusySeconds.Min();
        job.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"         ranks waited {times.IdlePercent:0.0} % of the time; rank {times.BusySeconds.ToList().IndexOf(shortest)} most: "
            + $"{times.Seconds - shortest:0.0} of {times.Seconds:0.0} s"));
    }
}

/// <summary>
/// What the extract stage reports in <c>run.json</c>: busy seconds by rank, and the part of all ranks' time spent waiting.
/// </summary>
public sealed record ExtractReport(
    ShardCounts Counts, int Shards, double Seconds, int Ranks, string Dealing, double IdlePercent, IReadOnlyList<double> BusySeconds);
