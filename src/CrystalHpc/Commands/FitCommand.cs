using System.CommandLine;
using CrystalHpc.Configuration;
using CrystalHpc.Core.BondValence;
using CrystalHpc.Jobs;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc fit</c>: the parameter table of a merged run.</summary>
internal static class FitCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("fit", """
            Fits bond-valence parameters to the merged equations and prints the best determined ones.

            Example:
              mpirun -n 4 crystalhpc fit /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByRun(command, readsCorpus: false);
        var summary = new JobSummary(command);
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (RunConfiguration configuration, RunDirectory run, RunRecord record) = selection.ReadRun(job, parsed);
            FitResult fit = FitStage.Run(job, configuration, run, record);
            if (!summary.IsWanted(parsed))
                ParameterSummary.Print(job, run, fit);
            return summary.Print(job, parsed, run, record, ExitCode.Done);
        }));
        return command;
    }
}
