using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Properties.Training;

namespace CrystalHpc.Properties.Commands;

/// <summary><c>crystalhpc property train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("train", """
            Trains a model on the tables that a configuration names; stopped or killed, the same command goes on. The model is the
            same on any number of ranks.

            Examples:
              crystalhpc property train configs/moduli.json
              mpirun -n 4 crystalhpc property train configs/moduli.json --run moduli
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            PropertyOptions options = configuration.Find(PropertyOptions.Section)
                ?? throw UserException.Configuration("the configuration has no section 'property'");
            PropertyTraining.Run(job, configuration.RunDirectory, options);
            return ExitCode.Done;
        }));
        return command;
    }
}
