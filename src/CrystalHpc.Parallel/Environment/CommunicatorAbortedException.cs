namespace CrystalHpc.Parallel;

/// <summary>Ends the threads of a <see cref="ThreadCommunicator"/> after one of them aborted or failed.</summary>
/// <param name="exitCode">The code given to <see cref="ICommunicator.Abort"/>, or 0 if another rank failed with an exception.</param>
public sealed class CommunicatorAbortedException(int exitCode)
    : Exception(exitCode == 0 ? "another rank failed" : $"aborted with exit code {exitCode}")
{
    /// <summary>The code given to <see cref="ICommunicator.Abort"/>, or 0 if another rank failed with an exception.</summary>
    public int ExitCode { get; } = exitCode;
}
