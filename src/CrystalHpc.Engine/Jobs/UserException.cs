namespace CrystalHpc.Engine.Jobs;

/// <summary>The job cannot go on for a reason that the user can fix; the message says which, the code becomes the exit code.</summary>
public sealed class UserException(ExitCode code, string message) : Exception(message)
{
    /// <summary>The exit code of the process.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>The configuration does not make sense.</summary>
    public static UserException Configuration(string message) => new(ExitCode.Configuration, message);

    /// <summary>The input or the run directory cannot be used.</summary>
    public static UserException Unusable(string message) => new(ExitCode.Unusable, message);

    /// <summary>A signal asked the job to stop.</summary>
    public static UserException Stopped(string by) =>
        new(ExitCode.Stopped, $"stopped by {by}; the same command goes on where it stopped");
}
