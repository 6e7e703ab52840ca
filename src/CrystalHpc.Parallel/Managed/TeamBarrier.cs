namespace CrystalHpc.Parallel.Managed;

/// <summary>
/// Where the threads of a team meet: they spin briefly, then sleep. A meeting can be broken by a failure elsewhere only as a whole: either
/// all threads pass or none does, so that no thread works on the memory of one that has left.
/// </summary>
internal sealed class TeamBarrier
{
    private const int Broken = -1;

    private readonly int _size;
    private readonly Gate _gate;
    private readonly int _spins;
    private int _missing;
    private int _meeting;
    private int _sleepers;

    public TeamBarrier(int size, Gate gate)
    {
        _size = size;
        _gate = gate;
        _missing = size;

        // With fewer cores than threads, the thread waited for may need this core.
        _spins = size <= Environment.ProcessorCount ? 60 : 2;
    }

    /// <summary>Waits for all threads of the team.</summary>
    /// <param name="breakable">
    /// True: a failure elsewhere ends the wait with <see cref="CommunicatorAbortedException"/>. False: all threads are sure to come, since
    /// they have met just before and nothing between can fail.
    /// </param>
    public void Meet(bool breakable)
    {
        int meeting = Volatile.Read(ref _meeting);
        if (breakable)
            _gate.ThrowIfClosed();
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            Volatile.Write(ref _missing, _size);
            if (Interlocked.CompareExchange(ref _meeting, (meeting + 1) & int.MaxValue, meeting) != meeting)
                throw Aborted();
            if (Volatile.Read(ref _sleepers) > 0)
            {
                lock (_gate.Lock)
                    _gate.Wake();
            }
        }
        else
        {
            Await(meeting, breakable);
        }
    }

    private void Await(int meeting, bool breakable)
    {
        var spinner = new SpinWait();
        for (int spin = 0; spin < _spins; spin++)
        {
            if (IsOver(meeting, breakable))
                return;
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        Interlocked.Increment(ref _sleepers);
        try
        {
            lock (_gate.Lock)
            {
                while (!IsOver(meeting, breakable))
                    _gate.Sleep();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _sleepers);
        }
    }

    private bool IsOver(int meeting, bool breakable)
    {
        int now = Volatile.Read(ref _meeting);
        if (now == meeting && breakable && _gate.Closed)
            now = Interlocked.CompareExchange(ref _meeting, Broken, meeting) is var seen && seen == meeting ? Broken : seen;
        if (now == Broken && breakable)
            throw Aborted();
        return now != meeting;
    }

    private CommunicatorAbortedException Aborted()
    {
        _gate.ThrowIfClosed();
        throw new InvalidOperationException("a meeting of threads broke without a failure");
    }
}
