using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>Ranks that are processes under MPI. Made by <see cref="MpiEnvironment"/> and by splitting.</summary>
public sealed unsafe class NativeCommunicator : ICommunicator
{
    private readonly MpiAbi _abi;
    private readonly nint _comm;
    private readonly bool _owned;
    private bool _disposed;

    internal NativeCommunicator(MpiAbi abi, nint comm, bool owned)
    {
        (_abi, _comm, _owned) = (abi, comm, owned);
        Check(MpiNative.CommSetErrhandler(comm, abi.ErrorsReturn), "MPI_Comm_set_errhandler");
        int rank, size;
        Check(MpiNative.CommRank(comm, &rank), "MPI_Comm_rank");
        Check(MpiNative.CommSize(comm, &size), "MPI_Comm_size");
        (Rank, Size) = (rank, size);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public void Barrier() => Check(MpiNative.Barrier(_comm), "MPI_Barrier");

    /// <inheritdoc/>
    public void Broadcast<T>(Span<T> values, int root) where T : unmanaged
    {
        nint type = TypeOf<T>();
        Require.Root(root, Size);
        fixed (T* buffer = values)
            Check(MpiNative.Bcast(buffer, values.Length, type, root, _comm), "MPI_Bcast");
    }

    /// <inheritdoc/>
    public void ReduceInPlace<T>(Span<T> values, ReduceOperation operation, int root) where T : unmanaged
    {
        ElementType element = Require.Reducible<T>(operation);
        Require.Root(root, Size);

        // MPICH 4.0 crashes in MPI_Reduce with MPI_IN_PLACE on a root other than 0, so the root sends a copy.
        T[] copy = Rank == root ? ArrayPool<T>.Shared.Rent(values.Length) : [];
        if (Rank == root)
            values.CopyTo(copy);
        fixed (T* own = values, copied = copy)
        {
            void* send = Rank == root ? copied : own;
            void* receive = Rank == root ? own : null;
            Check(
                MpiNative.Reduce(send, receive, values.Length, _abi.Types[(int)element], _abi.Operations[(int)operation], root, _comm),
                "MPI_Reduce");
        }

        if (Rank == root)
            ArrayPool<T>.Shared.Return(copy);
    }

    /// <inheritdoc/>
    public void AllreduceInPlace<T>(Span<T> values, ReduceOperation operation) where T : unmanaged
    {
        ElementType element = Require.Reducible<T>(operation);
        fixed (T* buffer = values)
        {
            Check(
                MpiNative.Allreduce(
                    (void*)_abi.InPlace, buffer, values.Length, _abi.Types[(int)element], _abi.Operations[(int)operation], _comm),
                "MPI_Allreduce");
        }
    }

    /// <inheritdoc/>
    public void GatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts, int root) where T : unmanaged
    {
        nint type = TypeOf<T>();
        Require.Root(root, Size);
        if (Rank == root)
            Require.Counts(counts, Size, Rank, values.Length, gathered.Length);
        int[] offsets = Offsets(counts);
        fixed (T* send = values, receive = gathered)
        fixed (int* sizes = counts, starts = offsets)
            Check(MpiNative.Gatherv(send, values.Length, type, receive, sizes, starts, type, root, _comm), "MPI_Gatherv");
    }

    /// <inheritdoc/>
    public void AllgatherFlattened<T>(ReadOnlySpan<T> values, Span<T> gathered, ReadOnlySpan<int> counts) where T : unmanaged
    {
        nint type = TypeOf<T>();
        Require.Counts(counts, Size, Rank, values.Length, gathered.Length);
        int[] offsets = Offsets(counts);
        fixed (T* send = values, receive = gathered)
        fixed (int* sizes = counts, starts = offsets)
            Check(MpiNative.Allgatherv(send, values.Length, type, receive, sizes, starts, type, _comm), "MPI_Allgatherv");
    }

    /// <inheritdoc/>
    public void ScatterFromFlattened<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> counts, Span<T> received, int root) where T : unmanaged
    {
        nint type = TypeOf<T>();
        Require.Root(root, Size);
        if (Rank == root)
            Require.Counts(counts, Size, Rank, received.Length, values.Length);
        int[] offsets = Offsets(counts);
        fixed (T* send = values, receive = received)
        fixed (int* sizes = counts, starts = offsets)
            Check(MpiNative.Scatterv(send, sizes, starts, type, receive, received.Length, type, root, _comm), "MPI_Scatterv");
    }

    /// <inheritdoc/>
    public void Send<T>(ReadOnlySpan<T> values, int destination, int tag) where T : unmanaged
    {
        nint type = TypeOf<T>();
        Require.Destination(destination, tag, Size);
        fixed (T* buffer = values)
            Check(MpiNative.Send(buffer, values.Length, type, destination, tag, _comm), "MPI_Send");
    }

    /// <inheritdoc/>
    public MessageStatus Receive<T>(Span<T> values, int source, int tag) where T : unmanaged
    {
        nint type = TypeOf<T>();
        Require.Source(source, tag, Size);
        long* status = stackalloc long[MpiAbi.StatusLongs];
        fixed (T* buffer = values)
            Check(MpiNative.Recv(buffer, values.Length, type, NativeSource(source), NativeTag(tag), _comm, status), "MPI_Recv");
        return ReadStatus(status);
    }

    /// <inheritdoc/>
    public MessageStatus Probe(int source, int tag)
    {
        Require.Source(source, tag, Size);
        long* status = stackalloc long[MpiAbi.StatusLongs];
        Check(MpiNative.Probe(NativeSource(source), NativeTag(tag), _comm, status), "MPI_Probe");
        return ReadStatus(status);
    }

    /// <inheritdoc/>
    public MessageStatus? ImmediateProbe(int source, int tag)
    {
        Require.Source(source, tag, Size);
        long* status = stackalloc long[MpiAbi.StatusLongs];
        int found = 0;
        Check(MpiNative.Iprobe(NativeSource(source), NativeTag(tag), _comm, &found, status), "MPI_Iprobe");
        return found == 0 ? null : ReadStatus(status);
    }

    /// <inheritdoc/>
    public Request ImmediateSend<T>(ReadOnlyMemory<T> values, int destination, int tag) where T : unmanaged
    {
        nint type = TypeOf<T>();
        Require.Destination(destination, tag, Size);
        MemoryHandle pin = values.Pin();
        nint request = 0;
        Check(MpiNative.Isend(pin.Pointer, values.Length, type, destination, tag, _comm, &request), "MPI_Isend");
        return new NativeRequest(this, request, pin, receives: false);
    }

    /// <inheritdoc/>
    public Request ImmediateReceive<T>(Memory<T> values, int source, int tag) where T : unmanaged
    {
        nint type = TypeOf<T>();
        Require.Source(source, tag, Size);
        MemoryHandle pin = values.Pin();
        nint request = 0;
        Check(MpiNative.Irecv(pin.Pointer, values.Length, type, NativeSource(source), NativeTag(tag), _comm, &request), "MPI_Irecv");
        return new NativeRequest(this, request, pin, receives: true);
    }

    /// <inheritdoc/>
    public ICommunicator? Split(int? color, int key)
    {
        Require.Color(color);
        nint child = 0;
        Check(MpiNative.CommSplit(_comm, color ?? _abi.Undefined, key, &child), "MPI_Comm_split");
        child = _abi.Normalize(child);
        return child == _abi.CommNull ? null : new NativeCommunicator(_abi, child, owned: true);
    }

    /// <inheritdoc/>
    public ICommunicator SplitNode()
    {
        nint child = 0;
        Check(MpiNative.CommSplitType(_comm, _abi.CommTypeShared, Rank, _abi.InfoNull, &child), "MPI_Comm_split_type");
        return new NativeCommunicator(_abi, _abi.Normalize(child), owned: true);
    }

    /// <inheritdoc/>
    [DoesNotReturn]
    public void Abort(int exitCode)
    {
        Require.ExitCode(exitCode);
        _ = MpiNative.Abort(_comm, exitCode);
        Environment.Exit(exitCode);
    }

    /// <summary>Frees a communicator made by a split; every rank of it must do so. Does nothing to the world.</summary>
    public void Dispose()
    {
        if (_disposed || !_owned)
            return;
        _disposed = true;
        nint comm = _comm;
        Check(MpiNative.CommFree(&comm), "MPI_Comm_free");
    }

    internal MessageStatus ReadStatus(long* status)
    {
        long bytes = 0;
        Check(MpiNative.GetElementsX(status, _abi.RawByte, &bytes), "MPI_Get_elements_x");
        return new MessageStatus(
            *(int*)((byte*)status + _abi.StatusSourceOffset), *(int*)((byte*)status + _abi.StatusTagOffset), bytes);
    }

    internal void Check(int code, string call)
    {
        if (code != 0)
            throw MpiErrors.Describe(_abi, code, call);
    }

    private static int[] Offsets(ReadOnlySpan<int> counts)
    {
        int[] offsets = new int[counts.Length];
        for (int i = 1; i < counts.Length; i++)
            offsets[i] = offsets[i - 1] + counts[i - 1];
        return offsets;
    }

    private nint TypeOf<T>() where T : unmanaged => _abi.Types[(int)Require.Element<T>()];

    private int NativeSource(int source) => source == ICommunicator.AnySource ? _abi.AnySource : source;

    private int NativeTag(int tag) => tag == ICommunicator.AnyTag ? _abi.AnyTag : tag;
}
