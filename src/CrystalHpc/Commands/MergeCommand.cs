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

            Example:
              crystalhpc merge /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByRun(command, readsCorpus: false);
        var summary = new JobSummary(command);
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (RunConfiguration configuration, RunDirectory run, RunRecord record) = selection.ReadRun(job, parsed);
            MergeReport report = MergeStage.Run(job, configuration, run, record);
            return summary.Print(job, parsed, run, record, FailureLimit.Check(job, configuration, report.Counts));
        }));
        return command;
    }
}
