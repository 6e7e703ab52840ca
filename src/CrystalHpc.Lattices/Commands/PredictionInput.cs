using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;
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

    /// <summary>Formulas and the formulas of tables, in their order.</summary>
    public static List<PredictionInput> Read(string[] inputs) => [.. inputs.SelectMany(Read)];

    private static IEnumerable<PredictionInput> Read(string input)
    {
        if (!TableEndings.Any(ending => input.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            return [Parse(input)];
        FormulaTable table = FormulaTable.Read(input);
        return table.Rows.Select(row => (row.Line, Input: new PredictionInput(row.Text, row.Composition, null)))
            .Concat(table.Refused.Select(refused => (refused.Line, Input: new PredictionInput(FormattableString.Invariant($"{input}:{refused.Line}"), null, refused.Finding))))
            .OrderBy(entry => entry.Line).Select(entry => entry.Input);
    }

    private static PredictionInput Parse(string text)
    {
        if (!Formula.TryParse(text, out Formula? formula, out FormulaRefusal? refusal))
            return new PredictionInput(text, null, refusal.ToFinding());
        return Composition.TryCreate(formula, out Composition? composition, out Finding? problem)
            ? new PredictionInput(text, composition, null)
            : new PredictionInput(text, null, problem);
    }
}
