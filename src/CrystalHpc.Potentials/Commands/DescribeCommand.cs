using System.CommandLine;
using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model.Descriptors;
using CrystalHpc.Potentials.Model.N2p2;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential describe</c>.</summary>
internal static class DescribeCommand
{
    private const string Signature = "input,structure,atom,element,G1";

    public static Command Create(CommandContext context)
    {
        var command = new Command("describe", """
            Symmetry functions of the atoms of structures: a table with a line for each atom, as they enter a potential before
            they are scaled.

            Examples:
              crystalhpc potential describe frames.extxyz --functions artrith_urban --csv functions.csv
              crystalhpc potential describe frames.extxyz --input-nn input.nn --csv functions.csv
            """);
        var inputs = new Argument<string[]>("INPUT") { Description = "Structure files, or folders of such.",
            Arity = ArgumentArity.OneOrMore };
        var functions = new Option<string>("--functions") { Description = "Set of functions.", HelpName = "NAME",
            DefaultValueFactory = _ => NamedSets.Names[0] };
        functions.AcceptOnlyFromAmong([.. NamedSets.Names]);
        var inputNn = new Option<string?>("--input-nn") { Description = "Functions of an input.nn of n2p2 instead.", HelpName = "FILE" };
        var csv = new Option<string>("--csv") { Description = "The table.", HelpName = "FILE", Required = true };
        command.Add(inputs);
        command.Add(functions);
        command.Add(inputNn);
        command.Add(csv);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            var frames = new List<(string Path, int Number, AtomFrame Frame)>();
            foreach (string path in parsed.GetRequiredValue(inputs).SelectMany(FrameData.Files))
            {
                foreach ((int number, FrameReading reading) in FrameData.Readings(path, FrameReaderOptions.Default))
                    frames.Add((path, number, reading.Frame
                        ?? throw UserException.Unusable(
                        FormattableString.Invariant($"{path}, structure {number}: {reading.Findings[^1].Message}"))));
            }

            Element[] elements = [.. frames.SelectMany(entry => entry.Frame.Species).Distinct().Order()];
            FunctionSet set = parsed.GetValue(inputNn) is { } input ? N2p2Settings.Read(input, null).Set
                : NamedSets.Create(parsed.GetRequiredValue(functions), elements);
            NamedOutput.Write(parsed.GetRequiredValue(csv), Signature, stream => Write(stream, set, frames));
            for (int i = 0; i < set.Elements.Count; i++)
                Terminal.Out.WriteLine(
                    FormattableString.Invariant(
                    $"{set.Elements[i]}: {set.FunctionsOf(i).Count} functions, {set.FunctionsOf(i)[0]} to {set.FunctionsOf(i)[^1]}"));
        }));
        return command;
    }

    private static void Write(Stream stream, FunctionSet set, List<(string Path, int Number, AtomFrame Frame)> frames)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        int most = Enumerable.Range(0, set.Elements.Count).Max(element => set.FunctionsOf(element).Count);
        writer.WriteLine($"input,structure,atom,element,"
            + $"{string.Join(',', Enumerable.Range(1, most).Select(f => FormattableString.Invariant($"G{f}")))}");
        var kernel = new DescriptorKernel(set);
        foreach ((string path, int number, AtomFrame frame) in frames)
        {
            AtomSurroundings surroundings = AtomSurroundings.TryCreate(frame, set, out string? problem)
                ?? throw UserException.Unusable(FormattableString.Invariant($"{path}, structure {number}: {problem}"));
            string name = path.Contains(',', StringComparison.Ordinal) || path.Contains('"', StringComparison.Ordinal)
                ? $"\"{path.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : path;
            foreach (AtomNeighborhood near in surroundings.Neighborhoods())
            {
                kernel.Evaluate(near, derivatives: false);
                string[] values = [.. kernel.Plan.Places.Select(place => kernel.Values[place].ToString("R", CultureInfo.InvariantCulture))];
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name},{number},{near.Center},{frame.Species[near.Center]},{string.Join(',', values)}"
                    + $"{new string(',', most - values.Length)}"));
            }
        }
    }
}
