using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Potentials.Training;

namespace CrystalHpc.Potentials.Commands;

/// <summary><c>crystalhpc potential train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("train", """
            Trains a potential on the structure files that a configuration names; stopped or killed, the same command goes on. The model is the same on any number of ranks.

            Examples:
              crystalhpc potential train configs/titania.json
              mpirun -n 4 crystalhpc potential train configs/titania.json --run my-titania
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            var options = PotentialOptions.Of(configuration);
            PotentialTraining.Run(job, configuration.RunDirectory, options);
            return ExitCode.Done;
        }));
        return command;
    }
}
