using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Stages;

/// <summary>Turns the files of one shard into its tables. One instance per rank; shards are independent of one another.</summary>
public sealed class ShardExtractor : IDisposable
{
    private readonly OpenRun _open;
    private readonly IReadOnlyList<IShardProduct> _products;
    private readonly StructurePipeline _pipeline;
    private readonly CorpusReader _reader;

    /// <summary>Makes ready to extract shards of a run.</summary>
    public ShardExtractor(OpenRun open, IReadOnlyList<IShardProduct> products, Corpus corpus, StagedArchives staged)
    {
        (_open, _products) = (open, products);
        _pipeline = new StructurePipeline(open.Configuration, products);
        _reader = new CorpusReader(corpus, CorpusLimits.Of(open.Configuration.Get(EngineSections.Corpus)), staged);
    }

    /// <summary>Writes the tables of a shard; its folder appears when all of it is there.</summary>
    /// <param name="shard">Number of the shard.</param>
    /// <param name="rows">Its files, in manifest order.</param>
    /// <param name="onFile">Called after each file with its outcomes; throws to give the shard up.</param>
    public ShardCounts Extract(int shard, IReadOnlyList<ManifestRow> rows, Action<ManifestRow, IReadOnlyList<StructureOutcome>> onFile)
    {
        JobContext.Shard = shard;
        using var folder = new ShardFolder(_open.Directory, shard);
        using var tables = new ShardTables(_products, folder);
        (long structures, long accepted, long failed) = (0, 0, 0);
        foreach (ManifestRow row in rows)
        {
            JobContext.File = row.Path;
            IReadOnlyList<StructureOutcome> outcomes = Process(row);
            foreach (StructureOutcome outcome in outcomes)
                tables.Append(row, outcome);
            structures += outcomes.Count;
            accepted += outcomes.Count(outcome => outcome.IsAccepted);
            failed += outcomes.Any(outcome => outcome.IsFailure) ? 1 : 0;
            onFile(row, outcomes);
        }

        tables.Complete();
        var counts = new ShardCounts(rows.Count, structures, accepted, failed, tables.Counts);
        folder.Seal(_open.Record.ExtractionDigest, counts);
        (JobContext.Shard, JobContext.File) = (null, null);
        return counts;
    }

    /// <inheritdoc/>
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
        catch (OutOfMemoryException)
        {
            var finding = new Finding(FileFindings.Unreadable, $"memory does not suffice for its {content.Bytes.Length} bytes");
            return [StructureOutcome.OfFailure(row.Id, finding)];
        }
        catch (Exception fault) when (fault is not UserException)
        {
            // The worst file costs itself, not its shard; it is counted as failed and named.
            var finding = new Finding(FileFindings.Fault, $"{fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}");
            return [StructureOutcome.OfFailure(row.Id, finding)];
        }
    }
}
