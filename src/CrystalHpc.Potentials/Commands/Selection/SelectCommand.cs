using System.CommandLine;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Potentials.Commands.Selection;

/// <summary><c>crystalhpc potential select</c>.</summary>
internal static class SelectCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("select", """
            Which structures are worth computing next: those farthest from what is known, atom by atom, or those on which the networks of a
            committee differ most.

            Examples:
              crystalhpc potential select candidates.extxyz --known training.extxyz --count 50 --csv next.csv
              crystalhpc potential select candidates.extxyz --by spread --count 50 --csv next.csv --xyz next.extxyz
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
        var csv = new Option<string?>("--csv") { Description = "Write a table of the structures chosen, the first most worth it.",
            HelpName = "FILE" };
        var xyz = new Option<string?>("--xyz") { Description = "Write the structures themselves, in the same order, as extended XYZ.",
            HelpName = "FILE" };
        command.Add(inputs);
        command.Add(known);
        command.Add(by);
        command.Add(count);
        command.Add(csv);
        command.Add(xyz);
        command.Validators.Add(result =>
        {
            if (result.GetValue(csv) is null && result.GetValue(xyz) is null)
                result.AddError("--csv or --xyz must say where the structures go");
            if (result.GetValue(xyz) is { } path && !SelectedStructures.IsName(path))
                result.AddError($"--xyz writes extended XYZ, which the name {path} does not tell: .extxyz or .xyz");
        });
        var model = new ModelOptions(command, hasLabels: false);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            (_, PotentialModel potential) = model.Read(parsed);
            FrameReaderOptions reader = model.Reader(parsed);
            var refused = new List<FrameFinding>();
            Candidate[] candidates = [.. Read(parsed.GetRequiredValue(inputs), reader, potential, refused)],
                familiar = [.. Read(parsed.GetValue(known) ?? [], reader, potential, refused)];
            RefusedFrames.Tell(refused);
            if (candidates.Length == 0)
                throw UserException.Unusable("there is no structure to choose from");
            bool isBySpread = parsed.GetValue(by) == "spread";
            if (isBySpread && potential.Members.Count == 1)
                throw UserException.Configuration("the model is a single network: only a committee has a spread");
            (Candidate Item, double Score)[] chosen = isBySpread ? BySpread(potential, candidates, parsed.GetValue(count))
                : ByDistance(potential, candidates, familiar, parsed.GetValue(count));
            SelectedRow[] rows = [.. chosen.Select(entry => new SelectedRow(entry.Item.Path, entry.Item.Number, entry.Score))];
            if (parsed.GetValue(csv) is { } table)
                NamedOutput.Write(table, SelectedRow.Signature, stream => Csv.Write(stream, rows));
            if (parsed.GetValue(xyz) is { } file)
                SelectedStructures.Write(file, [.. chosen.Select(entry => entry.Item.Frame)], rows);
            string scores = FormattableString.Invariant($"the first with {rows[0].Score:0.####}, the last with {rows[^1].Score:0.####}");
            Terminal.Out.WriteLine(
                FormattableString.Invariant($"{rows.Length} of {candidates.Length} structures, {scores}; {refused.Count} refused"));
        }));
        return command;
    }

    private static (Candidate, double)[] ByDistance(PotentialModel model, Candidate[] candidates, Candidate[] familiar, int count)
    {
        var selection = new FrameSelection(model);
        foreach (Candidate candidate in candidates)
            selection.Add(candidate.Frame);
        foreach (Candidate known in familiar)
            selection.Know(known.Frame);
        return [.. selection.Choose(count).Select(entry => (candidates[entry.Number], entry.Distance))];
    }

    private static (Candidate, double)[] BySpread(PotentialModel model, Candidate[] candidates, int count)
    {
        var evaluator = new PotentialEvaluator(model);
        return [.. candidates.Select(candidate => (candidate, evaluator.Predict(candidate.Frame, forces: true, out _)!.ForceSpreads.Max()))
            .OrderByDescending(entry => entry.Item2).Take(count)];
    }

    // Structures that can be read and that the model can compute.
    private static IEnumerable<Candidate> Read(
        IEnumerable<string> paths, FrameReaderOptions reader, PotentialModel model, List<FrameFinding> refused)
    {
        foreach (string path in paths.SelectMany(FrameData.Files))
        {
            foreach ((int number, FrameReading reading) in FrameData.Readings(path, reader))
            {
                if (reading.Frame is null)
                    refused.Add(RefusedFrames.Of(path, number, reading));
                else if (AtomSurroundings.TryCreate(reading.Frame, model.Set, out string? problem) is null)
                    refused.Add(new FrameFinding(path, number, new Finding(PotentialFindings.Structure, reading.Line, 0, problem!)));
                else
                    yield return new Candidate(path, number, reading.Frame);
            }
        }
    }

    private sealed record Candidate(string Path, int Number, AtomFrame Frame);
}
