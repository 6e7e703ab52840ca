using System.Runtime.InteropServices;

namespace CrystalHpc.Parallel.Native;

/// <summary>
/// The MPI functions in use. Handles are nint for every library. Where a handle is a 32-bit integer (MPICH), the callee reads the low half
/// of the register or stack slot; an out parameter must be zero before the call, since only its low half is written, and goes through
/// <see cref="MpiAbi.Normalize"/> afterwards.
/// </summary>
internal static unsafe partial class MpiNative
{
    /// <summary>Resolved by <see cref="MpiLoader"/>.</summary>
    public const string Library = "mpi";

    [LibraryImport(Library, EntryPoint = "MPI_Get_library_version")]
    public static partial int GetLibraryVersion(byte* text, int* length);

    [LibraryImport(Library, EntryPoint = "MPI_Init_thread")]
    public static partial int InitThread(int* argc, byte*** argv, int required, int* provided);

    [LibraryImport(Library, EntryPoint = "MPI_Finalize")]
    public static partial int FinalizeAll();

    [LibraryImport(Library, EntryPoint = "MPI_Abort")]
    public static partial int Abort(nint comm, int code);

    [LibraryImport(Library, EntryPoint = "MPI_Error_class")]
    public static partial int ErrorClass(int code, int* errorClass);

    [LibraryImport(Library, EntryPoint = "MPI_Error_string")]
    public static partial int ErrorString(int code, byte* text, int* length);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_rank")]
    public static partial int CommRank(nint comm, int* rank);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_size")]
    public static partial int CommSize(nint comm, int* size);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_split")]
    public static partial int CommSplit(nint comm, int color, int key, nint* child);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_split_type")]
    public static partial int CommSplitType(nint comm, int type, int key, nint info, nint* child);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_free")]
    public static partial int CommFree(nint* comm);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_set_errhandler")]
    public static partial int CommSetErrhandler(nint comm, nint handler);

    [LibraryImport(Library, EntryPoint = "MPI_Barrier")]
    public static partial int Barrier(nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Bcast")]
    public static partial int Bcast(void* buffer, int count, nint type, int root, nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Reduce")]
    public static partial int Reduce(void* send, void* receive, int count, nint type, nint op, int root, nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Allreduce")]
    public static partial int Allreduce(void* send, void* receive, int count, nint type, nint op, nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Gatherv")]
    public static partial int Gatherv(
        void* send, int count, nint sendType, void* receive, int* counts, int* offsets, nint receiveType, int root, nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Allgatherv")]
    public static partial int Allgatherv(
        void* send, int count, nint sendType, void* receive, int* counts, int* offsets, nint receiveType, nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Scatterv")]
    public static partial int Scatterv(
        void* send, int* counts, int* offsets, nint sendType, void* receive, int count, nint receiveType, int root, nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Send")]
    public static partial int Send(void* buffer, int count, nint type, int destination, int tag, nint comm);

    [LibraryImport(Library, EntryPoint = "MPI_Recv")]
    public static partial int Recv(void* buffer, int count, nint type, int source, int tag, nint comm, void* status);

    [LibraryImport(Library, EntryPoint = "MPI_Isend")]
    public static partial int Isend(void* buffer, int count, nint type, int destination, int tag, nint comm, nint* request);

    [LibraryImport(Library, EntryPoint = "MPI_Irecv")]
    public static partial int Irecv(void* buffer, int count, nint type, int source, int tag, nint comm, nint* request);

    [LibraryImport(Library, EntryPoint = "MPI_Probe")]
    public static partial int Probe(int source, int tag, nint comm, void* status);

    [LibraryImport(Library, EntryPoint = "MPI_Iprobe")]
    public static partial int Iprobe(int source, int tag, nint comm, int* flag, void* status);

    [LibraryImport(Library, EntryPoint = "MPI_Wait")]
    public static partial int Wait(nint* request, void* status);

    [LibraryImport(Library, EntryPoint = "MPI_Test")]
    public static partial int Test(nint* request, int* flag, void* status);

    [LibraryImport(Library, EntryPoint = "MPI_Cancel")]
    public static partial int Cancel(nint* request);

    [LibraryImport(Library, EntryPoint = "MPI_Request_free")]
    public static partial int RequestFree(nint* request);

    /// <summary>Length of a message as a 64-bit count, which MPI_Get_count cannot give.</summary>
    [LibraryImport(Library, EntryPoint = "MPI_Get_elements_x")]
    public static partial int GetElementsX(void* status, nint type, long* count);
}
