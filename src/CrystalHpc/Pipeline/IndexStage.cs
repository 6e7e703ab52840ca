using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Configuration;
using CrystalHpc.Corpora;
using CrystalHpc.Jobs;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>
/// Lists the corpus, deals it into shards, and makes the run directory: manifest.csv, then run.json. Ranks list chunks of the corpus in turn into
/// tables below RUN/index, so that an index that was interrupted goes on where it stopped and no rank ever holds the whole list.
/// </summary>
internal static class IndexStage
{
    /// <summary>Indexes the corpus, or takes up a run directory that the same configuration has made before.</summary>
    /// <exception cref="UserException">The corpus cannot be read, has no CIF file, or the run directory belongs to another configuration.</exception>
    public static RunRecord Run(Job job, RunConfiguration configuration, RunDirectory run)
    {
        byte[] existing = job.World.OnRankZero(() => File.Exists(run.RunJson) ? RunIdentity.TakeUp(run, configuration) : []);
        if (existing.Length > 0)
        {
            job.Say($"index    continuing {run.Root}");
            return RunRecord.Parse(existing, run.RunJson);
        }

        var clock = Stopwatch.StartNew();
        var corpus = default(Corpus);
        job.World.Together(() => corpus = new Corpus(configuration.Corpus.Paths));
        job.World.OnRankZero(() => WriteSources(run, corpus!));
        job.World.Together(() => ListChunks(job, configuration, run, corpus!));
        byte[] written = job.World.OnRankZero(() =>
        {
            (CorpusRecord record, int refused) = WriteManifest(configuration, run);
            var report = new IndexReport(record.Files, record.Bytes, record.Shards, refused, clock.Elapsed.TotalSeconds, job.World.Size);
            RunIdentity.Create(configuration, record).WriteStage(run, "index", report);
            Directory.Delete(run.Index, recursive: true);
            job.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"index    {report.Files:N0} files, {report.Bytes / 1e6:N1} MB, {report.Shards} shards  {report.Seconds:0.0} s"));
            if (refused > 0)
                job.Say($"index    {refused} archive members were left out because of their names");
            return File.ReadAllBytes(run.RunJson);
        });
        return RunRecord.Parse(written, run.RunJson);
    }

    // Rank 0 alone walks the folders: thousands of ranks must not list the same tree. Chunks listed from other sources are void.
    private static void WriteSources(RunDirectory run, Corpus corpus)
    {
        Directory.CreateDirectory(run.Index);
        string path = Path.Combine(run.Index, "sources.csv");
        string before = File.Exists(path) ? WholeFile.Digest(path) : "";
        Csv.Write(path, IndexChunk.Number(corpus.Sources()).Select(item => new SourceRow(item.Chunk, item.Source.Path)));
        if (WholeFile.Digest(path) == before)
            return;
        foreach (string chunk in Directory.EnumerateFiles(run.Index, "chunk-*"))
            File.Delete(chunk);
    }

    private static void ListChunks(Job job, RunConfiguration configuration, RunDirectory run, Corpus corpus)
    {
        var indexer = new CorpusIndexer(CorpusLimits.Of(configuration.Corpus));
        foreach ((int chunk, List<SourceRow> sources) in Runs.Of(Csv.Read<SourceRow>(Path.Combine(run.Index, "sources.csv")), row => row.Chunk))
        {
            string table = Path.Combine(run.Index, IndexChunk.FileName(chunk));
            if (chunk % job.World.Size == job.World.Rank && !File.Exists(table))
                Csv.Write(table, sources.SelectMany(source => indexer.List(corpus.SourceOf(source.Path))));
        }
    }

    private static (CorpusRecord Record, int Refused) WriteManifest(RunConfiguration configuration, RunDirectory run)
    {
        (int files, long bytes, long weight, int refused) = (0, 0, 0, 0);
        foreach (ManifestRow row in Listed(run))
        {
            if (CorpusIndexer.IsRefused(row))
            {
                refused++;
                continue;
            }

            (files, bytes, weight) = (files + 1, bytes + row.Bytes, weight + ShardPlan.Weight(row));
        }

        if (files == 0)
            throw UserException.Unusable($"no CIF file in {string.Join(", ", configuration.Corpus.Paths)}");
        var plan = new ShardPlan(weight, configuration.Corpus.Shards);
        int shards = 0;
        Csv.Write(run.Manifest, Listed(run).Where(row => !CorpusIndexer.IsRefused(row)).Select(row =>
        {
            ManifestRow placed = plan.Place(row);
            shards = placed.Shard + 1;
            return placed;
        }));
        return (new CorpusRecord(configuration.Corpus.Paths, files, bytes, shards, WholeFile.Digest(run.Manifest)), refused);
    }

    // Chunks have numbers of six digits, so that their names sort as they do.
    private static IEnumerable<ManifestRow> Listed(RunDirectory run) => Directory.EnumerateFiles(run.Index, "chunk-*.csv")
        .Order(StringComparer.Ordinal)
        .SelectMany(Csv.Read<ManifestRow>);
}

/// <summary>What the index stage reports in <c>run.json</c>.</summary>
internal sealed record IndexReport(int Files, long Bytes, int Shards, int RefusedMembers, double Seconds, int Ranks);
