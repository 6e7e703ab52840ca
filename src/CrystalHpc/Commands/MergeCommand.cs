using System.CommandLine;
using CrystalHpc.Configuration;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc merge</c>: the merged tables of a run.</summary>
internal static class MergeCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("merge", """
            Joins the tables of all shards; names the shards that are missing, stale or damaged.

            With --with it joins the tables of further runs, too, which must have been made by the same version with the same settings and hold other files.

            Examples:
              crystalhpc merge /scratch/cod-run
              crystalhpc merge /scratch/cod-2026 --with /scratch/cod-2025 /scratch/our-own
            """);
        RunSelection selection = RunSelection.ByRun(command, readsCorpus: false);
        var others = new Option<string[]>("--with") { Description = "Further runs to merge with this one.", HelpName = "RUN", AllowMultipleArgumentsPerToken = true };
        command.Add(others);
        var summary = new JobSummary(command);
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (RunConfiguration configuration, RunDirectory run, RunRecord record) = selection.ReadRun(job, parsed);
            MergeReport report = MergeStage.Run(job, configuration, run, record, parsed.GetValue(others) ?? []);
            return summary.Print(job, parsed, run, record, FailureLimit.Check(job, configuration, report.Counts));
        }));
        return command;
    }
}
