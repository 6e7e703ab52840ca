using System.Text.Json.Nodes;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Commands;

/// <summary>One formula and what became of it.</summary>
/// <param name="Text">The text as given.</param>
/// <param name="Formula">What it means; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was read.</param>
/// <param name="Warning">What is odd about it; null when nothing is.</param>
internal sealed record FormulaAnswer(string Text, Formula? Formula, FormulaRefusal? Refusal, string? Warning)
{
    /// <summary>Reads a text.</summary>
    public static FormulaAnswer Of(string text)
    {
        if (!Formula.TryParse(text, out Formula? formula, out FormulaRefusal? refusal))
            return new FormulaAnswer(text, null, refusal, null);
        Finding? odd = FormulaSuspicion.Of(text, formula);
        return new FormulaAnswer(text, formula, null, odd?.Message);
    }

    /// <summary>For programs; docs/formulas.md lists the fields.</summary>
    public JsonObject ToJson()
    {
        if (Formula is null)
            return new JsonObject { ["text"] = Text, ["refused"] = Refusal!.Reason, ["code"] = Refusal.Code.Name,
                ["position"] = Refusal.Position };
        var json = new JsonObject
        {
            ["text"] = Text,
            ["formula"] = Formula.ToString(),
            ["reduced"] = Formula.Reduced,
            ["anonymous"] = Formula.Anonymous,
            ["mass_u"] = Math.Round(Formula.MassU, 6),
            ["charge"] = Formula.Charge,
        };
        if (Warning is not null)
            json["warning"] = Warning;
        return json;
    }
}
