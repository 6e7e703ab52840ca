using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Learning.Structures;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Commands;

/// <summary>A crystal that is asked about.</summary>
/// <param name="Text">What it is called: its file, or its row.</param>
/// <param name="Graph">The crystal; null when it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record PredictionInput(string Text, CrystalGraph? Graph, Finding? Problem)
{
    // Whatever has a graph: computed or measured, marked by a database or not, as large as memory allows. Atoms must not be missing.
    private static readonly ValidationOptions Validation = LooseStructures.Validation with
    {
        AllowMissingHydrogen = false, RejectTheoretical = false, RejectDatabaseErrors = false, RejectDuplicates = false,
        RejectSuboptimal = false, RejectOnHold = false, MaximumEmptyLayerAngstrom = 0, MaximumSites = 100_000, MaximumAtoms = 100_000,
    };

    private static readonly string[] TableEndings = [".csv", ".csv.gz"];

    /// <summary>The structures of CIF files, folders, archives and tables, in their order.</summary>
    /// <exception cref="UserException">An input is none of these.</exception>
    public static IEnumerable<PredictionInput> Read(IEnumerable<string> inputs, RunConfiguration defaults) => inputs.SelectMany(input =>
        TableEndings.Any(ending => input.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? OfTable(input)
        : LooseStructures.Are(input) ? LooseStructures.Read(input, defaults, Validation).Select(entry => Of(entry.Outcome))
        : throw UserException.Unusable($"{input} is no CIF file, folder, archive or table"));

    private static IEnumerable<PredictionInput> OfTable(string path)
    {
        CsvTable table = CsvTable.Read(path);
        TableStructure structures = TableStructure.Of(table) ?? throw UserException.Unusable($"{path} has no structures");
        return table.Rows.Select(row => Of(structures.IdOf(row), structures.Read(row, PropertyFindings.Unreadable, out Finding? problem), problem))
            .Concat(table.Refused.Select(row => new PredictionInput(FormattableString.Invariant($"{path}:{row.Line}"), null, row.Finding)));
    }

    private static PredictionInput Of(StructureOutcome outcome)
    {
        if (outcome.IsAccepted)
            return Of(outcome.StructureId, outcome.Structure, null);
        FindingCode code = outcome.Reasons.Contains(ValidationFindings.Disordered)
            ? PropertyFindings.Disordered : PropertyFindings.Unreadable;
        string reasons = string.Join(", ", outcome.Reasons.Select(reason => reason.Name));
        return new PredictionInput(outcome.StructureId, null, new Finding(code, reasons));
    }

    private static PredictionInput Of(string text, CrystalStructure? structure, Finding? problem)
    {
        CrystalGraph? graph = structure is null ? null : GraphBuilder.TryCreate(structure, out problem);
        return new PredictionInput(text, graph, graph is null ? problem : null);
    }
}
