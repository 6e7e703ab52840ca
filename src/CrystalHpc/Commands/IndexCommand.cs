using System.CommandLine;
using CrystalHpc.Configuration;
using CrystalHpc.Jobs;
using CrystalHpc.Pipeline;
using CrystalHpc.Storage;

namespace CrystalHpc.Commands;

/// <summary><c>crystalhpc index</c>: the manifest of the corpus and its shards.</summary>
internal static class IndexCommand
{
    public static Command Create(JobRunner runner)
    {
        var command = new Command("index", """
            Lists the CIF files of the corpus with their digests and deals them into shards; makes the run directory.

            Example:
              crystalhpc index configs/cod.json --corpus /data/cod --run /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByConfiguration(command);
        var summary = new JobSummary(command);
        runner.AddOptions(command);
        command.SetAction(parsed => runner.Run(parsed, job =>
        {
            (RunConfiguration configuration, RunDirectory run) = selection.ReadConfiguration(job, parsed);
            RunRecord record = IndexStage.Run(job, configuration, run);
            return summary.Print(job, parsed, run, record, ExitCode.Done);
        }));
        return command;
    }
}
