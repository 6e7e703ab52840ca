using System.Globalization;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Runs;

/// <summary>A job that works on a run: rank 0 records that it began, that it is alive, and how it ended.</summary>
public sealed class RunAttempt : IDisposable
{
    /// <summary>How often a job gives a sign of life.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    private readonly RunDirectory _run;
    private readonly AttemptRecord _record;
    private readonly Timer _timer;

    private RunAttempt(RunDirectory run, AttemptRecord record)
    {
        (_run, _record) = (run, record);
        record.Write(run);
        _timer = new Timer(_ => Touch(), null, Heartbeat, Heartbeat);
    }

    /// <summary>Records the attempt until the job ends. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="run">The run that it writes into.</param>
    /// <param name="part">Which of several jobs of this verb it is that work beside one another; empty: the only one.</param>
    public static void Begin(Job job, RunDirectory run, string part = "") => job.World.OnRankZero(() =>
    {
        string name = part.Length == 0 ? job.Options.Verb : $"{job.Options.Verb}-{part}";
        AttemptRecord? before = AttemptRecord.Read(AttemptRecord.PathOf(run, name));
        var attempt = new RunAttempt(run, new AttemptRecord(
            name, JobAccount.CommandLine, ProgramVersion.Full, (before?.Attempt ?? 0) + 1, Environment.MachineName, Environment.ProcessId,
            JobAccount.SlurmJob, job.World.Size, DateTime.UtcNow, Ended: null, ExitCode: null));
        if (job.Options.HasAccount)
            job.Say(Describe(run, attempt._record, before));
        job.AtEnd(code => attempt.End(job, code));
    });

    /// <summary>Ends the signs of life.</summary>
    public void Dispose() => _timer.Dispose();

    private static string Describe(RunDirectory run, AttemptRecord record, AttemptRecord? before)
    {
        string ended = before is null ? ""
            : before.ExitCode is { } code ? $"; the one before ended with exit code {code}"
            : "; the one before was killed";
        return string.Create(CultureInfo.InvariantCulture, $"run      {run.Root}, attempt {record.Attempt}{ended}");
    }

    private void End(Job job, ExitCode code)
    {
        Dispose();
        try
        {
            (_record with { Ended = DateTime.UtcNow, ExitCode = (int)code }).Write(_run);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            job.Warn($"crystalhpc: the end of this attempt is not recorded: {fault.Message}");
        }

        if (code == ExitCode.Done && job.Options.HasAccount)
            job.Say($"next     crystalhpc status {JobAccount.Quoted(_run.Root)}   says what is left to do");
    }

    // A sign of life that cannot be given must not end the job.
    private void Touch()
    {
        try
        {
            File.SetLastWriteTimeUtc(AttemptRecord.PathOf(_run, _record.Name), DateTime.UtcNow);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
