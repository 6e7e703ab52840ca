using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Properties.Data;

namespace CrystalHpc.Properties.Commands;

/// <summary>A crystal that is asked about.</summary>
/// <param name="Text">What it is called: its file, or its row.</param>
/// <param name="Crystal">The crystal; null when it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record PredictionInput(string Text, Crystal? Crystal, Finding? Problem)
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

    /// <summary>A formula.</summary>
    public static PredictionInput OfFormula(string text)
    {
        Crystal? crystal = Crystal.Of(text, text, out Finding? problem);
        return new PredictionInput(text, crystal, problem);
    }

    private static IEnumerable<PredictionInput> OfTable(string path)
    {
        var table = CsvTable.Read(path);
        var crystals = TableCrystals.Of(table, PropertyInput.Formula);
        return table.Rows.Select(row =>
        {
            Crystal? crystal = crystals.Read(row, out Finding? problem);
            return new PredictionInput(crystals.IdOf(row), crystal, problem);
        }).Concat(table.Refused.Select(row => new PredictionInput(FormattableString.Invariant($"{path}:{row.Line}"), null, row.Finding)));
    }

    private static PredictionInput Of(StructureOutcome outcome)
    {
        if (outcome.IsAccepted)
        {
            Crystal? crystal = Crystal.Of(outcome.StructureId, outcome.Structure!, out Finding? problem);
            return new PredictionInput(outcome.StructureId, crystal, problem);
        }

        FindingCode code = outcome.Reasons.Contains(ValidationFindings.Disordered)
            ? PropertyFindings.Disordered : PropertyFindings.Unreadable;
        string reasons = string.Join(", ", outcome.Reasons.Select(reason => reason.Name));
        return new PredictionInput(outcome.StructureId, null, new Finding(code, reasons));
    }
}
