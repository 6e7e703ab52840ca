using System.Runtime.ExceptionServices;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Jobs;

/// <summary>
/// Rank 0's side of dealing: a thread that answers the messages of the other ranks while rank 0 works as they do. It looks for messages a
/// thousand times a second and sleeps in between; while it runs it is the only thread of rank 0 that communicates (MPI: serialized).
/// </summary>
internal sealed class WorkDesk
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Job _job;
    private readonly Progress _progress;
    private readonly Queue<int> _pieces;
    private readonly object _lock = new();
    private readonly List<Request> _sends = [];
    private readonly Thread? _thread;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _isStopping;
    private volatile bool _hasAnnounced;
    private long _done;
    private int _finished;

    /// <summary>Opens the desk.</summary>
    public WorkDesk(Job job, IReadOnlyList<int> pieces, Progress progress)
    {
        (_job, _progress, _pieces) = (job, progress, new Queue<int>(pieces));
        if (job.World.Size == 1)
            return;
        _thread = new Thread(Serve) { IsBackground = true, Name = "work desk" };
        _thread.Start();
    }

    /// <summary>True once rank 0 knows that the job is to stop.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>True once every other rank has been sent word of that; final after <see cref="Close"/>.</summary>
    public bool HasAnnouncedStop => _hasAnnounced;

    /// <summary>Takes the next piece.</summary>
    public bool TryTake(out int piece)
    {
        lock (_lock)
            return _pieces.TryDequeue(out piece);
    }

    /// <summary>Rank 0 itself has done some more.</summary>
    public void Add(long count)
    {
        long done = Interlocked.Add(ref _done, count);
        if (_thread is null)
            _progress.Show(done, isLast: false);
    }

    /// <summary>All ranks shall stop.</summary>
    public void AnnounceStop() => _isStopping = true;

    /// <summary>Rank 0 has done its work: returns when all others have, too.</summary>
    public void Close()
    {
        _thread?.Join();
        _failure?.Throw();
        _progress.Show(Interlocked.Read(ref _done), isLast: true);
    }

    /// <summary>Ends the last sends; all messages have been received by now.</summary>
    public void Release()
    {
        foreach (Request send in _sends)
            send.Wait();
    }

    private void Serve()
    {
        try
        {
            while (_finished < _job.World.Size - 1)
            {
                while (_job.World.ImmediateProbe(ICommunicator.AnySource, WorkMessage.ReportTag) is { } message)
                    Answer(message.Source);
                if (_job.Signals?.Requested is not null)
                    _isStopping = true;
                TellAllToStop();
                _progress.Show(Interlocked.Read(ref _done), isLast: false);
                Thread.Sleep(Pause);
            }

            TellAllToStop();
        }
        catch (Exception failure)
        {
            // Thrown again on the thread of the rank.
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }

    private void Answer(int source)
    {
        Span<long> message = stackalloc long[2];
        _job.World.Receive(message, source, WorkMessage.ReportTag);
        Interlocked.Add(ref _done, message[1]);
        switch (message[0])
        {
            case WorkMessage.Asks:
                Send(!_isStopping && TryTake(out int piece) ? piece : -1, source, WorkMessage.WorkTag);
                break;
            case WorkMessage.Stops:
                _isStopping = true;
                break;
            case WorkMessage.Finishes:
                _finished++;
                break;
        }
    }

    private void TellAllToStop()
    {
        if (!_isStopping || _hasAnnounced)
            return;
        _hasAnnounced = true;
        for (int rank = 1; rank < _job.World.Size; rank++)
            Send(0, rank, WorkMessage.StopTag);
    }

    private void Send(int value, int destination, int tag)
    {
        _sends.RemoveAll(send => send.Test() is not null);
        _sends.Add(_job.World.ImmediateSend<int>(new[] { value }, destination, tag));
    }
}

/// <summary>The messages between ranks and the desk: from a rank {kind, newly done}, from the desk one number.</summary>
internal static class WorkMessage
{
    public const int ReportTag = 77;
    public const int WorkTag = 79;
    public const int StopTag = 80;

    public const long Reports = 0;
    public const long Asks = 1;
    public const long Stops = 2;
    public const long Finishes = 3;
}
