using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Properties.Training;

namespace CrystalHpc.Properties.Commands;

/// <summary><c>crystalhpc property train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context) => TrainVerb.Create(
        context,
        """
        Trains a model on the tables that a configuration names; stopped or killed, the same command goes on. The model is the
        same on any number of ranks.

        Examples:
          crystalhpc property train configs/moduli.json
          mpirun -n 4 crystalhpc property train configs/moduli.json --run moduli
        """,
        configuration => configuration.Require(PropertyOptions.Section),
        PropertyTraining.Run);
}
