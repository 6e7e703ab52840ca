using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Lattices.Training;

namespace CrystalHpc.Lattices.Commands;

/// <summary><c>crystalhpc lattice train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("train", """
            Trains a model on the tables that a configuration names; stopped or killed, the same command goes on. The model is the same on any number of ranks.

            Examples:
              crystalhpc lattice train configs/lattice.json
              mpirun -n 4 crystalhpc lattice train configs/lattice.json --run my-lattices
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            LatticeOptions options = configuration.Find(LatticeOptions.Section)
                ?? throw UserException.Configuration("the configuration has no section 'lattice'");
            LatticeTraining.Run(job, configuration.RunDirectory, options);
            return ExitCode.Done;
        }));
        return command;
    }
}
