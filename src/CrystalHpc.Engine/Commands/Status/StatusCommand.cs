using System.CommandLine;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Terminals;

namespace CrystalHpc.Engine.Commands;

/// <summary><c>crystalhpc status</c>: how far a run is.</summary>
public static class StatusCommand
{
    /// <summary>The verb.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("status", """
            Says how far a run is: stages, shards, structures so far, time left, the last job and how it ended. Reads only; also
            while a job is running.

            Examples:
              crystalhpc status /scratch/cod-run
              watch -n 60 crystalhpc status /scratch/cod-run
            """);
        var directory = new Argument<string>("RUN") { Description = "Run directory, made by 'crystalhpc index' or 'crystalhpc run'." };
        var json = new Option<bool>("--json") { Description = "The same for programs." };
        command.Add(directory);
        command.Add(json);
        command.SetAction(parsed => context.Runner.RunAlone(() =>
        {
            var run = new RunDirectory(Path.TrimEndingDirectorySeparator(Path.GetFullPath(parsed.GetRequiredValue(directory))));
            RunStatus status = Read(context, run);
            if (parsed.GetValue(json))
                Terminal.Out.WriteLine(StatusJson.Of(status).ToJsonString(JobSummary.Json));
            else
                StatusText.Print(status, Terminal.Out);
        }));
        return command;
    }

    private static RunStatus Read(CommandContext context, RunDirectory run)
    {
        try
        {
            if (RunStatus.ProblemOf(run) is { } problem)
                throw UserException.Unusable(problem);
            if (File.Exists(run.TrainingJson))
                return RunStatus.OfTraining(run, TrainingRecord.Read(run), DateTime.UtcNow);
            if (!File.Exists(run.RunJson))
                return RunStatus.Read(run, null, [], DateTime.UtcNow);
            RunRecord record = RunRecord.Read(run);
            RunConfiguration configuration = context.Systems.Configuration.Parse(record.ConfigurationBytes(), run.RunJson);
            return RunStatus.Read(
                run, record, [.. context.Systems.Stages.Where(stage => stage.IsWanted(configuration))
                .Select(stage => (stage.Name, stage.Reports[0]))],
                DateTime.UtcNow);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw UserException.Unusable(fault.Message);
        }
    }
}
