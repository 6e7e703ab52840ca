using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Terminals;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Prediction;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate</c>: new crystals from those that are known.</summary>
internal static class GenerateCommand
{
    /// <summary>The verb.</summary>
    /// <param name="context">What verbs need.</param>
    /// <param name="open">Opens a model by its path, or the one that ships; null: there is none, and verbs that need one are left out.</param>
    public static Command Create(CommandContext context, Func<string?, KnownModel>? open = null)
    {
        var command = new Command("generate", """
            New cubic crystals from those that are known: crystals as voxels, an autoencoder that makes more of them, a network that
            reads them back.
            """);
        if (open is not null)
        {
            command.Add(SampleCommand.Create(context, open));
            command.Add(EvaluateCommand.Create(context, open));
        }

        command.Add(TrainCommand.Create(context));
        command.Add(OracleCommand.Create(context));
        return command;
    }

    /// <summary>The option that names a model.</summary>
    public static Option<string?> ModelOption() =>
        new("--model") { Description = "Model file of a training; the one that ships when omitted.", HelpName = "FILE" };

    /// <summary>The option that sets the grid.</summary>
    public static Option<int> SizeOption()
    {
        var size = new Option<int>("--size") { Description = "Voxels along an edge: 16 or 32.", HelpName = "N", DefaultValueFactory = _ => 16 };
        size.AcceptOnlyFromAmong("16", "32");
        return size;
    }

    /// <summary>Says what of tables is used, and why the rest is not.</summary>
    public static void Tell(GenerationTable table)
    {
        string kinds = string.Join(", ", table.Samples.CountBy(sample => sample.Class).OrderBy(pair => pair.Key)
            .Select(pair => FormattableString.Invariant($"{pair.Value:N0} {pair.Key}")));
        Terminal.Error.WriteLine(FormattableString.Invariant($"{table.Samples.Count:N0} crystals: {kinds}; {table.Others:N0} rows are of other kinds"));
        foreach (var code in table.Refused.CountBy(row => row.Finding.Code).OrderBy(pair => pair.Key.Name, StringComparer.Ordinal))
            Terminal.Error.WriteLine(FormattableString.Invariant($"{code.Value:N0} rows refused: {code.Key.Name}"));
    }
}
