using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Fuzz;

/// <summary>One input through the whole way of the data, and what must hold of the outcome.</summary>
internal sealed class Trial
{
    private const int MaximumAtoms = 100;

    // As configured for a run, and with every filter off, so that bad geometry reaches the neighbor finder.
    private readonly StructurePipeline _strict = Pipeline(Limited(CommandLine.Systems.Configuration.Defaults));
    private readonly StructurePipeline _open = Pipeline(Open(Limited(CommandLine.Systems.Configuration.Defaults)));

    private readonly OutputChecks _outputs = new(CommandLine.Systems.Products(CommandLine.Systems.Configuration.Defaults));

    public long Structures { get; private set; }

    public long Accepted { get; private set; }

    /// <summary>What is wrong with the outcome; null when nothing is.</summary>
    public string? Run(long index, byte[] input)
    {
        try
        {
            IReadOnlyList<StructureOutcome> outcomes = (index % 2 == 0 ? _strict : _open).Process("input", input);
            int structures = CifDocument.Parse(input, new List<Finding>()).Blocks.Count(StructureReader.HasAtomSites);
            if (outcomes.Count != Math.Max(1, structures))
                return $"{outcomes.Count} outcomes of {structures} structures";
            if (outcomes.Select(outcome => outcome.StructureId).Distinct(StringComparer.Ordinal).Count() != outcomes.Count)
                return "two structures with one id";
            return outcomes.Select(Check).FirstOrDefault(fault => fault is not null) ?? _outputs.Check(outcomes);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return error.ToString();
        }
    }

    private string? Check(StructureOutcome outcome)
    {
        Structures += outcome.Structure is null ? 0 : 1;
        Accepted += outcome.IsAccepted ? 1 : 0;
        if (outcome.IsAccepted && outcome.Structure is null)
            return "accepted without a structure";
        if (outcome.Structure is null && !outcome.Findings.Any(finding => finding.Code.Severity == FindingSeverity.Error))
            return "no structure and no error that says why";
        foreach (Finding finding in outcome.Findings)
        {
            if (finding.Line < 0 || finding.Column < 0 || !PlainText.IsPlain(finding.Message))
                return $"bad finding {finding}";
        }

        if (!PlainText.IsPlain(outcome.StructureId))
            return $"control characters in the id {outcome.StructureId}";

        if (!outcome.Shells.SelectMany(shell => shell.Bonds).All(bond => IsUsable(bond.DistanceAngstrom) && double.IsFinite(bond.Weight)))
            return "a bond that is not finite";
        if (outcome.Part<StructureEquations>() is { } equations
            && !equations.All.SelectMany(equation => equation.Bonds).All(bond => IsUsable(bond.DistanceAngstrom)))
            return "an equation that is not finite";
        return null;
    }

    private static StructurePipeline Pipeline(RunConfiguration configuration)
        => new(configuration, CommandLine.Systems.Products(configuration));

    private static RunConfiguration Limited(RunConfiguration configuration) => configuration
        .With(EngineSections.Structures, configuration.Get(EngineSections.Structures) with { MaximumAtoms = 20 * MaximumAtoms })
        .With(EngineSections.Validation, configuration.Get(EngineSections.Validation) with {
            MaximumAtoms = MaximumAtoms, MaximumSites = MaximumAtoms });

    private static RunConfiguration Open(RunConfiguration configuration) => configuration
        .With(EngineSections.Validation, configuration.Get(EngineSections.Validation) with
        {
            RequireOxygenOrHalogen = false,
            RequireOxidationStates = false,
            RequireOrder = false,
            RequireCompleteness = false,
            RejectTheoretical = false,
            RejectDatabaseErrors = false,
            RejectDuplicates = false,
            RejectSuboptimal = false,
            RejectOnHold = false,
            ShortestDistanceFraction = 0,
            MaximumShorteningAngstrom = 0,
            RequireBonds = false,
            MaximumEmptyLayerAngstrom = 0,
            RejectUnreadableValues = false,
            OldestYear = 0,
            MinimumTemperatureKelvin = 0,
            MaximumTemperatureKelvin = 1e5,
            MaximumPressureKilopascal = 1e12,
            MaximumRFactor = 1,
        })
        .With(EngineSections.Neighbors, configuration.Get(EngineSections.Neighbors) with { CrystalNN = CrystalNNOptions.Default });

    private static bool IsUsable(double distance) => double.IsFinite(distance) && distance >= 0;
}
