using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction;
using CrystalHpc.Generation.Prediction.Judgment;
using CrystalHpc.Generation.Prediction.Sampling;
using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private const int Bases = 12;
    private const double Variance = 0.5;

    public static Command Create(CommandContext context)
    {
        var command = new Command("evaluate", """
            How good a model is: known crystals read from their voxels, and through the autoencoder and back; the share of draws that are
            sound crystals.

            Example:
              crystalhpc generate evaluate perov5.csv.gz heusler.csv.gz --part test --out judged
            """);
        var tables = new Argument<string[]>("TABLE")
        {
            Description = "Tables of structures (.csv, .csv.gz), as in docs/generate.md.", Arity = ArgumentArity.OneOrMore,
        };
        var part = new Option<SplitPart?>("--part")
        {
            Description = "Only the rows of a part of the split by formula: test, validation or training.", HelpName = "PART",
        };
        part.AcceptOnlyFromAmong([.. Enum.GetValues<SplitPart>().Select(SnakeCase.Of)]);
        var draws = new Option<int>("--draws") { Description = "Draws whose soundness is counted.", HelpName = "N",
        DefaultValueFactory = _ => 500 };
        var output = new Option<string>("--out")
        {
            Description = "Folder for metrics.json, predictions.csv and report.html.", HelpName = "DIR", Required = true,
        };
        Option<string?> model = GenerateCommand.ModelOption();
        command.Add(tables);
        foreach (Option option in new Option[] { model, part, draws, output })
            command.Add(option);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            string[] paths = parsed.GetRequiredValue(tables);
            GenerationTable table = GenerationTable.Read(paths);
            GenerateCommand.Tell(table);
            KnownModel known = KnownModel.Open(parsed.GetValue(model));
            GenerationSample[] samples = [.. table.Samples
                .Where(sample => parsed.GetValue(part) is not { } chosen || sample.Part == chosen)
                .Where(sample => sample.Cell.Elements.All(element => known.Model.Species.PlaceOf(
                    element.AtomicNumber) != SpeciesList.None))];
            if (samples.Length == 0)
                throw UserException.Unusable("no row can be judged");
            var judge = new ModelJudge(known.Model);
            JudgedCrystals read = Print("read from true voxels", judge.Judge(samples, throughAutoencoder: false));
            JudgedCrystals made = Print("through the autoencoder and back", judge.Judge(samples, throughAutoencoder: true));
            foreach (string line in EvaluationPage.Others)
                Terminal.Out.WriteLine(line);
            Dictionary<string, double> sampling = Sample(known.Model, samples, parsed.GetValue(draws));
            foreach ((string name, double value) in sampling)
                Terminal.Out.WriteLine(FormattableString.Invariant($"{name} {value:F3}"));
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            Directory.CreateDirectory(folder);
            string data = string.Join(", ", paths.Select(Path.GetFileName))
                + (parsed.GetValue(part) is { } some ? $", {SnakeCase.Of(some)} part" : "");
            EvaluationPage.Of(data, known.Model, read, made, sampling).Write(folder, "generate", known.Digest);
        }));
        return command;
    }

    private static JudgedCrystals Print(string title, JudgedCrystals judged)
    {
        Terminal.Out.WriteLine(title);
        foreach (string line in judged.Lines())
            Terminal.Out.WriteLine($"  {line}");
        return judged;
    }

    // Valid and different draws, at random and around a few of the crystals.
    private static Dictionary<string, double> Sample(IVoxelModel model, GenerationSample[] samples, int draws)
    {
        LatentBase[] bases = [.. Enumerable.Range(0, Math.Min(Bases, samples.Length))
            .Select(i => samples[i * samples.Length / Math.Min(Bases, samples.Length)])
            .Select(sample => LatentBase.Of(model, sample.Key, sample.Cell, model.Deciles.ConditionOf(sample)))];
        var wish = new SamplingWish(draws, 1, null, null, new HashSet<Core.Elements.Element>(), new HashSet<Core.Elements.Element>(),
            draws);
        var sampler = new Sampler(model);
        SamplingResult random = sampler.Draw(LatentSource.Random(model.LatentSize), wish),
            around = sampler.Draw(LatentSource.Around(bases, Variance), wish);
        return new()
        {
            ["random.valid"] = random.ValidShare, ["random.unique"] = (double)random.Candidates.Count / Math.Max(1, random.Attempts),
            ["around.valid"] = around.ValidShare, ["around.unique"] = (double)around.Candidates.Count / Math.Max(1, around.Attempts),
        };
    }
}
