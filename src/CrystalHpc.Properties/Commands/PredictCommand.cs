using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Prediction;

namespace CrystalHpc.Properties.Commands;

/// <summary><c>crystalhpc property predict</c>.</summary>
internal static class PredictCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("predict", """
            The properties of structures or formulas with their errors, and a warning where one is unlike any that the models have seen.

            Examples:
              crystalhpc property predict quartz.cif
              crystalhpc property predict --formula SrTiO3 MgO
              crystalhpc property predict my-cif-files --model moduli/model.safetensors --csv answers.csv
              mpirun -n 4 crystalhpc property predict /data/cod --model moduli/model.safetensors --run /scratch/cod
            """);
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "CIF files: files, folders, archives; other structure files, such as .extxyz; tables of structures or formulas "
                + "(.csv). With --run: CIF files, or a run whose configuration has the section 'graphs'.",
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
        var disorder = new Option<bool>("--average-disorder")
        {
            Description = "Elements that share a place are averaged by their occupancies, instead of refusing disordered structures.",
        };
        var run = new Option<string?>("--run")
        {
            Description = "For large corpora: ranks share the work, keep the graphs in this run directory, and write its predictions.csv.",
            HelpName = "DIR",
        };
        command.Add(inputs);
        command.Add(formula);
        command.Add(model);
        command.Add(json);
        command.Add(csv);
        command.Add(disorder);
        command.Add(run);
        context.Runner.AddOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(inputs) is null or [] && result.GetValue(formula) is null or [])
                result.AddError("Name CIF files or tables, or formulas by --formula.");
        });
        command.SetAction(parsed => parsed.GetValue(run) is { } directory ? context.Runner.Run(parsed, job =>
        {
            if (parsed.GetValue(json) || parsed.GetValue(csv) is not null || parsed.GetValue(formula) is { Length: > 0 })
                throw new UserException(
                    ExitCode.CommandLine, "--run writes predictions.csv there; it excludes --json, --csv and --formula");
            var corpus = new CorpusPrediction(job, context.Systems, ShippedModels.FilesOf(parsed.GetValue(model)));
            corpus.Run(parsed.GetRequiredValue(inputs), Path.GetFullPath(directory), parsed.GetValue(disorder));
            return ExitCode.Done;
        }) : context.Runner.RunAlone(() =>
        {
            string[] files = parsed.GetValue(inputs) ?? [], formulas = parsed.GetValue(formula) ?? [];
            PropertySuite suite = PropertySuite.Read(ShippedModels.FilesOf(parsed.GetValue(model)));
            GraphOptions graphs = suite.Graphs.Averaged(parsed.GetValue(disorder));
            List<PredictionInput> read =
            [
                .. PredictionInput.Read(files, context.Systems.Configuration.Defaults, graphs),
                .. formulas.Select(PredictionInput.OfFormula),
            ];
            IReadOnlyList<SuiteAnswer>[] found =
                suite.Predict([.. read.Where(input => input.Crystal is not null).Select(input => input.Crystal!)]);
            int next = 0;
            List<PropertyAnswer> answers =
                [.. read.Select(input => new PropertyAnswer(input, input.Crystal is null ? [] : found[next++]))];
            if (parsed.GetValue(csv) is { } path)
                NamedOutput.Write(path, AnswerRow.Signature, stream => Csv.Write(stream, answers.SelectMany(answer => answer.Rows())));
            else if (parsed.GetValue(json))
                answers.ForEach(answer => Terminal.Out.WriteLine(answer.ToJson().ToJsonString(JobSummary.OneLine)));
            else
                answers.ForEach(answer => answer.Print(Terminal.Out));
            int refused = answers.Count(answer => answer.Input.Crystal is null);
            if (refused > 0)
                throw UserException.Unusable(FormattableString.Invariant($"{refused} of {answers.Count} crystals refused"));
        }));
        return command;
    }
}
