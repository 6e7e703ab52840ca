using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Lattices.Prediction;

namespace CrystalHpc.Lattices.Commands;

/// <summary><c>crystalhpc lattice predict</c>.</summary>
internal static class PredictCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("predict", """
            The most probable crystal systems, Bravais lattices and space groups of formulas, and the known compounds that say so.

            Examples:
              crystalhpc lattice predict SrTiO3 'Ca(OH)2' --top 3
              crystalhpc lattice predict formulas.csv --csv answers.csv
            """);
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "Formulas, tables with a column 'formula' (.csv, .csv.gz), or CIF files: files, folders, archives.",
                Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> model = ModelOption.Create();
        var top = new Option<int>("--top")
        {
            Description = "How many classes and known compounds are shown.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
            CustomParser = result => NumberArgument.Parse(result, 1, 230) ?? 3,
        };
        var json = new Option<bool>("--json") { Description = "The same for programs: one JSON object a line." };
        var csv = new Option<string?>("--csv") { Description = "Write a table instead: one line a formula.", HelpName = "FILE" };
        command.Add(inputs);
        command.Add(model);
        command.Add(top);
        command.Add(json);
        command.Add(csv);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            List<PredictionInput> read = PredictionInput.Read(parsed.GetRequiredValue(inputs), context.Systems.Configuration.Defaults);
            LatticeModel known = ModelOption.Read(parsed.GetValue(model));
            LatticePrediction[] predictions = new LatticePredictor(known)
                .Predict([.. read.Where(input => input.Composition is not null).Select(input => input.Composition!)]);
            int next = 0;
            var answers = read.Select(input => new LatticeAnswer(input, input.Composition is null ? null : predictions[next++], known))
                .ToList();
            if (parsed.GetValue(csv) is { } path)
                NamedOutput.Write(path, AnswerRow.Signature, stream => Csv.Write(stream, answers.Select(AnswerRow.Of)));
            else if (parsed.GetValue(json))
                answers.ForEach(answer => Terminal.Out.WriteLine(answer.ToJson(parsed.GetValue(top)).ToJsonString(JobSummary.OneLine)));
            else
                answers.ForEach(answer => answer.Print(Terminal.Out, parsed.GetValue(top)));
            int refused = answers.Count(answer => answer.Prediction is null);
            if (refused > 0)
                throw UserException.Unusable(FormattableString.Invariant($"{refused} of {answers.Count} formulas refused"));
        }));
        return command;
    }
}
