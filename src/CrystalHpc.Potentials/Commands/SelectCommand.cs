using System.CommandLine;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential select</c>.</summary>
internal static class SelectCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("select", """
            Which structures are worth computing next: those farthest from what is known, atom by atom, or those on which the networks of a committee differ most.

            Examples:
              crystalhpc potential select candidates.extxyz --known training.extxyz --count 50 --csv next.csv
              crystalhpc potential select candidates.extxyz --by spread --count 50 --csv next.csv
            """);
        var inputs = new Argument<string[]>("INPUT") { Description = "Structure files, or folders of such, to choose from.",
            Arity = ArgumentArity.OneOrMore };
        var known = new Option<string[]>("--known") { Description = "Structures that are known already.", HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true };
        var by = new Option<string>("--by") { Description = "What is chosen by: distance or spread.", HelpName = "WHAT",
            DefaultValueFactory = _ => "distance" };
        by.AcceptOnlyFromAmong("distance", "spread");
        var count = new Option<int>("--count")
        {
            Description = "How many.", HelpName = "N", DefaultValueFactory = _ => 20, CustomParser = result =>
                NumberArgument.Parse(result, 1, 1_000_000) ?? 20,
        };
        var csv = new Option<string>("--csv") { Description = "Table of the structures chosen, the first most worth it.",
            HelpName = "FILE", Required = true };
        command.Add(inputs);
        command.Add(known);
        command.Add(by);
        command.Add(count);
        command.Add(csv);
        var model = new ModelOptions(command, hasLabels: false);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            (_, PotentialModel potential) = model.Read(parsed);
            FrameReaderOptions reader = model.Reader(parsed);
            Candidate[] candidates = [.. Read(parsed.GetRequiredValue(inputs), reader)],
                familiar = [.. Read(parsed.GetValue(known) ?? [], reader)];
            if (candidates.Length == 0)
                throw UserException.Unusable("there is no structure to choose from");
            bool isBySpread = parsed.GetValue(by) == "spread";
            if (isBySpread && potential.Members.Count == 1)
                throw UserException.Configuration("the model is a single network: only a committee has a spread");
            (Candidate, double)[] chosen = isBySpread ? BySpread(potential, candidates, parsed.GetValue(count))
                : ByDistance(potential, candidates, familiar, parsed.GetValue(count));
            NamedOutput.Write(parsed.GetRequiredValue(csv), SelectedRow.Signature, stream =>
                Csv.Write(stream, chosen.Select(entry => new SelectedRow(entry.Item1.Path, entry.Item1.Number, entry.Item2))));
            Terminal.Out.WriteLine(
                FormattableString.Invariant(
                $"{chosen.Length} of {candidates.Length} structures, the first with {chosen[0].Item2:0.####}, the last with {chosen[^1].Item2:0.####}"));
        }));
        return command;
    }

    private static (Candidate, double)[] ByDistance(PotentialModel model, Candidate[] candidates, Candidate[] familiar, int count)
    {
        var selection = new FrameSelection(model);
        foreach (Candidate candidate in candidates)
            Require(candidate, selection.Add(candidate.Frame));
        foreach (Candidate known in familiar)
            Require(known, selection.Know(known.Frame));
        return [.. selection.Choose(count).Select(entry => (candidates[entry.Number], entry.Distance))];
    }

    private static (Candidate, double)[] BySpread(PotentialModel model, Candidate[] candidates, int count)
    {
        var evaluator = new PotentialEvaluator(model);
        var scored = new List<(Candidate Candidate, double Spread)>();
        foreach (Candidate candidate in candidates)
        {
            PotentialPrediction? prediction = evaluator.Predict(candidate.Frame, forces: true, out string? problem);
            Require(candidate, problem);
            scored.Add((candidate, prediction!.ForceSpreads.Max()));
        }

        return [.. scored.OrderByDescending(entry => entry.Spread).Take(count)];
    }

    private static IEnumerable<Candidate> Read(IEnumerable<string> paths, FrameReaderOptions reader)
    {
        foreach (string path in paths.SelectMany(FrameData.Files))
        {
            foreach ((int number, FrameReading reading) in FrameData.Readings(path, reader))
                yield return new Candidate(path, number, reading.Frame
                    ?? throw UserException.Unusable(
                    FormattableString.Invariant($"{path}, structure {number}: {reading.Findings[^1].Message}")));
        }
    }

    private static void Require(Candidate candidate, string? problem)
    {
        if (problem is not null)
            throw UserException.Unusable(FormattableString.Invariant($"{candidate.Path}, structure {candidate.Number}: {problem}"));
    }

    private sealed record Candidate(string Path, int Number, AtomFrame Frame);
}
