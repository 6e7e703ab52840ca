using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Models;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Prediction;
using CrystalHpc.Properties.Training;

namespace CrystalHpc.Properties.Commands;

/// <summary><c>crystalhpc property evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("evaluate", """
            How good a model is on structures whose properties are known: every row of the data counts.

            Examples:
              crystalhpc property evaluate elastic.csv.gz --model moduli/model.safetensors --part test --out judged
              crystalhpc property evaluate mine.csv --target gap=my_gap --model gaps/model.safetensors --out judged
            """);
        var data = new Argument<string>("DATA")
        {
            Description = "Table of structures and properties (.csv, .extxyz; packed or not), as in docs/property.md.",
        };
        Option<string?> model = ShippedModels.CreateOption(null);
        var output = new Option<string>("--out")
        {
            Description = "Folder for metrics.json, predictions.csv and report.html.", HelpName = "DIR", Required = true,
        };
        var part = new Option<SplitPart?>("--part")
        {
            Description = "Only the rows of a part of the split by formula: test, validation or training.", HelpName = "PART",
        };
        part.AcceptOnlyFromAmong([.. Enum.GetValues<SplitPart>().Select(SnakeCase.Of)]);
        var target = new Option<string[]>("--target")
        {
            Description = "A target and the column that holds it, where the table does not say: NAME=COLUMN.", HelpName = "NAME=COLUMN",
        };
        command.Add(data);
        command.Add(model);
        command.Add(output);
        command.Add(part);
        command.Add(target);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            string path = parsed.GetRequiredValue(data), file = ShippedModels.PathOf(parsed.GetRequiredValue(model)!);
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            PropertyModel known = PropertyModel.Read(file);
            PropertyTable table = PropertyTable.Read(
                path, parsed.GetValue(target) ?? [], known.Input, known.Shape.Graphs, withQuestions: true);
            PropertyTraining.TellRefused(Terminal.Error.WriteLine, path, table.Refused);
            PropertySample[] samples =
                [.. InOrderOf(known, table, path).Where(sample => parsed.GetValue(part) is not { } chosen || sample.Part == chosen)];
            if (samples.Length == 0)
                throw UserException.Unusable($"{path}: no row can be judged");
            PropertyPrediction[] predictions = new PropertyPredictor(known).Predict([.. samples.Select(sample => sample.Graph)]);
            string name = Path.GetFileName(path) + (parsed.GetValue(part) is { } some ? $", {SnakeCase.Of(some)} part" : "");
            ModelJudgment judgment = PropertyJudge.Judge(name, known, samples, predictions);
            Directory.CreateDirectory(folder);
            judgment.Write(folder, PropertyModel.System, WholeFile.Digest(file));
            foreach (string line in PropertyJudge.Lines(known, judgment))
                Terminal.Out.WriteLine(line);
        }));
        return command;
    }

    // The samples with the targets of the model; those that the table lacks are unknown.
    private static IEnumerable<PropertySample> InOrderOf(PropertyModel model, PropertyTable table, string path)
    {
        int[] places = [.. model.Targets.Select(
            learned => table.Targets.ToList().FindIndex(column => column.Target == learned.Column.Target))];
        if (places.All(place => place < 0))
            throw UserException.Unusable($"{path} has no target of the model; name the column by --target NAME=COLUMN");
        for (int k = 0; k < places.Length; k++)
        {
            TargetColumn learned = model.Targets[k].Column;
            if (places[k] >= 0 && table.Targets[places[k]].Unit is { } unit && unit != learned.Unit)
                throw UserException.Unusable($"{path} has {learned.Target.Name} in {unit}, the model predicts {learned.Unit}");
        }

        return table.Samples.Select(
            sample => sample with { Targets = [.. places.Select(place => place < 0 ? double.NaN : sample.Targets[place])] })
            .Where(sample => !sample.Targets.All(double.IsNaN));
    }
}
