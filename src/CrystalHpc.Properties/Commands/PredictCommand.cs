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
            The properties of structures or formulas with their errors, and a warning where one is unlike any that the models have seen.

            Examples:
              crystalhpc property predict quartz.cif
              crystalhpc property predict --formula SrTiO3 MgO
              crystalhpc property predict my-cif-files --model moduli/model.safetensors --csv answers.csv
            """);
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "CIF files: files, folders, archives; or tables of structures or of formulas (.csv, .csv.gz).",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var formula = new Option<string[]>("--formula")
        {
            Description = "Formulas of crystals whose structure is not known.", HelpName = "FORMULA", AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> model = ShippedModels.CreateOption("those that ship");
        var json = new Option<bool>("--json") { Description = "The same for programs: one JSON object a line." };
        var csv = new Option<string?>("--csv")
        {
            Description = "Write a table instead: one line a structure and target.", HelpName = "FILE",
        };
        command.Add(inputs);
        command.Add(formula);
        command.Add(model);
        command.Add(json);
        command.Add(csv);
        command.Validators.Add(result =>
        {
            if (result.GetValue(inputs) is null or [] && result.GetValue(formula) is null or [])
                result.AddError("Name CIF files or tables, or formulas by --formula.");
        });
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            string[] files = parsed.GetValue(inputs) ?? [], formulas = parsed.GetValue(formula) ?? [];
            PropertySuite suite = ShippedModels.Read(parsed.GetValue(model));
            List<PredictionInput> read =
                [.. PredictionInput.Read(files, context.Systems.Configuration.Defaults), .. formulas.Select(PredictionInput.OfFormula)];
            IReadOnlyList<SuiteAnswer>[] found =
                suite.Predict([.. read.Where(input => input.Crystal is not null).Select(input => input.Crystal!)]);
            int next = 0;
            List<PropertyAnswer> answers =
                [.. read.Select(input => new PropertyAnswer(input, input.Crystal is null ? [] : found[next++]))];
            if (parsed.GetValue(csv) is { } path)
                NamedOutput.Write(path, AnswerRow.Signature, stream => Csv.Write(stream, answers.SelectMany(answer => answer.Rows())));
            else if (parsed.GetValue(json))
                answers.ForEach(answer => Terminal.Out.WriteLine(answer.ToJson().ToJsonString(OneLine)));
            else
                answers.ForEach(answer => answer.Print(Terminal.Out));
            int refused = answers.Count(answer => answer.Input.Crystal is null);
            if (refused > 0)
                throw UserException.Unusable(FormattableString.Invariant($"{refused} of {answers.Count} crystals refused"));
        }));
        return command;
    }
}
