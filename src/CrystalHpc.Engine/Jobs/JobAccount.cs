using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// What the log of a job begins and ends with: command, version, ranks, nodes and MPI; exit code, time, memory and what to do next. A rank
/// that is killed takes the end with it: then the launcher, the job script and <c>crystalhpc status</c> say what happened.
/// </summary>
public sealed class JobAccount
{
    private const int MostHostsNamed = 8;
    private const double BytesOfMegabyte = 1e6;

    private readonly Job _job;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string[] _hosts;

    private JobAccount(Job job, string[] hosts) => (_job, _hosts) = (job, hosts);

    /// <summary>Number of the Slurm job, with that of the task of an array: <c>17_3</c>; null outside Slurm.</summary>
    public static string? SlurmJob { get; } = Variable("SLURM_ARRAY_JOB_ID") is { } array
        ? $"{array}_{Variable("SLURM_ARRAY_TASK_ID")}"
        : Variable("SLURM_JOB_ID");

    /// <summary>The command line of this process without the program, quoted as a shell wants it.</summary>
    public static string CommandLine => string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(Quoted));

    /// <summary>Tells how the job begins. A collective call.</summary>
    public static JobAccount Open(Job job, MpiDescription mpi)
    {
        IReadOnlyList<Place>? places = job.World.Gather([new Place(mpi.Host, mpi.CoresVisible)]);
        if (places is null)
            return new JobAccount(job, []);
        string[] nodes = [.. places.Select(place => place.Host).Distinct()];
        string named = string.Join(", ", nodes.Take(MostHostsNamed)) + (nodes.Length > MostHostsNamed ? ", ..." : "");
        (int fewest, int most) = (places.Min(place => place.Cores), places.Max(place => place.Cores));
        string cores = string.Create(CultureInfo.InvariantCulture, $"{fewest}{(most > fewest ? $" to {most}" : "")}");
        string ranks = job.World.Size == 1 ? "1 rank"
            : mpi.Size == 1 ? string.Create(CultureInfo.InvariantCulture, $"{job.World.Size} ranks as threads of a process")
            : string.Create(CultureInfo.InvariantCulture, $"{job.World.Size} ranks");
        job.Say($"job      crystalhpc {CommandLine}");
        job.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"         version {Runs.ProgramVersion.Full}, "
            + $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ssZ}{(SlurmJob is null ? "" : $", Slurm job {SlurmJob}")}"));
        job.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"         {ranks} on {nodes.Length} {(nodes.Length == 1 ? "node" : "nodes")} ({named}), a process may use {cores} "
            + $"of the cores of its node"));
        job.Say(mpi.Library is null
            ? "         without MPI"
            : $"         {mpi.LibraryVersion?.Split(',')[0]} ({mpi.Library}), called by {mpi.Binding}, started by {mpi.Launcher}");
        return new JobAccount(job, [.. places.Select(place => place.Host)]);
    }

    /// <summary>Tells how the job ended. A collective call: all ranks end with the same code.</summary>
    public void Close(ExitCode code)
    {
        using var process = Process.GetCurrentProcess();
        double[] peaks = _job.World.Allgather(process.PeakWorkingSet64 / BytesOfMegabyte);
        if (!_job.IsRoot)
            return;
        int largest = Array.IndexOf(peaks, peaks.Max());
        string where = peaks.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture,
            $" a rank at most (rank {largest} on {_hosts[largest]})");
        _job.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"job      exit code {(int)code} after {Progress.Duration(_clock.Elapsed)}, peak memory {peaks[largest]:N0} MB{where}"));
        if (NextStep(code) is { } next)
            _job.Say($"next     {next}");
    }

    /// <summary>A word of a command line, quoted as a shell wants it where it must be.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./=:,+@%".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string? NextStep(ExitCode code) => code switch
    {
        ExitCode.Done => null,
        ExitCode.Stopped => "give the same command again; it goes on where it stopped",
        ExitCode.TooManyFailures
        => "findings.csv names the files that failed (codes file-...); once they can be read, extract their shards anew: --shard",
        _ => "the message above says what to change; shards that are complete are kept",
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private sealed record Place(string Host, int Cores);
}
