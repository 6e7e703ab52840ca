using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Stages;

/// <summary>
/// Lists the corpus, deals it into shards, and makes the run directory: manifest.csv, then run.json. Ranks list chunks of the corpus into
/// tables below RUN/index, so that an index that was interrupted goes on where it stopped and no rank ever holds the whole list.
/// </summary>
public static class IndexStage
{
    /// <summary>Indexes the corpus, or takes up a run directory that the same configuration has made before.</summary>
    /// <exception cref="UserException">The corpus cannot be read, has no CIF file, or the run directory belongs to another
    /// configuration.</exception>
    public static OpenRun Run(Job job, SystemCatalog systems, RunConfiguration configuration)
    {
        var run = new RunDirectory(configuration.RunDirectory);
        RunIdentity identity = systems.IdentityOf(configuration);
        byte[] existing = job.World.OnRankZero(() =>
        {
            WholeFile.Sweep(run.Root);
            if (!File.Exists(run.RunJson))
                return [];
            byte[] record = identity.Continue(run).ToBytes();
            RemoveListings(run);
            return record;
        });
        if (existing.Length > 0)
        {
            RunRecord record = RunRecord.Parse(existing, run.RunJson);
            RunAttempt.Begin(job, run);
            string maker = record.CodeVersion == ProgramVersion.Full ? ""
                : $", made by version {record.CodeVersion} with tables as this version writes them";
            job.Say($"index    continuing {run.Root}{maker}");
            job.World.OnRankZero(() =>
            {
                TellChanges(job, configuration.Get(EngineSections.Corpus), run);
                TellUnmatchedStates(job, configuration, run);
            });
            return new OpenRun(configuration, run, record);
        }

        var clock = Stopwatch.StartNew();
        CorpusOptions options = configuration.Get(EngineSections.Corpus);
        Corpus? corpus = null;
        job.World.Together(() => corpus = new Corpus(options.Paths));
        RunAttempt.Begin(job, run);
        job.World.OnRankZero(() => Directory.CreateDirectory(run.Index));
        var listing = new CorpusListing(job, run, corpus!);
        listing.List();
        byte[] count = job.World.OnRankZero(() => BitConverter.GetBytes(WriteSources(job, run, listing)));
        ListChunks(job, options, run, corpus!, BitConverter.ToInt32(count));
        byte[] written = job.World.OnRankZero(() =>
        {
            var left = new UnreadParts();
            CorpusRecord record = WriteManifest(job, options, run, left);
            var report = new IndexReport(
                record.Files, record.Bytes, record.Shards, left.RefusedMembers, left.DamagedArchives, clock.Elapsed.TotalSeconds,
                job.World.Size);
            Csv.Write(run.Sources, Listed<SourceRow>(run, "sources-*.csv"));
            identity.Create(record).WriteStage(run, "index", report);
            RemoveListings(run);
            job.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"index    {report.Files:N0} files, {report.Bytes / 1e6:N1} MB, {report.Shards} shards  {report.Seconds:0.0} s"));
            left.Tell(job);
            TellUnmatchedStates(job, configuration, run);
            return File.ReadAllBytes(run.RunJson);
        });
        return new OpenRun(configuration, run, RunRecord.Parse(written, run.RunJson));
    }

    private static void RemoveListings(RunDirectory run)
    {
        if (Directory.Exists(run.Index))
            OwnedDirectory.Remove(run.Index, name => IndexChunk.IsTable(name) || WholeFile.IsAside(name));
    }

    // A chunk listed from other sources is void.
    private static int WriteSources(Job job, RunDirectory run, CorpusListing listing)
    {
        int chunks = 0;
        var passedOver = new FirstLines("index    ", "paths more were passed over");
        IEnumerable<(int Chunk, SourceRow Source)> numbered = IndexChunk.Number(listing.Sources(passedOver.Add));
        foreach ((int chunk, List<(int, SourceRow Source)> sources) in RowGroups.Of(numbered, item => item.Chunk))
        {
            job.StopPoint();
            string path = Path.Combine(run.Index, IndexChunk.SourcesName(chunk));
            string before = File.Exists(path) ? WholeFile.Digest(path) : "";
            Csv.Write(path, sources.Select(item => item.Source));
            if (WholeFile.Digest(path) != before)
                File.Delete(Path.Combine(run.Index, IndexChunk.FileName(chunk)));
            chunks = chunk + 1;
        }

        passedOver.Tell(job.Say);
        for (int chunk = chunks; File.Exists(Path.Combine(run.Index, IndexChunk.SourcesName(chunk))); chunk++)
        {
            File.Delete(Path.Combine(run.Index, IndexChunk.FileName(chunk)));
            File.Delete(Path.Combine(run.Index, IndexChunk.SourcesName(chunk)));
        }

        return chunks;
    }

    private static void ListChunks(Job job, CorpusOptions options, RunDirectory run, Corpus corpus, int chunks)
    {
        var indexer = new CorpusIndexer(CorpusLimits.Of(options));
        WorkDealer.Run(job, [.. Enumerable.Range(0, chunks)], new Progress("index", "files", 0, isQuiet: true), (chunk, dealer) =>
        {
            string table = Path.Combine(run.Index, IndexChunk.FileName(chunk));
            if (File.Exists(table))
                return;
            IEnumerable<SourceRow> sources = Csv.Read<SourceRow>(Path.Combine(run.Index, IndexChunk.SourcesName(chunk)));
            indexer.Write(table, sources.Select(source => corpus.SourceOf(source.Path)), () => dealer.Advance(1));
        });
    }

    private static CorpusRecord WriteManifest(Job job, CorpusOptions options, RunDirectory run, UnreadParts left)
    {
        (int files, long bytes, long weight) = (0, 0, 0);
        foreach (ManifestRow row in Rows(run, left))
        {
            job.StopPoint();
            (files, bytes, weight) = (files + 1, bytes + row.Bytes, weight + ShardPlan.Weight(row));
        }

        if (files == left.DamagedArchives)
            throw UserException.Unusable(left.FirstDamage ?? $"no CIF file in {string.Join(", ", options.Paths)}");
        var plan = new ShardPlan(weight, ShardPlan.ShardsOf(files, options));
        int shards = 0;
        Csv.Write(run.Manifest, Rows(run, left: null).Select(row =>
        {
            ManifestRow placed = plan.Place(row);
            shards = placed.Shard + 1;
            return placed;
        }));
        return new CorpusRecord(options.Paths, files, bytes, shards, WholeFile.Digest(run.Manifest));
    }

    private static IEnumerable<ManifestRow> Rows(RunDirectory run, UnreadParts? left)
        => Listed<ManifestRow>(run, "chunk-*.csv").Select(row =>
    {
        left?.Take(row);
        return CorpusIndexer.IsRefused(row) ? row with { Bytes = 0 } : row;
    });

    // Chunks have numbers of six digits, so that their names sort as they do.
    private static IEnumerable<TRow> Listed<TRow>(RunDirectory run, string tables) => Directory.EnumerateFiles(run.Index, tables)
        .Order(StringComparer.Ordinal)
        .SelectMany(Csv.Read<TRow>);

    // Given states whose file is not there are most likely misspelled.
    private static void TellUnmatchedStates(Job job, RunConfiguration configuration, RunDirectory run)
    {
        const int MostNamed = 5;
        if (StateSidecar.Of(configuration) is not { } sidecar)
            return;
        string[] unmatched = sidecar.Without(Csv.Read<ManifestRow>(run.Manifest).Select(row => row.Id));
        if (unmatched.Length > 0)
            job.Warn($"given_states  {unmatched.Length} of its files are not in the corpus: "
                + $"{string.Join(", ", unmatched.Take(MostNamed))}{(unmatched.Length > MostNamed ? ", ..." : "")}");
    }

    // A run works on what it has indexed. That the corpus has changed since must not go unsaid, even where progress does.
    private static void TellChanges(Job job, CorpusOptions options, RunDirectory run)
    {
        if (!File.Exists(run.Sources) || !options.Paths.All(path => File.Exists(path) || Directory.Exists(path)))
            return;
        CorpusChanges changes;
        try
        {
            changes = CorpusChanges.Between(Csv.Read<SourceRow>(run.Sources), new Corpus(options.Paths).Sources());
        }
        catch (Exception failure) when (failure is UserException or IOException or UnauthorizedAccessException)
        {
            // No table depends on it.
            job.Warn($"corpus   whether it has changed since it was indexed cannot be told: {failure.Message.ReplaceLineEndings(" ")}");
            return;
        }

        if (!changes.IsNone)
            job.Warn($"corpus   {changes} since it was indexed; this run goes on with the files as "
                + $"indexed. Another --run takes the corpus as it is now");
    }
}

/// <summary>What the index stage reports in <c>run.json</c>.</summary>
public sealed record IndexReport(int Files, long Bytes, int Shards, int RefusedMembers, int DamagedArchives, double Seconds, int Ranks);
