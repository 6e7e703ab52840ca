using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Properties.Commands;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Judgments;

namespace CrystalHpc.Properties;

/// <summary>From a structure to its properties: a crystal graph network.</summary>
public sealed class PropertySystem : ISystem
{
    /// <inheritdoc/>
    public IReadOnlyList<Section> Sections => [PropertyOptions.Section, GraphProduct.Section];

    /// <inheritdoc/>
    public IReadOnlyList<FindingPart> Findings => [new("Graphs of crystals", PropertyFindings.All)];

    /// <inheritdoc/>
    public IReadOnlyList<IStage> Stages => [];

    /// <inheritdoc/>
    public IReportSource Report { get; } = new NoReport();

    /// <inheritdoc/>
    public IEnumerable<IShardProduct> Products(RunConfiguration configuration) =>
        configuration.Find(GraphProduct.Section) is { } options ? [new GraphProduct(options)] : [];

    /// <inheritdoc/>
    public IEnumerable<Command> Commands(CommandContext context) => [PropertyCommand.Create(context)];

    /// <inheritdoc/>
    public IEnumerable<IStructureJudge> Judges(JudgeOptions options) => StructureProperties.OfShipped() is { } judge ? [judge] : [];
}
