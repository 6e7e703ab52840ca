using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Lattices.Commands;

/// <summary>A formula that is asked about.</summary>
/// <param name="Text">As it was given.</param>
/// <param name="Composition">What it means; null when it was refused.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record PredictionInput(string Text, Composition? Composition, Finding? Problem)
{
    private static readonly string[] TableEndings = [".csv", ".csv.gz"];

    /// <summary>Formulas, and the formulas of tables and of CIF files, in their order.</summary>
    /// <param name="inputs">Formulas or paths; what can be read as a formula is one.</param>
    /// <param name="defaults">The configuration without any file.</param>
    public static List<PredictionInput> Read(string[] inputs, RunConfiguration defaults)
        => [.. inputs.SelectMany(input => Read(input, defaults))];

    private static IEnumerable<PredictionInput> Read(string input, RunConfiguration defaults)
    {
        if (!TableEndings.Any(ending => input.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            PredictionInput formula = Parse(input, input);
            return formula.Problem is not null && CrystalFiles.Are(input) ? CrystalFiles.Read(input, defaults).Select(Of) : [formula];
        }

        FormulaTable table = FormulaTable.Read(input);
        return table.Rows.Select(row => (row.Line, Input: new PredictionInput(row.Text, row.Composition, null)))
            .Concat(table.Refused.Select(refused => (refused.Line, Input: new PredictionInput(
                FormattableString.Invariant($"{input}:{refused.Line}"), null, refused.Finding))))
            .OrderBy(entry => entry.Line).Select(entry => entry.Input);
    }

    // Also a structure that is disordered or incomplete has a formula.
    private static PredictionInput Of(StructureRow structure) => structure.Formula.Length > 0
        ? Parse(structure.StructureId, structure.Formula)
        : new PredictionInput(structure.StructureId, null, StructureTable.Refusal(structure, structure.ReasonCodes));

    private static PredictionInput Parse(string text, string written) =>
        Composition.TryParse(written, out _, out Composition? composition, out Finding? problem)
            ? new PredictionInput(text, composition, null) : new PredictionInput(text, null, problem);
}
