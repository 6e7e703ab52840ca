using System.CommandLine;
using CrystalHpc.BondValence.Commands;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Evaluation;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.Judgments;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.BondValence.Report;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Report;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;

namespace CrystalHpc.BondValence;

/// <summary>Bond-valence parameters from crystal structures: equations, pair distances, the fit, its evaluation.</summary>
public sealed class BondValenceSystem : ISystem
{
    /// <inheritdoc/>
    public IReadOnlyList<Section> Sections => BondValenceSections.All;

    /// <inheritdoc/>
    public IReadOnlyList<FindingPart> Findings => [new("Equations", EquationFindings.All), new("Parameter tables", TableFindings.All)];

    /// <inheritdoc/>
    public IReadOnlyList<IStage> Stages { get; } = [new FitStage(), new EvaluateStage()];

    /// <inheritdoc/>
    public IReportSource Report { get; } = new BondValenceReport();

    /// <inheritdoc/>
    public IEnumerable<IShardProduct> Products(RunConfiguration configuration)
    {
        bool hasEquations = configuration.Has(BondValenceSections.Equations);
        if (hasEquations)
            yield return new EquationProduct();
        yield return new PairProduct(configuration.Get(BondValenceSections.PairDistances), bySpecies: hasEquations);
    }

    /// <inheritdoc/>
    public IEnumerable<Command> Commands(CommandContext context) =>
    [
        FitCommand.Create(context), EvaluateCommand.Create(context), InspectCommand.Create(context), PairCommand.Create(context),
        SynthesizeCommand.Create(context),
    ];

    /// <inheritdoc/>
    public IEnumerable<IStructureJudge> Judges(JudgeOptions options) => [new ValenceJudge(options.Configuration)];
}
