using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Prediction.Comparison;
using CrystalHpc.Generation.Prediction.Screening;
using CrystalHpc.Learning.Models;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate compare</c>.</summary>
internal static class CompareCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("compare", """
            Compares crystals, of any program, with true ones by the figures of CDVAE's benchmark: validity of structures and compositions,
            match rate and rms, distances of the distributions of densities and numbers of elements.

            Example:
              crystalhpc generate compare candidates perov5_test.csv.gz
            """);
        var given = new Argument<string>("GIVEN") { Description = "Table of structures (.csv, .csv.gz), CIF file, folder or archive." };
        var truth = new Argument<string>("TRUTH") {
            Description = "The same of true crystals; paired by their names, or by their places where there are as many." };
        var output = new Option<string?>("--out") { Description = "Write the figures as a metrics.json to this file.", HelpName = "FILE" };
        command.Add(given);
        command.Add(truth);
        command.Add(output);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            RunConfiguration defaults = context.Systems.Configuration.Defaults;
            string name = parsed.GetRequiredValue(truth);
            var comparison = SetComparison.Of(
                new CrystalSet(StructureSource.Read(parsed.GetRequiredValue(given), defaults)), new CrystalSet(StructureSource.Read(name,
                    defaults)));
            foreach (string line in comparison.Lines())
                Terminal.Out.WriteLine(line);
            if (parsed.GetValue(output) is { } file)
                new MetricsFile("generate", "", Path.GetFileName(name), comparison.Given, comparison.Metrics())
                    .Write(Path.GetFullPath(file));
        }));
        return command;
    }
}
