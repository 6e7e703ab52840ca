using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CrystalHpc.Parallel.Managed;

namespace CrystalHpc.Parallel;

/// <summary>Messages between ranks of one process, shared by the serial and the threaded communicator. Sends copy and never wait;
/// a message is at most 2 GB.</summary>
public abstract unsafe class ManagedCommunicator : ICommunicator
{
    private readonly Mailbox[] _mailboxes;

    private protected ManagedCommunicator(int rank, Mailbox[] mailboxes)
    {
        Rank = rank;
        _mailboxes = mailboxes;
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size => _mailboxes.Length;

    /// <inheritdoc/>
    public abstract void Barrier();

    /// <inheritdoc/>
    public abstract void Broadcast<T>(Span<T> values, int root) where T : unmanaged;

    /// <inheritdoc/>
    public abstract void ReduceInPlace<T>(Span<T> values, ReduceOperation operation, int root) where T : unmanaged;

    /// <inheritdoc/>
    public abstract void AllreduceInPlace<T>(Span<T> values, ReduceOperation operation) where T : unmanaged;

    /// <inheritdoc/>
    public abstract void GatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts, int root)
        where T : unmanaged;

    /// <inheritdoc/>
    public abstract void AllgatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts) where T : unmanaged;

    /// <inheritdoc/>
    public abstract void ScatterFromFlattened<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> counts, Span<T> received, int root)
        where T : unmanaged;

    /// <inheritdoc/>
    public abstract ICommunicator? Split(int? color, int key);

    /// <inheritdoc/>
    public ICommunicator SplitNode() => Split(0, Rank)!;

    /// <inheritdoc/>
    [DoesNotReturn]
    public abstract void Abort(int exitCode);

    /// <inheritdoc/>
    public void Send<T>(ReadOnlySpan<T> values, int destination, int tag) where T : unmanaged
    {
        Require.Element<T>();
        Require.Destination(destination, tag, Size);
        fixed (T* data = values)
            _mailboxes[destination].Deliver(Rank, tag, data, (long)values.Length * sizeof(T));
    }

    /// <inheritdoc/>
    public MessageStatus Receive<T>(Span<T> values, int source, int tag) where T : unmanaged
    {
        Require.Element<T>();
        Require.Source(source, tag, Size);
        fixed (T* buffer = values)
        {
            var receive = new PostedReceive(source, tag, buffer, (long)values.Length * sizeof(T));
            _mailboxes[Rank].Post(receive);
            return _mailboxes[Rank].Await(receive);
        }
    }

    /// <inheritdoc/>
    public MessageStatus Probe(int source, int tag)
    {
        Require.Source(source, tag, Size);
        return _mailboxes[Rank].Peek(source, tag, wait: true)!.Value;
    }

    /// <inheritdoc/>
    public MessageStatus? ImmediateProbe(int source, int tag)
    {
        Require.Source(source, tag, Size);
        return _mailboxes[Rank].Peek(source, tag, wait: false);
    }

    /// <inheritdoc/>
    public Request ImmediateSend<T>(ReadOnlyMemory<T> values, int destination, int tag) where T : unmanaged
    {
        Send(values.Span, destination, tag);
        return CompletedSend.Instance;
    }

    /// <inheritdoc/>
    public Request ImmediateReceive<T>(Memory<T> values, int source, int tag) where T : unmanaged
    {
        Require.Element<T>();
        Require.Source(source, tag, Size);
        MemoryHandle pin = values.Pin();
        var receive = new PostedReceive(source, tag, pin.Pointer, (long)values.Length * sizeof(T));
        _mailboxes[Rank].Post(receive);
        return new ManagedReceiveRequest(_mailboxes[Rank], receive, pin);
    }

    /// <summary>Nothing to free.</summary>
    public void Dispose() => GC.SuppressFinalize(this);
}
