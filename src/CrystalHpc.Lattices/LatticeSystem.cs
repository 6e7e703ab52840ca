using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;
using CrystalHpc.Lattices.Commands;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Lattices;

/// <summary>From a formula to crystal system, Bravais lattice and space group: a network with a memory of known compounds.</summary>
public sealed class LatticeSystem : ISystem
{
    /// <inheritdoc/>
    public IReadOnlyList<Section> Sections => [LatticeOptions.Section];

    /// <inheritdoc/>
    public IReadOnlyList<FindingPart> Findings =>
        [new("Compositions", CompositionFindings.All), new("Tables of formulas", FormulaTableFindings.All)];

    /// <inheritdoc/>
    public IReadOnlyList<IStage> Stages => [];

    /// <inheritdoc/>
    public IReportSource Report { get; } = new NoReport();

    /// <inheritdoc/>
    public IEnumerable<IShardProduct> Products(RunConfiguration configuration) => [];

    /// <inheritdoc/>
    public IEnumerable<Command> Commands(CommandContext context) => [LatticeCommand.Create(context)];
}
