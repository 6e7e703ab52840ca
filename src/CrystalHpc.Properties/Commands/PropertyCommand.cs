using System.CommandLine;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Properties.Commands;

/// <summary><c>crystalhpc property</c>: from a structure to its properties.</summary>
internal static class PropertyCommand
{
    public static Command Create(CommandContext context) => new("property", """
        Properties of crystals from their structures, by a crystal graph network: energies, gap, moduli, optics, phonons.

        Examples:
          crystalhpc property train configs/moduli.json --run moduli
          crystalhpc property evaluate elastic.csv.gz --model moduli/model.safetensors --part test --out judged
          crystalhpc property predict my-cif-files --model moduli/model.safetensors
        """)
    {
        PredictCommand.Create(context), EvaluateCommand.Create(context), TrainCommand.Create(context), StudyCommand.Create(context),
    };

    /// <summary>The option that names a model.</summary>
    public static Option<string> ModelOption() =>
        new("--model") { Description = "Model file, model.safetensors of a training.", HelpName = "FILE", Required = true };
}
