using CrystalHpc.Parallel.Native;
using static MPI.Unsafe;

namespace CrystalHpc.Parallel;

/// <summary>
/// Ranks under a library of the MPICH family, called through MPI.NET. Made by <see cref="MpiEnvironment"/> and by splitting.
/// </summary>
/// <remarks>
/// <para>From the objects of MPI.NET: start and end of MPI (<c>Environment</c>), and of a communicator the adoption with its error handler,
/// rank, size, barrier, abort and release (<c>Intracommunicator</c>).</para>
/// <para>From its layer of plain calls (<c>Unsafe</c>), which takes pointers and allocates nothing: all transfers and reductions, probes,
/// requests and <c>MPI_Comm_split</c>. The methods of its objects take arrays, so spans would have to be copied; those for single values do
/// not pin them; requests and probes allocate; bytes have no arithmetic; and <c>Split</c> has no color for ranks that take no part.</para>
/// <para>It lacks, so that our own tables serve: <c>MPI_IN_PLACE</c>, <c>MPI_Comm_split_type</c>, <c>MPI_Get_elements_x</c> (lengths beyond
/// 2^31-1) and <c>MPI_Get_library_version</c>; and error texts come from there too, so that both bindings report alike.</para>
/// </remarks>
public sealed unsafe class MpiNetCommunicator : MpiCommunicator
{
    private readonly MPI.Intracommunicator _communicator;

    internal MpiNetCommunicator(MpiAbi abi, nint handle, MPI.Intracommunicator communicator, bool owned)
        : base(abi, handle, owned)
    {
        _communicator = communicator;
        (Rank, Size) = (communicator.Rank, communicator.Size);

        // The finalizer would free the communicator, a collective call, on another thread and on each rank at another time.
#pragma warning disable CA1816 // Not this object.
        GC.SuppressFinalize(communicator);
#pragma warning restore CA1816
    }

    /// <summary>Data types in the order of <see cref="ElementType"/>. MPI_BYTE has no arithmetic.</summary>
    private static ReadOnlySpan<int> Types =>
        [MPI_UNSIGNED_CHAR, MPI_INT, MPI_LONG_LONG, MPI_UNSIGNED_LONG_LONG, MPI_FLOAT, MPI_DOUBLE];

    /// <summary>Operations in the order of <see cref="ReduceOperation"/>.</summary>
    private static ReadOnlySpan<int> Operations =>
        [MPI_SUM, MPI_PROD, MPI_MIN, MPI_MAX, MPI_LAND, MPI_LOR, MPI_LXOR, MPI_BAND, MPI_BOR, MPI_BXOR];

    private int Comm => (int)Handle;

    internal override int MpiWait(nint* request, long* status) => MPI_Wait(ref *(int*)request, out *(MPI_Status*)status);

    internal override int MpiTest(nint* request, int* done, long* status) =>
        MPI_Test(ref *(int*)request, out *done, out *(MPI_Status*)status);

    internal override int MpiCancel(nint* request) => MPI_Cancel(ref *(int*)request);

    internal override int MpiRequestFree(nint* request) => MPI_Request_free(ref *(int*)request);

    private protected override int MpiBarrier()
    {
        try
        {
            _communicator.Barrier();
            return MPI_SUCCESS;
        }
        catch (Exception problem) when (CodeOf(problem) is { } code)
        {
            return code;
        }
    }

    private protected override int MpiBcast(void* buffer, int count, ElementType type, int root) =>
        MPI_Bcast((nint)buffer, count, Types[(int)type], root, Comm);

    private protected override int MpiReduce(
        void* send, void* receive, int count, ElementType type, ReduceOperation operation, int root) =>
        MPI_Reduce((nint)send, (nint)receive, count, Types[(int)type], Operations[(int)operation], root, Comm);

    private protected override int MpiAllreduce(void* send, void* receive, int count, ElementType type, ReduceOperation operation) =>
        MPI_Allreduce((nint)send, (nint)receive, count, Types[(int)type], Operations[(int)operation], Comm);

    private protected override int MpiGatherv(
        void* send, int count, void* receive, int[]? counts, int[]? offsets, ElementType type, int root) =>
        MPI_Gatherv((nint)send, count, Types[(int)type], (nint)receive, counts, offsets, Types[(int)type], root, Comm);

    private protected override int MpiAllgatherv(void* send, int count, void* receive, int[] counts, int[] offsets, ElementType type) =>
        MPI_Allgatherv((nint)send, count, Types[(int)type], (nint)receive, counts, offsets, Types[(int)type], Comm);

    private protected override int MpiScatterv(
        void* send, int[]? counts, int[]? offsets, void* receive, int count, ElementType type, int root) =>
        MPI_Scatterv((nint)send, counts, offsets, Types[(int)type], (nint)receive, count, Types[(int)type], root, Comm);

    private protected override int MpiSend(void* buffer, int count, ElementType type, int destination, int tag) =>
        MPI_Send((nint)buffer, count, Types[(int)type], destination, tag, Comm);

    private protected override int MpiRecv(void* buffer, int count, ElementType type, int source, int tag, long* status) =>
        MPI_Recv((nint)buffer, count, Types[(int)type], source, tag, Comm, out *(MPI_Status*)status);

    private protected override int MpiProbe(int source, int tag, long* status) =>
        MPI_Probe(source, tag, Comm, out *(MPI_Status*)status);

    private protected override int MpiIprobe(int source, int tag, int* found, long* status) =>
        MPI_Iprobe(source, tag, Comm, out *found, out *(MPI_Status*)status);

    private protected override int MpiIsend(void* buffer, int count, ElementType type, int destination, int tag, nint* request) =>
        MPI_Isend((nint)buffer, count, Types[(int)type], destination, tag, Comm, out *(int*)request);

    private protected override int MpiIrecv(void* buffer, int count, ElementType type, int source, int tag, nint* request) =>
        MPI_Irecv((nint)buffer, count, Types[(int)type], source, tag, Comm, out *(int*)request);

    private protected override int MpiCommSplit(int color, int key, nint* child) => MPI_Comm_split(Comm, color, key, out *(int*)child);

    private protected override int MpiCommFree()
    {
        try
        {
            _communicator.Dispose();
            return MPI_SUCCESS;
        }
        catch (Exception problem) when (CodeOf(problem) is { } code)
        {
            return code;
        }
    }

    private protected override void MpiAbort(int exitCode) => _communicator.Abort(exitCode);

    private protected override MpiCommunicator Adopt(nint child) =>
        new MpiNetCommunicator(Abi, child, MPI.Intracommunicator.Adopt((int)child), owned: true);

    /// <summary>The return code behind an exception of MPI.NET, whose type does not tell the error class; null if there is none.</summary>
    private static int? CodeOf(Exception problem) => problem.Data["MPI Error Code"] as int?;
}
