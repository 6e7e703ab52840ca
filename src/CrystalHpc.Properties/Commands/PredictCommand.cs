using System.CommandLine;
using System.Text.Json;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Properties.Prediction;

namespace CrystalHpc.Properties.Commands;

/// <summary><c>crystalhpc property predict</c>.</summary>
internal static class PredictCommand
{
    private static readonly JsonSerializerOptions OneLine = new(JobSummary.Json) { WriteIndented = false };

    public static Command Create(CommandContext context)
    {
        var command = new Command("predict", """
            The properties of structures with their errors, and a warning where a structure is unlike any that the model has seen.

            Examples:
              crystalhpc property predict quartz.cif --model moduli/model.safetensors
              crystalhpc property predict my-cif-files --model moduli/model.safetensors --csv answers.csv
            """);
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "CIF files: files, folders, archives; or tables of structures (.csv, .csv.gz).", Arity = ArgumentArity.OneOrMore,
        };
        Option<string> model = PropertyCommand.ModelOption();
        var json = new Option<bool>("--json") { Description = "The same for programs: one JSON object a line." };
        var csv = new Option<string?>("--csv")
        {
            Description = "Write a table instead: one line a structure and target.", HelpName = "FILE",
        };
        command.Add(inputs);
        command.Add(model);
        command.Add(json);
        command.Add(csv);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            PropertyModel known = PropertyModel.Read(parsed.GetRequiredValue(model));
            List<PredictionInput> read = [.. PredictionInput.Read(parsed.GetRequiredValue(inputs), context.Systems.Configuration.Defaults)];
            PropertyPrediction[] predictions =
                new PropertyPredictor(known).Predict([.. read.Where(input => input.Graph is not null).Select(input => input.Graph!)]);
            int next = 0;
            List<PropertyAnswer> answers =
                [.. read.Select(input => new PropertyAnswer(input, input.Graph is null ? null : predictions[next++], known))];
            if (parsed.GetValue(csv) is { } path)
                NamedOutput.Write(path, AnswerRow.Signature, stream => Csv.Write(stream, answers.SelectMany(answer => answer.Rows())));
            else if (parsed.GetValue(json))
                answers.ForEach(answer => Terminal.Out.WriteLine(answer.ToJson().ToJsonString(OneLine)));
            else
                answers.ForEach(answer => answer.Print(Terminal.Out));
            int refused = answers.Count(answer => answer.Prediction is null);
            if (refused > 0)
                throw UserException.Unusable(FormattableString.Invariant($"{refused} of {answers.Count} structures refused"));
        }));
        return command;
    }
}
