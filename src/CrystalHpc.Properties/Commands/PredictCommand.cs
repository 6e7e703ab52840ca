using System.CommandLine;
using System.Text.Json;
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
    private static readonly JsonSerializerOptions OneLine = new(JobSummary.Json) { WriteIndented = false };

    public static Command Create(CommandContext context)
    {
        var command = new Command("predict", """
            The properties of structures with their errors, and a warning where a structure is unlike any that the model has seen.

            Examples:
              crystalhpc property predict quartz.cif --model moduli/model.safetensors
              crystalhpc property predict my-cif-files --model moduli/model.safetensors --csv answers.csv
              mpirun -n 4 crystalhpc property predict /data/cod --model moduli/model.safetensors --run /scratch/cod
            """);
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "CIF files: files, folders, archives; other structure files, such as .extxyz; tables (.csv). "
                + "With --run: CIF files, or a run whose configuration has the section 'graphs'.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> model = PropertyCommand.ModelOption();
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
        command.Add(model);
        command.Add(json);
        command.Add(csv);
        command.Add(disorder);
        command.Add(run);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => parsed.GetValue(run) is { } directory ? context.Runner.Run(parsed, job =>
        {
            if (parsed.GetValue(json) || parsed.GetValue(csv) is not null)
                throw new UserException(ExitCode.CommandLine, "--run writes predictions.csv there; it excludes --json and --csv");
            var corpus = new CorpusPrediction(job, context.Systems, parsed.GetRequiredValue(model));
            corpus.Run(parsed.GetRequiredValue(inputs), Path.GetFullPath(directory), parsed.GetValue(disorder));
            return ExitCode.Done;
        }) : context.Runner.RunAlone(() =>
        {
            PropertyModel known = PropertyModel.Read(parsed.GetRequiredValue(model));
            GraphOptions graphs = known.Shape.Graphs.Averaged(parsed.GetValue(disorder));
            List<PredictionInput> read =
                [.. PredictionInput.Read(parsed.GetRequiredValue(inputs), context.Systems.Configuration.Defaults, graphs)];
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
