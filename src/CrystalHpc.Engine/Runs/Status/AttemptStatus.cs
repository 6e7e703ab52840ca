using System.Diagnostics;

namespace CrystalHpc.Engine.Runs;

/// <summary>An attempt as it looks from outside.</summary>
/// <param name="Record">What the job recorded.</param>
/// <param name="Seen">Its last sign of life, UTC.</param>
/// <param name="State">Whether it runs, ended, or was killed.</param>
public sealed record AttemptStatus(AttemptRecord Record, DateTime Seen, AttemptState State)
{
    // A process that started later than the attempt has the number of an older one.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    /// <summary>The attempts of a run, the latest first.</summary>
    public static IReadOnlyList<AttemptStatus> Of(RunDirectory run, DateTime now) =>
    [
        .. AttemptRecord.PathsOf(run)
            .Select(path => (Record: AttemptRecord.Read(path), Seen: File.GetLastWriteTimeUtc(path)))
            .Where(found => found.Record is not null)
            .Select(found => new AttemptStatus(found.Record!, found.Seen, StateOf(found.Record!, found.Seen, now)))
            .OrderByDescending(attempt => attempt.Record.Started),
    ];

    /// <summary>Whether the job makes shards.</summary>
    public bool IsExtracting => Record.Name is "run" or "evaluate" || Record.Name.StartsWith("extract", StringComparison.Ordinal);

    private static AttemptState StateOf(AttemptRecord record, DateTime seen, DateTime now)
    {
        if (record.ExitCode is not null)
            return AttemptState.Ended;
        if (record.Host == Environment.MachineName)
            return IsAlive(record) ? AttemptState.Running : AttemptState.Killed;
        return now - seen < 4 * RunAttempt.Heartbeat ? AttemptState.Running : AttemptState.Killed;
    }

    private static bool IsAlive(AttemptRecord record)
    {
        try
        {
            using var process = Process.GetProcessById(record.Process);
            return !process.HasExited && process.StartTime.ToUniversalTime() < record.Started + Slack;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>What became of an attempt.</summary>
public enum AttemptState
{
    /// <summary>The job gives signs of life.</summary>
    Running,

    /// <summary>It ended in good order, with an exit code.</summary>
    Ended,

    /// <summary>It ended without a word: killed, by a fault, or with its node.</summary>
    Killed,
}
