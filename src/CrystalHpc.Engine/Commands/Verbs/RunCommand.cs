using System.CommandLine;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;

namespace CrystalHpc.Engine.Commands;

/// <summary>
/// <c>crystalhpc run</c>: the whole job, from CIF files through the stages of every system that the configuration asks for to the report.
/// </summary>
public static class RunCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("run", $"""
            The whole job: {string.Join(", ", EngineVerbs.WayOf(context.Systems))}. Started again, it continues where it stopped.

            Examples:
              crystalhpc run configs/quickstart.json
              mpirun -n 4 crystalhpc run configs/cod.json --corpus /data/cod --run /scratch/cod-run
            """);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        var summary = new JobSummary(command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            using DirectoryLock held = DirectoryLock.Take(job, configuration.RunDirectory, command.Name);
            OpenRun open = IndexStage.Run(job, context.Systems, configuration);
            ExtractStage.Run(job, context.Systems, open, chosen: []);
            MergeReport merged = MergeStage.RunIfChanged(job, context.Systems, open);
            foreach (IStage stage in context.Systems.Stages.Where(stage => stage.IsWanted(configuration)))
                stage.Run(job, open, isForPeople: !summary.IsWanted(parsed));
            ReportStage.Run(job, context.Systems, open, options: null);
            return summary.Print(job, parsed, open, FailureLimit.Check(job, open, merged.Counts));
        }));
        return command;
    }
}
