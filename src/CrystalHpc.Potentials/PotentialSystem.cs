using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Potentials.Analysis;
using CrystalHpc.Potentials.Commands;
using CrystalHpc.Potentials.Commands.Searching;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Judgments;
using CrystalHpc.Potentials.Search;
using CrystalHpc.Potentials.Search.Growth;
using CrystalHpc.Potentials.Search.Scan;

namespace CrystalHpc.Potentials;

/// <summary>Neural potentials: energies, forces and stress of atoms from symmetry functions and a network for each element.</summary>
public sealed class PotentialSystem : ISystem
{
    /// <inheritdoc/>
    public IReadOnlyList<Section> Sections
        => [PotentialOptions.Section, SearchOptions.Section, ScanOptions.Section, GrowthOptions.Section, AnalysisOptions.Section];

    /// <inheritdoc/>
    public IReadOnlyList<FindingPart> Findings => [new("Energies and forces", PotentialFindings.All)];

    /// <inheritdoc/>
    public IReadOnlyList<IStage> Stages => [];

    /// <inheritdoc/>
    public IReportSource Report { get; } = new NoReport();

    /// <inheritdoc/>
    public IEnumerable<IShardProduct> Products(RunConfiguration configuration) => [];

    /// <inheritdoc/>
    public IEnumerable<Command> Commands(CommandContext context) => [PotentialCommand.Create(context), SearchCommand.Create(context)];

    /// <inheritdoc/>
    public IEnumerable<IStructureJudge> Judges(JudgeOptions options) => RelaxationJudge.Of(options.EnergyModel) is { } judge ? [judge] : [];
}
