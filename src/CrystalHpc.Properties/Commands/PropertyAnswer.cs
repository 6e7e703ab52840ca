using System.Globalization;
using System.Text.Json.Nodes;
using CrystalHpc.Properties.Prediction;
using CsvHelper;

namespace CrystalHpc.Properties.Commands;

/// <summary>What is said of a crystal, for people and for programs.</summary>
/// <param name="Input">The crystal.</param>
/// <param name="Prediction">The prediction; null when it was refused.</param>
/// <param name="Model">The model.</param>
internal sealed record PropertyAnswer(PredictionInput Input, PropertyPrediction? Prediction, PropertyModel Model)
{
    private static readonly string[] OfInsulators = ["n", "log10_eps"];

    /// <summary>Lines for people.</summary>
    public void Print(TextWriter output)
    {
        if (Prediction is null)
        {
            output.WriteLine($"{Input.Text}: refused: {Input.Problem!.Value.Message} ({Input.Problem.Value.Code})");
            return;
        }

        output.WriteLine(Input.Text);
        foreach ((int k, LearnedTarget target) in Model.Targets.Index())
            output.WriteLine($"  {target.Column.Target.Title,-20} {(IsEmpty(k) ? "none: the predicted gap is 0" : Text(k, target))}");
        foreach (string warning in Prediction.Warnings)
            output.WriteLine($"  {"Warning",-20} {warning}");
    }

    /// <summary>One object for programs; docs/property.md lists the fields.</summary>
    public JsonObject ToJson()
    {
        if (Prediction is null)
            return new JsonObject { ["input"] = Input.Text, ["refused"] = Input.Problem!.Value.Message, ["code"] =
                Input.Problem.Value.Code.Name };
        var json = new JsonObject { ["input"] = Input.Text };
        foreach ((int k, LearnedTarget target) in Model.Targets.Index())
        {
            json[target.Column.Target.Name] = new JsonObject
            {
                ["value"] = IsEmpty(k) ? null : Math.Round(Prediction.Values[k], 6),
                ["standard_error"] = IsEmpty(k) ? null : Math.Round(Prediction.Errors[k], 6),
                ["unit"] = target.Column.Unit,
                ["in_domain"] = Prediction.IsInDomain,
                ["warnings"] = new JsonArray([.. Prediction.Warnings.Select(warning => JsonValue.Create(warning))]),
            };
        }

        return json;
    }

    /// <summary>Lines of a table, one for each target.</summary>
    public IEnumerable<AnswerRow> Rows() => Prediction is null
        ? [new AnswerRow(Input.Text, null, null, null, null, false, Input.Problem!.Value.Message)]
        : Model.Targets.Select((target, k) => new AnswerRow(
            Input.Text, target.Column.Target.Name, IsEmpty(k) ? null : Math.Round(Prediction.Values[k], 6), IsEmpty(k) ? null
                : Math.Round(Prediction.Errors[k], 6),
            target.Column.Unit, Prediction.IsInDomain, Prediction.Warnings.Count > 0 ? string.Join("; ", Prediction.Warnings) : null));

    // A metal has no refractive index of its own.
    private bool IsEmpty(int k)
    {
        int gap = Model.Targets.ToList().FindIndex(target => target.Column.Target.Name == "gap");
        return gap >= 0 && Prediction!.Values[gap] <= 0 && OfInsulators.Contains(Model.Targets[k].Column.Target.Name);
    }

    private string Text(int k, LearnedTarget target)
    {
        (double value, double error) = (Prediction!.Values[k], Prediction.Errors[k]);
        string text = string.Create(CultureInfo.InvariantCulture, $"{value:0.####} +- {error:0.####} {target.Column.Unit}");
        return target.Column.Target.IsLogarithm
            ? text + string.Create(
                CultureInfo.InvariantCulture, $" ({target.Column.Target.Plain(value):0.###} {target.Column.Unit.Split(' ')[^1]})") : text;
    }
}

/// <summary>A line of the table that <c>predict --csv</c> writes.</summary>
/// <param name="Input">The crystal.</param>
/// <param name="Target">The target; empty when the crystal was refused.</param>
/// <param name="Value">Its value.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Unit">The unit of both.</param>
/// <param name="InDomain">False where there is a warning.</param>
/// <param name="Warning">Warnings, or why the crystal was refused.</param>
[CsvRecord]
internal sealed partial record AnswerRow(
    [property: CsvColumn("input")] string Input,
    [property: CsvColumn("target")] string? Target,
    [property: CsvColumn("value")] double? Value,
    [property: CsvColumn("standard_error")] double? StandardError,
    [property: CsvColumn("unit")] string? Unit,
    [property: CsvColumn("in_domain")] bool InDomain,
    [property: CsvColumn("warning")] string? Warning)
{
    /// <summary>Stands near the beginning of every such table.</summary>
    public const string Signature = "input,target,value,standard_error";
}
