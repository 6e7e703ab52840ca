using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Lattices.Training;

namespace CrystalHpc.Lattices.Commands;

/// <summary><c>crystalhpc lattice train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context) => TrainVerb.Create(
        context,
        """
        Trains a model on the tables that a configuration names; stopped or killed, the same command goes on. The model is the
        same on any number of ranks.

        Examples:
          crystalhpc lattice train configs/lattice.json
          mpirun -n 4 crystalhpc lattice train configs/lattice.json --run my-lattices
        """,
        configuration => configuration.Require(LatticeOptions.Section),
        LatticeTraining.Run);
}
