using System.Globalization;
using System.Text.Json;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Runs;

/// <summary>Who works in a directory: what a lock file says.</summary>
/// <param name="Process">The process that speaks for the job, that of rank 0.</param>
/// <param name="SlurmJob">Id of its Slurm job, as <c>12</c> or <c>12_3</c> of an array; null outside of Slurm.</param>
/// <param name="SlurmRestarts">How often Slurm had put that job back into the queue.</param>
/// <param name="Since">When it began.</param>
/// <param name="Verb">What it does.</param>
/// <param name="Shards">The shards that it writes, in order; null when it writes what all shards have in common.</param>
public sealed record LockHolder(ProcessIdentity Process, string? SlurmJob, int SlurmRestarts, DateTimeOffset Since, string Verb,
    int[]? Shards)
{
    private static readonly JsonSerializerOptions Json = new() {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>This process.</summary>
    public static LockHolder Own(string verb, int[]? shards)
    {
        string? array = Variable("SLURM_ARRAY_JOB_ID"), task = Variable("SLURM_ARRAY_TASK_ID");
        string? job = array is null || task is null ? Variable("SLURM_JOB_ID") : $"{array}_{task}";
        int restarts = int.TryParse(Variable("SLURM_RESTART_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? count : 0;
        return new LockHolder(ProcessIdentity.Own, job, restarts, DateTimeOffset.UtcNow, verb, shards);
    }

    /// <summary>Reads a lock file; null when it says nothing that can be understood.</summary>
    public static LockHolder? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<LockHolder>(json, Json) is { Process: not null } holder ? holder : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the lock file of this holder says.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Whether both write the same: jobs that write different shards do not.</summary>
    public bool IsInTheWayOf(LockHolder other) => Shards is null || other.Shards is null || Shards.AsSpan().ContainsAny(other.Shards);

    /// <summary>
    /// True when the holder has certainly ended: its process on this machine, or an earlier start of the asking Slurm job.
    /// </summary>
    public bool IsGone(LockHolder asking) =>
        Process.IsGone || (SlurmJob is not null && SlurmJob == asking.SlurmJob && SlurmRestarts < asking.SlurmRestarts);

    /// <summary>The holder for people.</summary>
    public override string ToString()
    {
        string job = SlurmJob is null ? "" : $", Slurm job {SlurmJob}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"'crystalhpc {Verb}', process {Process.Process} on {Process.Host}{job}, since {Since:yyyy-MM-dd HH:mm:ss}Z");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
