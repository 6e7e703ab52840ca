using System.CommandLine;
using CrystalHpc.Engine.Commands;

namespace CrystalHpc.Lattices.Commands;

/// <summary><c>crystalhpc lattice</c>: from a formula to its lattice.</summary>
internal static class LatticeCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("lattice", """
            Crystal system, Bravais lattice and space group of a formula, by a network with a memory of known compounds.

            Examples:
              crystalhpc lattice predict SrTiO3 'Ca(OH)2' --top 3
              crystalhpc lattice train configs/lattice.json --run my-lattices
              crystalhpc lattice evaluate my-compounds.csv --out judged
            """)
        {
            PredictCommand.Create(context), EvaluateCommand.Create(context), TrainCommand.Create(context), StudyCommand.Create(context),
        };
        return command;
    }
}
