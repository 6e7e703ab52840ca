using System.CommandLine;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.Engine.Commands;

/// <summary><c>crystalhpc index</c>: the manifest of the corpus and its shards.</summary>
public static class IndexCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("index", """
            Lists the CIF files of the corpus with their digests and deals them into shards; makes the run directory.

            Example:
              crystalhpc index configs/cod.json --corpus /data/cod --run /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        var summary = new JobSummary(command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            using DirectoryLock held = DirectoryLock.Take(job, configuration.RunDirectory, command.Name);
            OpenRun open = IndexStage.Run(job, context.Systems, configuration);
            return summary.Print(job, parsed, open, ExitCode.Done);
        }));
        return command;
    }
}
