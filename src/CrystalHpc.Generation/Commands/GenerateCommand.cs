using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate</c>: new crystals from those that are known.</summary>
internal static class GenerateCommand
{
    public static Command Create(CommandContext context) => new("generate", """
        New cubic crystals from those that are known: crystals as voxels, an autoencoder that makes more of them, a network that reads
        them back.

        Examples:
          crystalhpc generate train configs/generate.json
          crystalhpc generate sample -n 50 --type ABX3 --out candidates
          crystalhpc generate sample -n 50 --like SrTiO3 --out around
          crystalhpc generate sample -n 10 --between CaTiO3 BaTiO3 --out path
        """)
    {
        SampleCommand.Create(context), JudgeCommand.Create(context), CompareCommand.Create(context), LibraryCommand.Create(context),
        EvaluateCommand.Create(context), TrainCommand.Create(context), OracleCommand.Create(context),
    };

    /// <summary>The option that names a model.</summary>
    public static Option<string?> ModelOption() =>
        new("--model") { Description = "Model file of a training; the one that ships when omitted.", HelpName = "FILE" };

    /// <summary>The option that sets the grid.</summary>
    public static Option<int> SizeOption()
    {
        var size = new Option<int>("--size") { Description = "Voxels along an edge: 16 or 32.", HelpName = "N",
        DefaultValueFactory = _ => 16 };
        size.AcceptOnlyFromAmong("16", "32");
        return size;
    }

    /// <summary>Says what of tables is used, and why the rest is not.</summary>
    public static void Tell(GenerationTable table)
    {
        string kinds = string.Join(", ", table.Samples.CountBy(sample => sample.Class).OrderBy(pair => pair.Key)
            .Select(pair => FormattableString.Invariant($"{pair.Value:N0} {pair.Key}")));
        Terminal.Error.WriteLine(FormattableString.Invariant(
            $"{table.Samples.Count:N0} crystals: {kinds}; {table.Others:N0} rows are of other kinds"));
        foreach (var code in table.Refused.CountBy(row => row.Finding.Code).OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
            Terminal.Error.WriteLine(FormattableString.Invariant($"{code.Value:N0} rows refused: {code.Key.Name}"));
    }
}
