using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Data;

/// <summary>
/// <c>graphs.bin</c>: the graphs of a shard, so that models can be asked without reading the corpus again. It stays in the shards.
/// </summary>
/// <param name="options">What graphs hold.</param>
public sealed class GraphProduct(GraphOptions options) : IShardProduct
{
    /// <summary>Name of the file in the folder of a shard.</summary>
    public const string FileName = "graphs.bin";

    /// <summary>The section of the configuration.</summary>
    public static Section<GraphOptions> Section { get; } =
        new("graphs", "Graphs of the structures of a corpus for 'property predict'; off: none are made.", GraphOptions.Default)
        {
            MayBeOff = true, IsOffByDefault = true,
        };

    /// <inheritdoc/>
    public string Format => "graphs/1";

    /// <inheritdoc/>
    public IReadOnlyList<Section> Sections => [Section];

    /// <inheritdoc/>
    public ShellCenters Centers => ShellCenters.None;

    /// <inheritdoc/>
    public IReadOnlyList<string> Counted { get; } = ["graphs"];

    /// <summary>What becomes of a structure.</summary>
    public static GraphRecord RecordOf(StructureOutcome outcome, GraphOptions options)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.IsAccepted)
        {
            CrystalGraph? graph = GraphBuilder.TryCreate(outcome.Structure!, options, out Finding? problem);
            return new GraphRecord(outcome.StructureId, graph, problem);
        }

        FindingCode code = outcome.Reasons.Contains(ValidationFindings.Disordered)
            ? PropertyFindings.Disordered : PropertyFindings.Unreadable;
        string reasons = string.Join(", ", outcome.Reasons.Select(reason => reason.Name));
        return new GraphRecord(outcome.StructureId, null, new Finding(code, reasons));
    }

    /// <inheritdoc/>
    public StructureOutcome Derive(StructureOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        GraphRecord record = RecordOf(outcome, options);
        return outcome.With(record, record.Problem is { } problem ? [problem] : []);
    }

    /// <inheritdoc/>
    public IShardWriter Start(ITableFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new Writer(folder.Create(FileName), options);
    }

    /// <inheritdoc/>
    public void Merge(ShardMerge merge)
    {
    }

    private sealed class Writer(Stream stream, GraphOptions options) : IShardWriter
    {
        private readonly BinaryWriter _writer = new(stream);
        private readonly long[] _counts = new long[1];

        public IReadOnlyList<long> Counts => _counts;

        public void Append(ManifestRow file, StructureOutcome outcome)
        {
            GraphRecord record = outcome.Part<GraphRecord>() ?? RecordOf(outcome, options);
            record.Write(_writer);
            _counts[0] += record.Graph is null ? 0 : 1;
        }

        public void Complete() => Dispose();

        public void Dispose() => _writer.Dispose();
    }
}
