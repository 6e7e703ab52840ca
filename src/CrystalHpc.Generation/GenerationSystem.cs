using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Generation.Commands;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation;

/// <summary>Crystals as voxels, and back: an autoencoder that makes them, a U-net that reads them.</summary>
public sealed class GenerationSystem : ISystem
{
    /// <inheritdoc/>
    public IReadOnlyList<Section> Sections => [GenerationOptions.Section];

    /// <inheritdoc/>
    public IReadOnlyList<FindingPart> Findings => [new("Crystals as voxels", VoxelFindings.All)];

    /// <inheritdoc/>
    public IReadOnlyList<IStage> Stages => [];

    /// <inheritdoc/>
    public IReportSource Report { get; } = new NoReport();

    /// <inheritdoc/>
    public IEnumerable<IShardProduct> Products(RunConfiguration configuration) => [];

    /// <inheritdoc/>
    public IEnumerable<Command> Commands(CommandContext context) => [GenerateCommand.Create(context)];
}
