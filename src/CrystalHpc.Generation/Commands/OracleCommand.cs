using System.CommandLine;
using System.Diagnostics;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Decoding;
using CrystalHpc.Generation.Prediction.Judgment;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate oracle</c>.</summary>
internal static class OracleCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("oracle", """
            How many crystals of tables are read back from their own voxels, by kind: the best that any network could reach, by the matched
            filter and by the maxima of the density.

            Example:
              crystalhpc generate oracle perov5.csv.gz heusler.csv.gz mp20_biternary.csv.gz
            """);
        var tables = new Argument<string[]>("TABLE")
        {
            Description = "Tables of structures (.csv, .csv.gz), as in docs/generate.md.", Arity = ArgumentArity.OneOrMore,
        };
        Option<int> size = GenerateCommand.SizeOption();
        command.Add(tables);
        command.Add(size);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            GenerationTable table = GenerationTable.Read(parsed.GetRequiredValue(tables));
            GenerateCommand.Tell(table);
            var study = new OracleStudy(table.Samples, new VoxelGrid(parsed.GetValue(size)));
            (string Title, DecoderOptions Options)[] decoders =
            [
                ("matched filter and refinement", new()), ("matched filter alone", new() { RefinementSteps = 0 }),
                ("maxima of the density", DecoderOptions.OfDensity),
            ];
            foreach ((string title, DecoderOptions options) in decoders)
            {
                long start = Stopwatch.GetTimestamp();
                CellComparison[] comparisons = study.Run(options);
                double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / comparisons.Length;
                Terminal.Out.WriteLine(FormattableString.Invariant($"{title} ({milliseconds:F2} ms a cell)"));
                foreach (string line in study.Lines(comparisons))
                    Terminal.Out.WriteLine($"  {line}");
            }
        }));
        return command;
    }
}
