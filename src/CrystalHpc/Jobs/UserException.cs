namespace CrystalHpc.Jobs;

/// <summary>The job cannot go on for a reason that the user can mend; the message says which, the code becomes the exit code.</summary>
internal sealed class UserException(ExitCode code, string message) : Exception(message)
{
    public ExitCode Code { get; } = code;

    public static UserException Configuration(string message) => new(ExitCode.Configuration, message);

    public static UserException Unusable(string message) => new(ExitCode.Unusable, message);

    public static UserException Stopped(string by) =>
        new(ExitCode.Stopped, $"stopped by {by}; the same command goes on where it stopped");
}
