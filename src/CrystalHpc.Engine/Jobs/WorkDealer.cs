using System.Diagnostics;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// Deals numbered pieces of work to this rank, shows how much all ranks have done, and learns when any of them is asked to stop. Ranks
/// exchange short messages with the <see cref="WorkDesk"/> of rank 0; nobody waits for anybody before the work is done.
/// </summary>
/// <remarks>While work is dealt, a rank makes no other call of the communicator: on rank 0 the desk uses it.</remarks>
public sealed class WorkDealer
{
    /// <summary>After it was asked to stop, a rank may work so long on the piece it is at before it gives that up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);

    private readonly Job _job;
    private readonly WorkDesk? _desk;
    private readonly Queue<int>? _dealtInAdvance;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<Request> _sends = [];
    private readonly int[] _reply = new int[1];
    private bool _hasAsked;
    private bool _hasToldToStop;
    private bool _hasBeenTold;
    private bool _hasFailed;
    private long _unsent;
    private TimeSpan _lastSent;
    private TimeSpan _stopKnownAt = TimeSpan.MaxValue;
    private TimeSpan _idle;

    private WorkDealer(Job job, IReadOnlyList<int> pieces, Progress progress)
    {
        _job = job;
        bool isInAdvance = job.Options.Dealing == Dealing.Static;
        if (isInAdvance)
            _dealtInAdvance = new Queue<int>(job.Mine(pieces));
        if (job.IsRoot)
            _desk = new WorkDesk(job, isInAdvance ? [] : pieces, progress);
    }

    private bool IsStopping => _stopKnownAt < TimeSpan.MaxValue;

    /// <summary>Deals pieces to all ranks until none is left or the job is to stop. A collective call.</summary>
    /// <param name="job">The job.</param>
    /// <param name="pieces">The pieces, in the order in which they are handed out; the same on every rank.</param>
    /// <param name="progress">Shows what is done; used on rank 0.</param>
    /// <param name="work">Does a piece; calls <see cref="Advance"/> as it goes.</param>
    /// <exception cref="UserException">The job was stopped, or the work failed on some rank; the same on every rank.</exception>
    public static WorkTimes Run(Job job, IReadOnlyList<int> pieces, Progress progress, Action<int, WorkDealer> work)
    {
        var dealer = new WorkDealer(job, pieces, progress);
        WorkTimes? times = null;
        job.World.Together(() =>
        {
            try
            {
                while (dealer.TryNext(out int piece))
                    work(piece, dealer);
            }
            catch
            {
                dealer.Fail();
                throw;
            }
            finally
            {
                times = dealer.Finish();
            }
        });
        return times!.WasStopped ? throw UserException.Stopped(job.Signals?.Requested ?? "a signal to another rank") : times;
    }

    // The next piece for this rank; false when there is none or the job is to stop.
    private bool TryNext(out int piece)
    {
        Listen();
        piece = -1;
        if (IsStopping)
            return false;
        if (_dealtInAdvance is not null)
            return _dealtInAdvance.TryDequeue(out piece);
        if (_desk is not null)
            return _desk.TryTake(out piece);
        Ask();
        piece = AwaitReply();
        return piece >= 0;
    }

    /// <summary>Asks for the next piece already, so that the answer is there when the piece at hand is finished.</summary>
    public void Ask()
    {
        if (_dealtInAdvance is not null || _desk is not null || _hasAsked || IsStopping)
            return;
        Send(WorkMessage.Asks);
        _hasAsked = true;
    }

    /// <summary>This rank has done some more.</summary>
    /// <exception cref="UserException">The job is to stop, and the piece at hand has had the time to be finished.</exception>
    public void Advance(long count)
    {
        _unsent += count;
        if (_desk is not null)
        {
            _desk.Add(_unsent);
            _unsent = 0;
        }
        else if (_clock.Elapsed - _lastSent > ReportInterval)
        {
            Send(WorkMessage.Reports);
        }

        Listen();
        if (IsStopping && _clock.Elapsed - _stopKnownAt > Grace)
            throw UserException.Stopped(_job.Signals?.Requested ?? "a signal to another rank");
    }

    // Work on this rank has failed: the others should stop soon.
    private void Fail()
    {
        _hasFailed = true;
        LearnOfStop();
    }

    // A collective call, made however the work of this rank has ended; it returns when all ranks have made it.
    private WorkTimes Finish()
    {
        if (_hasAsked)
            AwaitReply();
        double busySeconds = (_clock.Elapsed - _idle).TotalSeconds;
        if (_desk is null)
            Send(WorkMessage.Finishes);
        else
            _desk.Close();
        Span<int> stops = [_desk is { HasAnnouncedStop: true } ? 1 : 0, IsStopping ? 1 : 0];
        _job.World.AllreduceInPlace(stops, ReduceOperation.Max);
        if (stops[0] > 0 && _desk is null && !_hasBeenTold)
            ReceiveStop();
        foreach (Request send in _sends)
            send.Wait();
        _desk?.Release();
        return new WorkTimes(_clock.Elapsed.TotalSeconds, _job.World.Allgather(busySeconds), WasStopped: stops[0] + stops[1] > 0);
    }

    private void Listen()
    {
        if (_desk is { IsStopping: true } || _job.Signals?.Requested is not null)
            LearnOfStop();
        if (_desk is null && !_hasBeenTold && _job.World.ImmediateProbe(0, WorkMessage.StopTag) is not null)
            ReceiveStop();
    }

    private void LearnOfStop()
    {
        if (!IsStopping)
            _stopKnownAt = _clock.Elapsed;
        if (_hasToldToStop || _hasBeenTold)
            return;
        _hasToldToStop = true;
        if (_desk is not null)
            _desk.AnnounceStop();
        else
            Send(WorkMessage.Stops);
        _job.Log(_hasFailed ? "stopping because of a failure" : $"stopping because of {_job.Signals?.Requested ?? "another rank"}");
    }

    private void ReceiveStop()
    {
        _job.World.Receive(_reply.AsSpan(), 0, WorkMessage.StopTag);
        _hasBeenTold = true;
        LearnOfStop();
    }

    private int AwaitReply()
    {
        TimeSpan start = _clock.Elapsed;
        _job.World.Receive(_reply.AsSpan(), 0, WorkMessage.WorkTag);
        _idle += _clock.Elapsed - start;
        _hasAsked = false;
        return _reply[0];
    }

    private void Send(long kind)
    {
        _sends.RemoveAll(send => send.Test() is not null);
        _sends.Add(_job.World.ImmediateSend<long>(new[] { kind, _unsent }, 0, WorkMessage.ReportTag));
        _unsent = 0;
        _lastSent = _clock.Elapsed;
    }
}

/// <summary>How long the ranks worked.</summary>
/// <param name="Seconds">From start to end, the same for all.</param>
/// <param name="BusySeconds">How much of that each rank worked; for the rest it waited for work or for the last rank.</param>
/// <param name="WasStopped">Whether the work was ended before it was done.</param>
public sealed record WorkTimes(double Seconds, IReadOnlyList<double> BusySeconds, bool WasStopped)
{
    /// <summary>Part of all ranks' time that was spent waiting, percent.</summary>
    public double IdlePercent => Seconds > 0 ? Math.Max(0, 100 * (1 - BusySeconds.Average() / Seconds)) : 0;
}
