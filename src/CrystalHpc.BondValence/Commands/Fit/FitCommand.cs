using System.CommandLine;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.BondValence.Commands;

/// <summary><c>crystalhpc fit</c>: the parameter table of a merged run.</summary>
internal static class FitCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("fit", """
            Fits bond-valence parameters to the merged equations and prints the best determined ones.

            Example:
              mpirun -n 4 crystalhpc fit /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByRun(context, command, readsCorpus: false);
        var summary = new JobSummary(command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            using DirectoryLock held = selection.Lock(job, parsed);
            OpenRun open = selection.TakeUp(job, parsed);
            FitStage.RunAnew(job, open, isForPeople: !summary.IsWanted(parsed));
            return summary.Print(job, parsed, open, ExitCode.Done);
        }));
        return command;
    }
}
