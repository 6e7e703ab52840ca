using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Prediction;

namespace CrystalHpc.Properties.Commands;

/// <summary>What is said of a crystal, for people and for programs.</summary>
/// <param name="Input">The crystal.</param>
/// <param name="Answers">The answers; none when it was refused.</param>
internal sealed record PropertyAnswer(PredictionInput Input, IReadOnlyList<SuiteAnswer> Answers)
{
    /// <summary>Lines for people.</summary>
    public void Print(TextWriter output)
    {
        if (Input.Crystal is not { } crystal)
        {
            output.WriteLine($"{Input.Text}: refused: {Input.Problem!.Value.Message} ({Input.Problem.Value.Code})");
            return;
        }

        output.WriteLine(Input.Text == crystal.Key ? crystal.Key : $"{Input.Text}: {crystal.Key}");
        SuiteAnswer[] needy = [.. Answers.Where(answer => answer.NeedsStructure)];
        if (needy.Length < Answers.Count)
            output.WriteLine($"  {"",-22}{"value",10}  {"90 % interval",-20}{"unit",-11}model");
        foreach (SuiteAnswer answer in Answers.Except(needy))
            output.WriteLine($"  {answer.Target.Title,-22}{(answer.Reason is { } reason ? $"      none: {reason}" : Text(answer))}");
        if (needy.Length > 0)
            output.WriteLine($"  A structure is needed for: {string.Join(", ", needy.Select(answer => answer.Target.Title))}");
        foreach (SuiteAnswer answer in Answers.Where(answer => answer.Reason is null).DistinctBy(answer => answer.Model))
        {
            foreach (string warning in answer.Warnings)
                output.WriteLine($"  ! {NameOf(answer)}{warning}");
        }
    }

    /// <summary>One object for programs; docs/property.md lists the fields.</summary>
    public JsonObject ToJson()
    {
        if (Input.Crystal is null)
            return new JsonObject { ["input"] = Input.Text, ["refused"] = Input.Problem!.Value.Message,
                ["code"] = Input.Problem.Value.Code.Name };
        var json = new JsonObject { ["input"] = Input.Text, ["formula"] = Input.Crystal.Key };
        foreach (SuiteAnswer answer in Answers)
        {
            // The first answer has the name of the target, those of special models beside it have theirs as well.
            string name = json.ContainsKey(answer.Target.Name) ? $"{answer.Target.Name}@{answer.Model!.Name}" : answer.Target.Name;
            json[name] = new JsonObject
            {
                ["value"] = Rounded(answer.Value),
                ["standard_error"] = Rounded(answer.StandardError),
                ["interval90"] = answer.Interval is { } interval ? new JsonArray(Rounded(interval.Low), Rounded(interval.High)) : null,
                ["unit"] = answer.Unit,
                ["in_domain"] = answer.IsInDomain,
                ["warnings"] = new JsonArray([.. answer.Warnings.Select(warning => JsonValue.Create(warning))]),
                ["model"] = answer.Model?.Name,
            };
            if (answer.Reason is { } reason)
                json[name]!["reason"] = reason;
        }

        return json;
    }

    /// <summary>Lines of a table, one for each answer.</summary>
    public IEnumerable<AnswerRow> Rows() => Input.Crystal is null
        ? [new AnswerRow(Input.Text, null, null, null, null, null, null, false, null, Input.Problem!.Value.Message)]
        : Answers.Select(answer => new AnswerRow(
            Input.Text, answer.Target.Name, Rounded(answer.Value), Rounded(answer.StandardError), Rounded(answer.Interval?.Low),
            Rounded(answer.Interval?.High), answer.Unit, answer.IsInDomain, answer.Model?.Name,
            answer.Reason ?? (answer.Warnings.Count > 0 ? string.Join("; ", answer.Warnings) : null)));

    private static string Text(SuiteAnswer answer)
    {
        double value = answer.Value!.Value;
        string model = answer.Model!.Name + (answer.IsSpecial ? ", of this type" : "") + (answer.IsInDomain ? "" : " (!)");
        if (answer.Target.IsQuestion)
            return Invariant($"{(value > 0.5 ? "yes" : "no"),10}  {"",-20}{$"{value:0.00}",-11}{model}");
        (double low, double high) = answer.Interval!.Value;
        PropertyTarget target = answer.Target;
        string interval = $"{Number(target, low)} to {Number(target, high)}";
        return $"{Number(target, value),10}  {interval,-20}{answer.Unit,-11}{(target.IsLogarithm ? Plain() : "")}{model}";

        // Of log10 GPa in GPa; a logarithm of a pure number, log10 1, has no unit to name.
        string Plain()
        {
            string unit = answer.Unit!.Split(' ')[^1] is not "1" and var name ? $" {name}" : "";
            return Invariant($"{target.Plain(value):G3}{unit} ({target.Plain(low):G3} to {target.Plain(high):G3}), ");
        }
    }

    private static string Number(PropertyTarget target, double value) =>
        value.ToString($"F{target.Decimals}", CultureInfo.InvariantCulture);

    private static string NameOf(SuiteAnswer answer) => answer.Model!.Name.Length > 0 ? answer.Model.Name + ": " : "";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 6) : null;
}
