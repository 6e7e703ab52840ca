using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Generation.Training;

namespace CrystalHpc.Generation.Commands;

/// <summary><c>crystalhpc generate train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("train", """
            Trains a generator on the tables that a configuration names: the U-net that reads voxels, the autoencoder that makes them, and
            a copy of the U-net tuned to what the autoencoder makes. Stopped or killed, the same command goes on. The model is the same on
            any number of ranks.

            Examples:
              crystalhpc generate train configs/generate.json
              mpirun -n 2 crystalhpc generate train configs/generate.json --run generator
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            GenerationOptions options = configuration.Find(GenerationOptions.Section)
                ?? throw UserException.Configuration("the configuration has no section 'generate'");
            GenerationTraining.Run(job, configuration.RunDirectory, options);
            return ExitCode.Done;
        }));
        return command;
    }
}
