using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrystalHpc.Configuration;
using CrystalHpc.Corpora;
using CrystalHpc.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>Lists the corpus, deals it into shards, and makes the run directory: manifest.csv, then run.json.</summary>
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
        CorpusSource[] sources = ShareSources(job, configuration.Corpus.Paths);
        var indexer = new CorpusIndexer(configuration.Corpus.MaxFileBytes);
        var lines = new StringBuilder();
        job.World.Together(() =>
        {
            for (int i = job.World.Rank; i < sources.Length; i += job.World.Size)
            {
                foreach (ManifestRow row in indexer.List(sources[i]))
                    lines.Append(CultureInfo.InvariantCulture, $"{i}\t{row.Bytes}\t{row.Sha256}\t{row.Path}\n");
            }
        });

        string[]? gathered = job.World.GatherStrings(lines.ToString(), 0);
        int refused = job.World.Allreduce(indexer.Refused.Count, ReduceOperation.Sum);
        byte[] written = job.World.OnRankZero(() =>
        {
            IReadOnlyList<ManifestRow> rows = ShardPlan.Deal(InOrder(gathered!), configuration.Corpus.Shards);
            if (rows.Count == 0)
                throw UserException.Unusable($"no CIF file in {string.Join(", ", configuration.Corpus.Paths)}");
            Directory.CreateDirectory(run.Root);
            Csv.Write(run.Manifest, rows);
            RunRecord record = RunIdentity.Create(run, configuration, rows);
            var report = new IndexReport(rows.Count, record.Corpus.Bytes, record.Corpus.Shards, refused, clock.Elapsed.TotalSeconds, job.World.Size);
            record.WriteStage(run, "index", report);
            job.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"index    {report.Files:N0} files, {report.Bytes / 1e6:N1} MB, {report.Shards} shards  {report.Seconds:0.0} s"));
            if (refused > 0)
                job.Say($"index    {refused} archive members were left out because of their names");
            return File.ReadAllBytes(run.RunJson);
        });
        return RunRecord.Parse(written, run.RunJson);
    }

    // Rank 0 alone walks the folders: thousands of ranks must not list the same tree.
    private static CorpusSource[] ShareSources(Job job, IReadOnlyList<string> roots)
    {
        byte[] text = job.World.OnRankZero(() =>
            Encoding.UTF8.GetBytes(string.Join('\n', new Corpus(roots).Sources().Select(source => $"{source.Path}\t{source.Location}"))));
        return [.. Encoding.UTF8.GetString(text)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .Select(parts => new CorpusSource(parts[0], parts[1]))];
    }

    // Ranks took the sources in turn; back into source order, members staying in theirs.
    private static List<ManifestRow> InOrder(IEnumerable<string> gathered) => [.. gathered
        .SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        .Select(line => line.Split('\t', 4))
        .Select(parts => (
            Source: int.Parse(parts[0], CultureInfo.InvariantCulture),
            Row: new ManifestRow("", parts[3], long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2], 0)))
        .OrderBy(item => item.Source)
        .Select(item => item.Row)];
}

/// <summary>What the index stage reports in <c>run.json</c>.</summary>
internal sealed record IndexReport(int Files, long Bytes, int Shards, int RefusedMembers, double Seconds, int Ranks);
