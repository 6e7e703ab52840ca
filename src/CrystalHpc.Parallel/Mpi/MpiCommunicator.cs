using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>
/// Ranks that are processes under MPI. Checks arguments, pins buffers and turns return codes into exceptions; the calls themselves are
/// those of a binding: <see cref="MpiNetCommunicator"/> or <see cref="NativeCommunicator"/>.
/// </summary>
public abstract unsafe class MpiCommunicator : ICommunicator
{
    private readonly bool _owned;
    private int[]? _counts;
    private int[]? _offsets;
    private bool _disposed;

    private protected MpiCommunicator(MpiAbi abi, nint handle, bool owned) => (Abi, Handle, _owned) = (abi, handle, owned);

    /// <inheritdoc/>
    public int Rank { get; private protected init; }

    /// <inheritdoc/>
    public int Size { get; private protected init; }

    /// <inheritdoc/>
    public void Barrier() => Check(MpiBarrier(), "MPI_Barrier");

    /// <inheritdoc/>
    public void Broadcast<T>(Span<T> values, int root) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        Require.Root(root, Size);
        fixed (T* buffer = values)
            Check(MpiBcast(buffer, values.Length, type, root), "MPI_Bcast");
    }

    /// <inheritdoc/>
    public void ReduceInPlace<T>(Span<T> values, ReduceOperation operation, int root) where T : unmanaged
    {
        ElementType type = Require.Reducible<T>(operation);
        Require.Root(root, Size);

        // MPICH 4.0 crashes in MPI_Reduce with MPI_IN_PLACE on a root other than 0, so the root sends a copy.
        T[] copy = Rank == root ? ArrayPool<T>.Shared.Rent(values.Length) : [];
        if (Rank == root)
            values.CopyTo(copy);
        fixed (T* own = values, copied = copy)
        {
            void* send = Rank == root ? copied : own;
            void* receive = Rank == root ? own : null;
            Check(MpiReduce(send, receive, values.Length, type, operation, root), "MPI_Reduce");
        }

        if (Rank == root)
            ArrayPool<T>.Shared.Return(copy);
    }

    /// <inheritdoc/>
    public void AllreduceInPlace<T>(Span<T> values, ReduceOperation operation) where T : unmanaged
    {
        ElementType type = Require.Reducible<T>(operation);
        fixed (T* buffer = values)
            Check(MpiAllreduce((void*)Abi.InPlace, buffer, values.Length, type, operation), "MPI_Allreduce");
    }

    /// <inheritdoc/>
    public void GatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts, int root) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        Require.Root(root, Size);
        if (Rank == root)
            LayOut(counts, values.Length, gathered.Length);
        fixed (T* send = values, receive = gathered)
            Check(MpiGatherv(send, values.Length, receive, _counts, _offsets, type, root), "MPI_Gatherv");
    }

    /// <inheritdoc/>
    public void AllgatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        LayOut(counts, values.Length, gathered.Length);
        fixed (T* send = values, receive = gathered)
            Check(MpiAllgatherv(send, values.Length, receive, _counts!, _offsets!, type), "MPI_Allgatherv");
    }

    /// <inheritdoc/>
    public void ScatterFromFlattened<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> counts, Span<T> received, int root) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        Require.Root(root, Size);
        if (Rank == root)
            LayOut(counts, received.Length, values.Length);
        fixed (T* send = values, receive = received)
            Check(MpiScatterv(send, _counts, _offsets, receive, received.Length, type, root), "MPI_Scatterv");
    }

    /// <inheritdoc/>
    public void Send<T>(ReadOnlySpan<T> values, int destination, int tag) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        Require.Destination(destination, tag, Size);
        fixed (T* buffer = values)
            Check(MpiSend(buffer, values.Length, type, destination, tag), "MPI_Send");
    }

    /// <inheritdoc/>
    public MessageStatus Receive<T>(Span<T> values, int source, int tag) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        Require.Source(source, tag, Size);
        long* status = stackalloc long[MpiAbi.StatusLongs];
        fixed (T* buffer = values)
            Check(MpiRecv(buffer, values.Length, type, SourceOf(source), TagOf(tag), status), "MPI_Recv");
        return ReadStatus(status);
    }

    /// <inheritdoc/>
    public MessageStatus Probe(int source, int tag)
    {
        Require.Source(source, tag, Size);
        long* status = stackalloc long[MpiAbi.StatusLongs];
        Check(MpiProbe(SourceOf(source), TagOf(tag), status), "MPI_Probe");
        return ReadStatus(status);
    }

    /// <inheritdoc/>
    public MessageStatus? ImmediateProbe(int source, int tag)
    {
        Require.Source(source, tag, Size);
        long* status = stackalloc long[MpiAbi.StatusLongs];
        int found = 0;
        Check(MpiIprobe(SourceOf(source), TagOf(tag), &found, status), "MPI_Iprobe");
        return found == 0 ? null : ReadStatus(status);
    }

    /// <inheritdoc/>
    public Request ImmediateSend<T>(ReadOnlyMemory<T> values, int destination, int tag) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        Require.Destination(destination, tag, Size);
        MemoryHandle pin = values.Pin();
        nint request = 0;
        Check(MpiIsend(pin.Pointer, values.Length, type, destination, tag, &request), "MPI_Isend");
        return new MpiRequest(this, request, pin, receives: false);
    }

    /// <inheritdoc/>
    public Request ImmediateReceive<T>(Memory<T> values, int source, int tag) where T : unmanaged
    {
        ElementType type = Require.Element<T>();
        Require.Source(source, tag, Size);
        MemoryHandle pin = values.Pin();
        nint request = 0;
        Check(MpiIrecv(pin.Pointer, values.Length, type, SourceOf(source), TagOf(tag), &request), "MPI_Irecv");
        return new MpiRequest(this, request, pin, receives: true);
    }

    /// <inheritdoc/>
    public ICommunicator? Split(int? color, int key)
    {
        Require.Color(color);
        nint child = 0;
        Check(MpiCommSplit(color ?? Abi.Undefined, key, &child), "MPI_Comm_split");
        child = Abi.Normalize(child);
        return child == Abi.CommNull ? null : Adopt(child);
    }

    /// <inheritdoc/>
    public ICommunicator SplitNode()
    {
        nint child = 0;
        Check(MpiNative.CommSplitType(Handle, Abi.CommTypeShared, Rank, Abi.InfoNull, &child), "MPI_Comm_split_type");
        return Adopt(Abi.Normalize(child));
    }

    /// <inheritdoc/>
    [DoesNotReturn]
    public void Abort(int exitCode)
    {
        Require.ExitCode(exitCode);
        MpiAbort(exitCode);
        Environment.Exit(exitCode);
    }

    /// <summary>Frees a communicator made by a split; every rank of it must do so. Does nothing to the world.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (_disposed || !_owned)
            return;
        _disposed = true;
        Check(MpiCommFree(), "MPI_Comm_free");
    }

    /// <summary>The binary interface of the library.</summary>
    private protected MpiAbi Abi { get; }

    /// <summary>The communicator as the library knows it.</summary>
    private protected nint Handle { get; }

    internal abstract int MpiWait(nint* request, long* status);

    internal abstract int MpiTest(nint* request, int* done, long* status);

    internal abstract int MpiCancel(nint* request);

    internal abstract int MpiRequestFree(nint* request);

    internal MessageStatus ReadStatus(long* status)
    {
        long bytes = 0;
        Check(MpiNative.GetElementsX(status, Abi.RawByte, &bytes), "MPI_Get_elements_x");
        return new MessageStatus(*(int*)((byte*)status + Abi.StatusSourceOffset), *(int*)((byte*)status + Abi.StatusTagOffset), bytes);
    }

    internal void Check(int code, string call)
    {
        if (code != 0)
            throw MpiErrors.Describe(Abi, code, call);
    }

    private protected abstract int MpiBarrier();

    private protected abstract int MpiBcast(void* buffer, int count, ElementType type, int root);

    private protected abstract int MpiReduce(void* send, void* receive, int count, ElementType type, ReduceOperation operation, int root);

    private protected abstract int MpiAllreduce(void* send, void* receive, int count, ElementType type, ReduceOperation operation);

    /// <summary>Off the root, counts and offsets mean nothing and may be null.</summary>
    private protected abstract int MpiGatherv(
        void* send, int count, void* receive, int[]? counts, int[]? offsets, ElementType type, int root);

    private protected abstract int MpiAllgatherv(void* send, int count, void* receive, int[] counts, int[] offsets, ElementType type);

    /// <summary>Off the root, counts and offsets mean nothing and may be null.</summary>
    private protected abstract int MpiScatterv(
        void* send, int[]? counts, int[]? offsets, void* receive, int count, ElementType type, int root);

    private protected abstract int MpiSend(void* buffer, int count, ElementType type, int destination, int tag);

    private protected abstract int MpiRecv(void* buffer, int count, ElementType type, int source, int tag, long* status);

    private protected abstract int MpiProbe(int source, int tag, long* status);

    private protected abstract int MpiIprobe(int source, int tag, int* found, long* status);

    private protected abstract int MpiIsend(void* buffer, int count, ElementType type, int destination, int tag, nint* request);

    private protected abstract int MpiIrecv(void* buffer, int count, ElementType type, int source, int tag, nint* request);

    private protected abstract int MpiCommSplit(int color, int key, nint* child);

    private protected abstract int MpiCommFree();

    private protected abstract void MpiAbort(int exitCode);

    /// <summary>A communicator of the same binding from a handle that a split has made.</summary>
    private protected abstract MpiCommunicator Adopt(nint child);

    /// <summary>Checks counts and notes them with their offsets, in arrays that are kept for the next call.</summary>
    private void LayOut(ReadOnlySpan<int> counts, int ownLength, int flattenedLength)
    {
        Require.Counts(counts, Size, Rank, ownLength, flattenedLength);
        _counts ??= new int[Size];
        _offsets ??= new int[Size];
        counts.CopyTo(_counts);
        for (int i = 1; i < counts.Length; i++)
            _offsets[i] = _offsets[i - 1] + counts[i - 1];
    }

    private int SourceOf(int source) => source == ICommunicator.AnySource ? Abi.AnySource : source;

    private int TagOf(int tag) => tag == ICommunicator.AnyTag ? Abi.AnyTag : tag;
}
