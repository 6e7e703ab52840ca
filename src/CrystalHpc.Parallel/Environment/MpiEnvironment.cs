using System.Globalization;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>
/// Starts and ends MPI for the process, or does without it. A process that no MPI launcher started does not load MPI at all: its
/// <see cref="World"/> is a <see cref="SerialCommunicator"/>.
/// </summary>
/// <remarks>
/// <para>The environment variable CRYSTALHPC_MPI_LIB names the MPI library to load; "none" means no library. CRYSTALHPC_MPI_BINDING chooses
/// by what it is called: "mpi.net" (<see cref="MpiNetCommunicator"/>, the MPICH family only and the default there) or "native"
/// (<see cref="NativeCommunicator"/>).</para>
/// <para>An exception that nobody catches, on any thread, ends all ranks: a message on stderr names rank, shard and file
/// (<see cref="JobContext"/>), then the job is aborted with <see cref="FailureExitCode"/>. <see cref="Run"/> does the same for the body
/// it is given, before any finally block runs, and is the way to write Main: an exception that leaves a using block would otherwise end
/// MPI properly on one rank, which can wait forever for the others.</para>
/// <para>mpirun of Open MPI gives ranks a pseudo-terminal as stdout: Console.IsOutputRedirected is false there, and with TERM=xterm
/// .NET writes control sequences. Start such jobs with TERM=dumb, and print on rank 0 only.</para>
/// </remarks>
public sealed class MpiEnvironment : IDisposable
{
    /// <summary>Exit code of a job that an exception ended (EX_SOFTWARE of sysexits.h).</summary>
    public const int FailureExitCode = 70;

    // Long enough for a busy node; a job that has failed is in no hurry.
    private const int ForwardingMilliseconds = 500;

    // An abort takes milliseconds. One that hangs must not keep the nodes of the job until its time limit.
    private const int AbortLimitMilliseconds = 10_000;

    private static MpiEnvironment? _current;

    private readonly MpiLibrary? _library;
    private readonly MpiBinding? _binding;
    private readonly ThreadLevel? _threadLevel;
    private readonly Launcher _launcher;
    private readonly int _nodeSize = 1;
    private bool _ended;

    private MpiEnvironment(Launcher launcher)
    {
        _launcher = launcher;
        World = new SerialCommunicator();
    }

    private MpiEnvironment(Launcher launcher, MpiLibrary library, MpiBinding binding, SignalGuard signals)
    {
        (_launcher, _library, _binding) = (launcher, library, binding);
        World = binding.Start(out ThreadLevel provided);
        _threadLevel = provided;
        signals.Restore();
        using ICommunicator node = World.SplitNode();
        _nodeSize = node.Size;
    }

    /// <summary>All ranks of the job.</summary>
    public ICommunicator World { get; }

    /// <summary>
    /// Thread level that MPI granted; null without MPI. Serialized is asked for: after an await, code may go on elsewhere.
    /// </summary>
    public ThreadLevel? ThreadLevel => _threadLevel;

    /// <summary>Starts MPI if the process belongs to an MPI job. At most once in a process that uses MPI.</summary>
    /// <param name="useMpi">Null: if a launcher started the process. True: in any case. False: never.</param>
    /// <exception cref="MpiStartException">MPI is needed and there is no library, or the library does not belong to the launcher (each
    /// process would take itself for the only one and do the whole job).</exception>
    public static MpiEnvironment Start(bool? useMpi = null)
    {
        Launcher launcher = Launcher.Detect(Environment.GetEnvironmentVariable);
        MpiEnvironment environment = useMpi ?? launcher.Name is not null
            ? StartMpi(launcher, forced: useMpi is true)
            : new MpiEnvironment(launcher);
        if (_current is null)
            AppDomain.CurrentDomain.UnhandledException += (_, failure) => Fail(failure.ExceptionObject as Exception);
        if (_current?._library is null)
            (_current, JobContext.Process) = (environment, (environment.World.Rank, environment.World.Size));
        return environment;
    }

    /// <summary>Starts MPI if wanted, runs the body and ends MPI; an exception in the body ends all ranks of the job.</summary>
    /// <param name="useMpi">As in <see cref="Start"/>.</param>
    /// <param name="body">The work; returns the exit code of the process.</param>
    /// <exception cref="MpiStartException">As in <see cref="Start"/>.</exception>
    public static int Run(bool? useMpi, Func<MpiEnvironment, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        using MpiEnvironment environment = Start(useMpi);
        try
        {
            return body(environment);
        }
        catch (Exception exception) when (Fail(exception))
        {
            throw;
        }
    }

    /// <summary>How this process runs.</summary>
    public MpiDescription Describe() => new(
        _library?.Path,
        _library?.Version.Split('\n')[0].Trim(),
        _library?.Abi.Name,
        _binding?.Name,
        _threadLevel,
        World.Rank,
        World.Size,
        _nodeSize,
        Environment.ProcessorCount,
        _launcher.Name,
        Environment.MachineName);

    /// <summary>Ends MPI. Every rank must come here; a rank that has failed calls <see cref="ICommunicator.Abort"/> instead.</summary>
    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        _binding?.Dispose();
    }

    private static MpiEnvironment StartMpi(Launcher launcher, bool forced)
    {
        string? wanted = Environment.GetEnvironmentVariable(MpiLoader.Variable);
        string[] candidates = MpiLoader.Candidates(launcher.Family, wanted);
        var signals = new SignalGuard();
        MpiLibrary? library = MpiLoader.Load(candidates);
        signals.Restore();
        if (library is null)
        {
            if (!forced && launcher.Size == 1 && wanted is null or "none")
                return new MpiEnvironment(launcher);
            throw new MpiStartException(LibraryMissing(launcher, candidates));
        }

        MpiBinding binding = MpiBinding.For(library, Environment.GetEnvironmentVariable(MpiBinding.Variable));
        var environment = new MpiEnvironment(launcher, library, binding, signals);
        if (environment.World.Size == 1 && launcher.Size > 1)
        {
            environment.Dispose();
            throw new MpiStartException(WrongPair(launcher, library));
        }

        return environment;
    }

    private static string LibraryMissing(Launcher launcher, string[] candidates) => string.Create(
        CultureInfo.InvariantCulture,
        $"no MPI library found{(launcher.Name is null ? "" : $", but {launcher.Name} started {launcher.Size} process(es)")}. " +
        $"Tried: {(candidates.Length == 0 ? "none" : string.Join(", ", candidates))}. Load the MPI module of the site, or name the " +
        $"library in {MpiLoader.Variable}, or start without an MPI launcher.");

    private static string WrongPair(Launcher launcher, MpiLibrary library) => string.Create(
        CultureInfo.InvariantCulture,
        $"the MPI library '{library.Path}' ({library.Abi.Name}: {library.Version.Split('\n')[0].Trim()}) "
        + $"does not belong to the launcher, " +
        $"{launcher.Name ?? "unknown"}, which started {launcher.Size} processes: each would take itself for the only one. Start with the " +
        $"launcher of this library (for example mpirun.openmpi, mpirun.mpich, srun --mpi=pmix, srun --mpi=pmi2), or name the launcher's " +
        $"library in {MpiLoader.Variable}.");

    /// <summary>Says what failed where and ends the job. Never returns; the result makes it fit an exception filter.</summary>
    private static bool Fail(Exception? exception)
    {
        EndWithin(AbortLimitMilliseconds);

        // One write, so that the lines of several ranks stay together.
        string what = exception?.ToString() ?? "an unknown error";
        Console.Error.Write(
            $"crystalhpc: {JobContext.DescribeFailure(exception)} on {Environment.MachineName}: unhandled {what}{Environment.NewLine}");
        Console.Error.Flush();
        if (_current is { _ended: false } running)
        {
            // The launcher passes on what ranks print, and drops what it has not read yet when one of them aborts.
            if (running._library is not null)
                Thread.Sleep(ForwardingMilliseconds);
            running.World.Abort(FailureExitCode);
        }

        Environment.Exit(FailureExitCode);
        return false;
    }

    /// <summary>Ends the process after some time, whatever it is doing: the launcher sees a rank that ended without MPI and ends the
    /// others.
    /// MPI_Abort may wait for a lock that another thread of this rank holds inside MPI, and exit handlers for whatever they like.</summary>
    private static void EndWithin(int milliseconds) =>
        new Thread(() =>
        {
            Thread.Sleep(milliseconds);
            Libc.ExitNow(FailureExitCode);
        })
        { IsBackground = true, Name = "end of a failed rank" }.Start();
}
