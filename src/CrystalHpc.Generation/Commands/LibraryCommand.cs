using System.CommandLine;
using CrystalHpc.Core.Symmetry;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction.Screening;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate library</c>.</summary>
internal static class LibraryCommand
{
    private static readonly SymmetryTolerance Tolerance = new(0.1);

    public static Command Create(CommandContext context)
    {
        var command = new Command("library", """
            Makes the library of known cubic crystals that 'generate sample' looks its candidates up in and draws around: those of tables of
            structures, whatever part of the split they are in.

            Example:
              crystalhpc generate library perov5.csv.gz heusler.csv.gz mp20_biternary.csv.gz --out known.csv.gz
            """);
        var tables = new Argument<string[]>("TABLE")
        {
            Description = "Tables of structures (.csv, .csv.gz), as in docs/generate.md.", Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--out") { Description = "The library, .csv.gz.", HelpName = "FILE", Required = true };
        command.Add(tables);
        command.Add(output);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            GenerationTable table = GenerationTable.Read(parsed.GetRequiredValue(tables));
            GenerateCommand.Tell(table);
            var crystals = new ReferenceCrystal[table.Samples.Count];
            global::System.Threading.Tasks.Parallel.For(0, crystals.Length, i => crystals[i] = ReferenceCrystal.Of(
                table.Samples[i], new SymmetryFinder().Find(table.Samples[i].Cell.ToAtomicCell(), Tolerance)?.Number ?? 1));
            string path = Path.GetFullPath(parsed.GetRequiredValue(output));
            // Of a formula the crystal of least energy comes first, which is what a formula stands for; energies of different sources do
            // not mix.
            int[] order = [.. Enumerable.Range(0, crystals.Length).OrderBy(i => crystals[i].Kind)
                .ThenBy(i => crystals[i].Key, StringComparer.Ordinal)
                .ThenBy(i => double.IsNaN(table.Samples[i].EnergyPerAtom) ? double.PositiveInfinity : table.Samples[i].EnergyPerAtom)
                .ThenBy(i => crystals[i].EdgeAngstrom).ThenBy(i => crystals[i].Id, StringComparer.Ordinal)];
            new ReferenceLibrary([.. order.Select(i => crystals[i])]).Write(path);
            Terminal.Out.WriteLine(FormattableString.Invariant(
                $"{crystals.Length:N0} crystals in {path}, {new FileInfo(path).Length:N0} bytes"));
        }));
        return command;
    }
}
