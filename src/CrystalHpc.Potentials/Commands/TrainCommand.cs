using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context) => TrainVerb.Create(
        context,
        """
        Trains a potential on the structure files that a configuration names; stopped or killed, the same command goes on. The
        model is the same on any number of ranks.

        Examples:
          crystalhpc potential train configs/titania.json
          mpirun -n 4 crystalhpc potential train configs/titania.json --run my-titania
        """,
        PotentialOptions.Of,
        PotentialTraining.Run);
}
