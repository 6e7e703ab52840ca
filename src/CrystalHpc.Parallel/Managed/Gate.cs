using System.Runtime.ExceptionServices;

namespace CrystalHpc.Parallel.Managed;

/// <summary>
/// The one lock on which all ranks of a process wait, whatever communicator they wait in, and the failure that wakes them all.
/// </summary>
internal sealed class Gate(int ranks)
{
    private readonly object _lock = new();
    private volatile bool _closed;
    private ExceptionDispatchInfo? _failure;
    private int _exitCode;

    /// <summary>Held to change what sleepers wait for.</summary>
    public object Lock => _lock;

    /// <summary>True once a rank has failed or aborted.</summary>
    public bool Closed => _closed;

    /// <summary>Sleeps, holding <see cref="Lock"/>, until something changes. The caller checks what.</summary>
    public void Sleep()
    {
        if (ranks == 1)
            throw new InvalidOperationException("a single rank would wait forever for a message that nobody sends");
        Monitor.Wait(_lock);
    }

    /// <summary>Wakes all sleepers to look again; the caller holds <see cref="Lock"/>.</summary>
    public void Wake() => Monitor.PulseAll(_lock);

    public void ThrowIfClosed()
    {
        if (_closed)
            throw new CommunicatorAbortedException(_exitCode);
    }

    /// <summary>Ends all ranks because one failed with an exception; the first one is kept.</summary>
    public void Fail(Exception exception) => Close(() => _failure = ExceptionDispatchInfo.Capture(exception));

    /// <summary>Ends all ranks because one asked for it.</summary>
    public void Abort(int exitCode) => Close(() => _exitCode = exitCode);

    /// <summary>Throws what closed the gate, if anything did; called when all ranks have ended.</summary>
    public void Rethrow()
    {
        _failure?.Throw();
        ThrowIfClosed();
    }

    private void Close(Action note)
    {
        lock (_lock)
        {
            if (_closed)
                return;
            note();
            _closed = true;
            Wake();
        }
    }
}
