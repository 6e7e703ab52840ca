using System.CommandLine;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.Engine.Commands;

/// <summary><c>crystalhpc merge</c>: the merged tables of a run.</summary>
public static class MergeCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("merge", """
            Joins the tables of all shards; names the shards that are missing, stale or damaged.

            With --with it joins the tables of further runs, too, which must have been made with the same settings and formats of
            tables, and hold other files.

            Examples:
              crystalhpc merge /scratch/cod-run
              crystalhpc merge /scratch/cod-2026 --with /scratch/cod-2025 /scratch/our-own
            """);
        RunSelection selection = RunSelection.ByRun(context, command, readsCorpus: false);
        var others = new Option<string[]>("--with") { Description = "Further runs to merge with this one.", HelpName = "RUN",
            AllowMultipleArgumentsPerToken = true };
        command.Add(others);
        var summary = new JobSummary(command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            using DirectoryLock held = selection.Lock(job, parsed);
            OpenRun open = selection.TakeUp(job, parsed);
            MergeReport report = MergeStage.Run(job, context.Systems, open, parsed.GetValue(others) ?? []);
            return summary.Print(job, parsed, open, FailureLimit.Check(job, open, report.Counts));
        }));
        return command;
    }
}
