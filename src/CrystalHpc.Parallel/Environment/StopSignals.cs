using System.Diagnostics;
using System.Runtime.InteropServices;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>
/// The signals by which schedulers and people ask a process to stop: USR1 (time limit ahead), TERM (preemption, scancel), INT (Ctrl-C). The
/// first one only sets <see cref="Requested"/>, so that the job can end in good order; a later one ends the process at once with
/// 128 plus the number of the signal, as shells count.
/// </summary>
/// <remarks>
/// Register after MPI has been started: some MPI libraries take handlers of their own when they start. Handlers run on a thread of the
/// runtime, so a rank that waits inside MPI notices too, though it acts only when the call returns. Writing past a file size limit (XFSZ)
/// becomes an <see cref="IOException"/> instead of the end of the process.
/// </remarks>
public sealed class StopSignals : IDisposable
{
    private const int FileSizeExceeded = 25;

    // A terminal and the launcher may both pass the same Ctrl-C on; what comes within this time is one request.
    private static readonly TimeSpan OneRequest = TimeSpan.FromSeconds(1);
    private static readonly (string Name, int Number)[] Signals = [("SIGUSR1", 10), ("SIGTERM", 15), ("SIGINT", 2)];

    private readonly List<PosixSignalRegistration> _registrations = [];
    private long _firstAt;
    private volatile string? _requested;
    private int _looksLeft = int.MaxValue;

    /// <summary>Takes the signals over until disposed.</summary>
    public StopSignals()
    {
        Libc.Ignore(FileSizeExceeded);
        foreach ((string name, int number) in Signals)
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)number, context => Take(context, name, number)));
    }

    /// <summary>Name of the signal that asked this process to stop; null while none has.</summary>
    public string? Requested
    {
        get
        {
            if (_looksLeft != int.MaxValue && Interlocked.Decrement(ref _looksLeft) < 0)
                _requested ??= "a request";
            return _requested;
        }
    }

    /// <summary>Gives the signals back.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _registrations.Clear();
    }

    /// <summary>Asks to stop as a signal would that comes just before <see cref="Requested"/> is looked at for the n-th time.</summary>
    internal void RequestAtLook(int n) => _looksLeft = n - 1;

    private void Take(PosixSignalContext context, string name, int number)
    {
        context.Cancel = true;
        long now = Stopwatch.GetTimestamp();
        if (Interlocked.CompareExchange(ref _firstAt, now, 0) == 0)
            _requested = name;
        else if (Stopwatch.GetElapsedTime(_firstAt, now) > OneRequest)
            Libc.ExitNow(128 + number);
    }
}
