using System.CommandLine;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Properties.Commands;

/// <summary><c>crystalhpc property</c>: from a structure to its properties.</summary>
internal static class PropertyCommand
{
    public static Command Create(CommandContext context) => new("property", """
        Properties of crystals from their structures, or their formulas alone, by graph networks: energies, gap, moduli, optics, phonons.

        Examples:
          crystalhpc property train configs/moduli.json --run moduli
          crystalhpc property evaluate elastic.csv.gz --model moduli/model.safetensors --part test --out judged
          crystalhpc property predict my-cif-files
          crystalhpc property predict --formula SrTiO3 MgO
        """)
    {
        PredictCommand.Create(context), EvaluateCommand.Create(context), TrainCommand.Create(context), StudyCommand.Create(context),
    };
}
