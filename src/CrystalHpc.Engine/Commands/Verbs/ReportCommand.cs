using System.CommandLine;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Systems;

namespace CrystalHpc.Engine.Commands;

/// <summary><c>crystalhpc report</c>: one page about a run, also the last stage of <c>crystalhpc run</c>.</summary>
public static class ReportCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("report", """
            Writes RUN/report.html: what became of every file, and what was made of it. One file that opens anywhere.

            Example:
              crystalhpc report /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByRun(context, command, readsCorpus: false);
        foreach (ISystem system in context.Systems.Systems)
            system.Report.AddOptions(command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            using DirectoryLock held = selection.Lock(job, parsed);
            ReportStage.Run(job, context.Systems, selection.TakeUp(job, parsed), parsed);
            return ExitCode.Done;
        }));
        return command;
    }
}
