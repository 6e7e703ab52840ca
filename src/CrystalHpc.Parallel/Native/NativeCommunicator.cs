using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>
/// Ranks under any MPI library, called through our own tables of handles and constants. Made by <see cref="MpiEnvironment"/> and by
/// splitting.
/// </summary>
public sealed unsafe class NativeCommunicator : MpiCommunicator
{
    internal NativeCommunicator(MpiAbi abi, nint handle, bool owned)
        : base(abi, handle, owned)
    {
        Check(MpiNative.CommSetErrhandler(handle, abi.ErrorsReturn), "MPI_Comm_set_errhandler");
        int rank, size;
        Check(MpiNative.CommRank(handle, &rank), "MPI_Comm_rank");
        Check(MpiNative.CommSize(handle, &size), "MPI_Comm_size");
        (Rank, Size) = (rank, size);
    }

    internal override int MpiWait(nint* request, long* status) => MpiNative.Wait(request, status);

    internal override int MpiTest(nint* request, int* done, long* status) => MpiNative.Test(request, done, status);

    internal override int MpiCancel(nint* request) => MpiNative.Cancel(request);

    internal override int MpiRequestFree(nint* request) => MpiNative.RequestFree(request);

    private protected override int MpiBarrier() => MpiNative.Barrier(Handle);

    private protected override int MpiBcast(void* buffer, int count, ElementType type, int root) =>
        MpiNative.Bcast(buffer, count, TypeOf(type), root, Handle);

    private protected override int MpiReduce(
        void* send, void* receive, int count, ElementType type, ReduceOperation operation, int root) =>
        MpiNative.Reduce(send, receive, count, TypeOf(type), Abi.Operations[(int)operation], root, Handle);

    private protected override int MpiAllreduce(void* send, void* receive, int count, ElementType type, ReduceOperation operation) =>
        MpiNative.Allreduce(send, receive, count, TypeOf(type), Abi.Operations[(int)operation], Handle);

    private protected override int MpiGatherv(
        void* send, int count, void* receive, int[]? counts, int[]? offsets, ElementType type, int root)
    {
        fixed (int* sizes = counts, starts = offsets)
            return MpiNative.Gatherv(send, count, TypeOf(type), receive, sizes, starts, TypeOf(type), root, Handle);
    }

    private protected override int MpiAllgatherv(void* send, int count, void* receive, int[] counts, int[] offsets, ElementType type)
    {
        fixed (int* sizes = counts, starts = offsets)
            return MpiNative.Allgatherv(send, count, TypeOf(type), receive, sizes, starts, TypeOf(type), Handle);
    }

    private protected override int MpiScatterv(
        void* send, int[]? counts, int[]? offsets, void* receive, int count, ElementType type, int root)
    {
        fixed (int* sizes = counts, starts = offsets)
            return MpiNative.Scatterv(send, sizes, starts, TypeOf(type), receive, count, TypeOf(type), root, Handle);
    }

    private protected override int MpiSend(void* buffer, int count, ElementType type, int destination, int tag) =>
        MpiNative.Send(buffer, count, TypeOf(type), destination, tag, Handle);

    private protected override int MpiRecv(void* buffer, int count, ElementType type, int source, int tag, long* status) =>
        MpiNative.Recv(buffer, count, TypeOf(type), source, tag, Handle, status);

    private protected override int MpiProbe(int source, int tag, long* status) => MpiNative.Probe(source, tag, Handle, status);

    private protected override int MpiIprobe(int source, int tag, int* found, long* status) =>
        MpiNative.Iprobe(source, tag, Handle, found, status);

    private protected override int MpiIsend(void* buffer, int count, ElementType type, int destination, int tag, nint* request) =>
        MpiNative.Isend(buffer, count, TypeOf(type), destination, tag, Handle, request);

    private protected override int MpiIrecv(void* buffer, int count, ElementType type, int source, int tag, nint* request) =>
        MpiNative.Irecv(buffer, count, TypeOf(type), source, tag, Handle, request);

    private protected override int MpiCommSplit(int color, int key, nint* child) => MpiNative.CommSplit(Handle, color, key, child);

    private protected override int MpiCommFree()
    {
        nint handle = Handle;
        return MpiNative.CommFree(&handle);
    }

    private protected override void MpiAbort(int exitCode) => _ = MpiNative.Abort(Handle, exitCode);

    private protected override MpiCommunicator Adopt(nint child) => new NativeCommunicator(Abi, child, owned: true);

    private nint TypeOf(ElementType type) => Abi.Types[(int)type];
}
