using System.CommandLine;
using System.Globalization;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Models;
using CrystalHpc.Potentials.Data;
using CrystalHpc.Potentials.Model;
using CrystalHpc.Potentials.Prediction;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("evaluate", """
            How good a potential is on structures whose energies, and forces where there are any, are known: every structure of
            the data counts.

            Example:
              crystalhpc potential evaluate test.extxyz --model my-titania/model.safetensors --out judged
            """);
        var data = new Argument<string[]>("DATA")
        {
            Description = "Structure files with energies, or folders of such: .extxyz, .xsf, .data, packed (.gz) or not.",
                Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out") { Description = "Folder for metrics.json, predictions.csv and report.html.",
            HelpName = "DIR", Required = true };
        var part = new Option<SplitPart?>("--part") { Description =
            "Only structures of a part of the split: test, validation or training.", HelpName = "PART" };
        part.AcceptOnlyFromAmong([.. Enum.GetValues<SplitPart>().Select(SnakeCase.Of)]);
        command.Add(data);
        command.Add(output);
        command.Add(part);
        var model = new ModelOptions(command, hasLabels: true);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            string[] paths = parsed.GetRequiredValue(data);
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            (string path, PotentialModel potential) = model.Read(parsed);
            FrameData read = FrameData.Read(paths, model.Reader(parsed));
            var refused = new List<FrameFinding>(read.Refused);
            LabelledFrame[] rows = [.. read.Frames.Where(row => parsed.GetValue(part) is not { } chosen || row.Part == chosen)];
            JudgedFrame[] frames = JudgedFrame.Predict(potential, rows, refused);
            RefusedFrames.Tell(refused);
            if (frames.Length == 0)
                throw UserException.Unusable("no structure can be judged");
            string name = string.Join(", ", paths.Select(item => Path.GetFileName(item))) + (parsed.GetValue(part) is { } some
                ? $", {SnakeCase.Of(some)} part" : "");
            ModelJudgment judgment = PotentialJudge.Judge(name, potential, frames);
            Directory.CreateDirectory(folder);
            judgment.Write(folder, PotentialFile.System, PotentialFile.Digest(path));
            Print(judgment, refused.Count);
        }));
        return command;
    }

    private static void Print(ModelJudgment judgment, int refused)
    {
        Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{judgment.N} structures of {judgment.Data}; {refused} refused"));
        foreach ((string key, string title) in ((string, string)[])[
            ("energy.rmse_meV_per_atom", "energy, root mean square error, meV an atom"),
                ("energy.mae_meV_per_atom", "energy, mean absolute error, meV an atom"),
            ("forces.rmse_eV_per_A", "forces, root mean square error, eV/A"), ("forces.mae_eV_per_A", "forces, mean absolute error, eV/A"),
            ("stress.rmse_eV_per_A3", "stress, root mean square error, eV/A^3"), ("in_domain", "share within the range of the training")])
        {
            if (judgment.Metrics.TryGetValue(key, out double value))
                Terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {title,-48} {value,10:0.####}"));
        }
    }
}
