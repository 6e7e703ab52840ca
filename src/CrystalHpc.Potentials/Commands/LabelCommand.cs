using System.CommandLine;
using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.StructureFiles;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Model.Analytic;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential label</c>.</summary>
internal static class LabelCommand
{
    // Stands in the first line of facts of each file that it writes.
    private const string Mark = "labelled_by";

    public static Command Create(CommandContext context)
    {
        var command = new Command("label", $"""
            Writes structures with the energies, forces and stress that a potential gives them, as extended XYZ to train on:
            structures of files, or crystals that it draws.

            Analytic potentials: gupta (Cu, Pd, Ag), sutton_chen, lennard_jones.

            Examples:
              crystalhpc potential label --draw 1400 --elements Cu,Pd,Ag --model gupta --out cupdag.extxyz
              crystalhpc potential label samples/potential/titania.extxyz --model runs/titania/model.safetensors --out labelled.extxyz
            """);
        var inputs = new Argument<string[]>("INPUT") { Description = "Structure files, or folders of such; none with --draw.",
            Arity = ArgumentArity.ZeroOrMore };
        var model = new Option<string>("--model") { Description = "Name of an analytic potential, or a model file.", HelpName = "MODEL",
            Required = true };
        var output = new Option<string>("--out") { Description = "File to write.", HelpName = "FILE", Required = true };
        var draw = new Option<int>("--draw") { Description = "Draw so many crystals.", HelpName = "N", CustomParser = result
            => NumberArgument.Parse(result, 1, 10_000_000) ?? 1 };
        var elements = new Option<string?>("--elements") { Description = "Elements of crystals that are drawn, such as Cu,Pd,Ag.",
            HelpName = "LIST" };
        var seed = new Option<int>("--seed") { Description = "What they follow from.", HelpName = "N", DefaultValueFactory = _ => 1,
            CustomParser = result => NumberArgument.Parse(result, 0, int.MaxValue) ?? 1 };
        command.Add(inputs);
        command.Add(model);
        command.Add(output);
        command.Add(draw);
        command.Add(elements);
        command.Add(seed);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            string name = parsed.GetRequiredValue(model), file = Path.GetFullPath(parsed.GetRequiredValue(output));
            IEnergyModel oracle = AnalyticModels.Find(name) ?? new NeuralEnergyModel(Path.GetFileName(name), PotentialFile.Read(name));
            string[] paths = parsed.GetRequiredValue(inputs);
            int count = parsed.GetValue(draw);
            if (count > 0 == paths.Length > 0)
                throw UserException.Configuration("name structure files, or how many crystals to --draw, not both");
            IEnumerable<AtomFrame> frames = count > 0
                ? DrawnCrystals.Draw(ElementsOf(parsed.GetValue(elements), oracle), count, (ulong)parsed.GetValue(seed))
                : paths.SelectMany(FrameData.Files).SelectMany(Read);
            int written = 0;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            FrameOutput.Write(file, Mark, frames.Select(frame => (Labelled(frame, oracle, ++written),
                (IReadOnlyList<FrameProperty>)[new FrameProperty(Mark, oracle.Name)])));
            Terminal.Out.WriteLine(FormattableString.Invariant($"{file}: {written} structures, labelled by {oracle.Name}"));
        }));
        return command;
    }

    private static AtomFrame Labelled(AtomFrame frame, IEnergyModel oracle, int number)
    {
        AtomicEnergy labels = oracle.Compute(frame, out string? problem)
            ?? throw UserException.Unusable(FormattableString.Invariant($"structure {number}: {problem}"));
        return frame with
        {
            EnergyElectronVolt = labels.EnergyElectronVolt,
            ForcesElectronVoltPerAngstrom = labels.ForcesElectronVoltPerAngstrom,
            StressElectronVoltPerCubicAngstrom = labels.StressOf(frame),
        };
    }

    private static Element[] ElementsOf(string? list, IEnergyModel oracle)
    {
        var elements = new List<Element>();
        foreach (string symbol in (list ?? throw UserException.Configuration("--draw needs --elements"))
            .Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Element.TryParse(symbol, out Element element) || !oracle.Knows(element))
                throw UserException.Configuration($"{symbol} is no element that {oracle.Name} knows");
            elements.Add(element);
        }

        return [.. elements.Distinct().Order()];
    }

    private static IEnumerable<AtomFrame> Read(string path) => FrameData.Readings(path, FrameReaderOptions.Default)
        .Select(entry => entry.Reading.Frame ?? throw UserException.Unusable(string.Create(CultureInfo.InvariantCulture,
            $"{path}, structure {entry.Number}: "
            + $"{entry.Reading.Findings.Last(finding => finding.Code.Severity == FindingSeverity.Error).Message}")));
}
