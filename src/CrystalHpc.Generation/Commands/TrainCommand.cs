using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Learning.Runs;
using CrystalHpc.Generation.Training;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context) => TrainVerb.Create(
        context,
        """
        Trains a generator on the tables that a configuration names: the U-net that reads voxels, the autoencoder that makes them, and
        a copy of the U-net tuned to what the autoencoder makes. Stopped or killed, the same command goes on. The model is the same on
        any number of ranks.

        Examples:
          crystalhpc generate train configs/generate.json
          mpirun -n 2 crystalhpc generate train configs/generate.json --run generator
        """,
        configuration => configuration.Require(GenerationOptions.Section),
        GenerationTraining.Run);
}
