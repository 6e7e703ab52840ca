using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Validation;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Properties.Commands;

/// <summary>A crystal that is asked about.</summary>
/// <param name="Text">What it is called: its file, or its row.</param>
/// <param name="Crystal">The crystal; null when it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record PredictionInput(string Text, Crystal? Crystal, Finding? Problem)
{
    // Whatever has a graph: computed or measured, marked by a database or not, as large as memory allows. Atoms must not be missing.
    private static ValidationOptions Validation { get; } = LooseStructures.Validation with
    {
        AllowMissingHydrogen = false, RejectTheoretical = false, RejectDatabaseErrors = false, RejectDuplicates = false,
        RejectSuboptimal = false, RejectOnHold = false, MaximumEmptyLayerAngstrom = 0, MaximumSites = 100_000, MaximumAtoms = 100_000,
    };

    /// <summary>The structures of CIF files, folders, archives and tables, in their order.</summary>
    /// <exception cref="UserException">An input is none of these.</exception>
    public static IEnumerable<PredictionInput> Read(IEnumerable<string> inputs, RunConfiguration defaults, GraphOptions graphs) =>
        inputs.SelectMany(input => FrameTable.IsTable(input) ? OfTable(input, graphs)
            : LooseStructures.Are(input) ? LooseStructures.Read(input, defaults, ValidationOf(graphs)).Select(
                entry => Of(GraphProduct.RecordOf(entry.Outcome, graphs)))
            : throw UserException.Unusable($"{input} is no CIF file, folder, archive, structure file or table"));

    /// <summary>A formula.</summary>
    public static PredictionInput OfFormula(string text)
    {
        Crystal? crystal = Crystal.Of(text, text, out Finding? problem);
        return new PredictionInput(text, crystal, problem);
    }

    /// <summary>Which structures have graphs of this kind.</summary>
    public static ValidationOptions ValidationOf(GraphOptions graphs) =>
        graphs.AverageDisorder ? Validation with { RequireOrder = false } : Validation;

    /// <summary>What a shard keeps.</summary>
    public static PredictionInput Of(GraphRecord record) =>
        new(record.Id, record.Graph is { } graph ? Crystal.Of(record.Id, graph) : null, record.Problem);

    private static IEnumerable<PredictionInput> OfTable(string path, GraphOptions graphs)
    {
        CsvTable table = FrameTable.Read(path);
        var crystals = TableCrystals.Of(table, PropertyInput.Formula, graphs);
        return table.Rows.Select(row =>
        {
            Crystal? crystal = crystals.Read(row, out Finding? problem);
            return (row.Line, Input: new PredictionInput(crystals.IdOf(row), crystal, problem));
        }).Concat(table.Refused.Select(row => (
            row.Line, Input: new PredictionInput(FormattableString.Invariant($"{path}:{row.Line}"), null, row.Finding))))
            .OrderBy(entry => entry.Line).Select(entry => entry.Input);
    }
}
