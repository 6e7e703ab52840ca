using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Learning.Runs;

/// <summary>The verb <c>train</c> of a learned system: a configuration in, a model in the run directory out.</summary>
public static class TrainVerb
{
    /// <summary>The verb.</summary>
    /// <param name="context">What all verbs share.</param>
    /// <param name="description">Its page of help.</param>
    /// <param name="options">The system's options of a configuration; a <see cref="UserException"/> when they do not make a
    /// training.</param>
    /// <param name="train">Trains in the run directory, on all ranks.</param>
    public static Command Create<T>(
        CommandContext context, string description, Func<RunConfiguration, T> options, Action<Job, string, T> train)
    {
        var command = new Command("train", description);
        RunSelection selection = RunSelection.ByConfiguration(context, command);
        context.Runner.AddOptions(command);
        command.SetAction(parsed => context.Runner.Run(parsed, job =>
        {
            RunConfiguration configuration = selection.ReadConfiguration(job, parsed);
            train(job, configuration.RunDirectory, options(configuration));
            return ExitCode.Done;
        }));
        return command;
    }
}
