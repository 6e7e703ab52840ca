using CrystalHpc.Configuration;
using CrystalHpc.Core.Findings;
using CrystalHpc.Corpora;
using CrystalHpc.Jobs;
using CrystalHpc.Parallel;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>Turns the files of one shard into its tables. One instance per rank; shards are independent of one another.</summary>
internal sealed class ShardExtractor : IDisposable
{
    private readonly RunDirectory _run;
    private readonly string _extractionDigest;
    private readonly StructurePipeline _pipeline;
    private readonly CorpusReader _reader;
    private readonly RunConfiguration _configuration;

    public ShardExtractor(RunDirectory run, RunRecord record, RunConfiguration configuration, Corpus corpus, StagedArchives staged)
    {
        (_run, _extractionDigest, _configuration) = (run, record.ExtractionDigest, configuration);
        _pipeline = new StructurePipeline(configuration);
        _reader = new CorpusReader(corpus, CorpusLimits.Of(configuration.Corpus), staged);
    }

    /// <summary>Writes the tables of a shard; its folder appears when all of it is there.</summary>
    /// <param name="shard">Number of the shard.</param>
    /// <param name="rows">Its files, in manifest order.</param>
    /// <param name="onFile">Called after each file with its outcomes; throws to give the shard up.</param>
    public ShardCounts Extract(int shard, IReadOnlyList<ManifestRow> rows, Action<ManifestRow, IReadOnlyList<StructureOutcome>> onFile)
    {
        JobContext.Shard = shard;
        using var folder = new ShardFolder(_run, shard);
        using var tables = new ShardTables(folder, _configuration);
        var counts = default(ShardCounts);
        foreach (ManifestRow row in rows)
        {
            JobContext.File = row.Path;
            IReadOnlyList<StructureOutcome> outcomes = Process(row);
            foreach (StructureOutcome outcome in outcomes)
                tables.Append(row, outcome);
            counts += Count(outcomes);
            onFile(row, outcomes);
        }

        tables.Complete();
        folder.Seal(_extractionDigest, counts);
        (JobContext.Shard, JobContext.File) = (null, null);
        return counts;
    }

    public void Dispose() => _reader.Dispose();

    private IReadOnlyList<StructureOutcome> Process(ManifestRow row)
    {
        FileContent content = _reader.Read(row);
        if (content.Failure is { } failure)
            return [StructureOutcome.OfFailure(row.Id, failure)];
        try
        {
            return _pipeline.Process(row.Id, content.Bytes);
        }
        catch (Exception fault) when (fault is not (OutOfMemoryException or UserException))
        {
            // The worst file costs itself, not its shard; it is counted as failed and named.
            var finding = new Finding(FileFindings.Fault, $"{fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}");
            return [StructureOutcome.OfFailure(row.Id, finding)];
        }
    }

    private static ShardCounts Count(IReadOnlyList<StructureOutcome> outcomes) => new(
        Files: 1,
        Structures: outcomes.Count,
        Accepted: outcomes.Count(outcome => outcome.IsAccepted),
        FailedFiles: outcomes.Any(outcome => outcome.IsFailure) ? 1 : 0,
        Equations: outcomes.Sum(outcome => outcome.Equations.Count),
        Bonds: outcomes.Sum(outcome => outcome.Equations.Sum(equation => equation.Bonds.Count)));
}
