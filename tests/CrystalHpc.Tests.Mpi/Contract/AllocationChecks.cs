using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>What a fit calls thousands of times leaves no work for the garbage collector.</summary>
internal static class AllocationChecks
{
    private const int Repeats = 100;

    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("Barrier, broadcast and reductions allocate nothing", 1, Collectives),
        new("Flattened collectives allocate nothing", 1, Flattened),
        new("Blocking messages and probes allocate nothing under MPI", 2, Messages),
    ];

    private static void Collectives(ICommunicator comm, Expectations expect)
    {
        double[] values = new double[513];
        int root = comm.Size - 1;
        ExpectNone(expect, "barrier", comm.Barrier);
        ExpectNone(expect, "broadcast", () => comm.Broadcast(values.AsSpan(), root));
        ExpectNone(expect, "allreduce", () => comm.AllreduceInPlace(values.AsSpan(), ReduceOperation.Sum));
        ExpectNone(expect, "reduce", () => comm.ReduceInPlace(values.AsSpan(), ReduceOperation.Max, root));
    }

    private static void Flattened(ICommunicator comm, Expectations expect)
    {
        int[] counts = Sample.Counts(comm.Size, 7);
        long[] own = new long[counts[comm.Rank]], all = new long[counts.Sum()];
        ExpectNone(expect, "gather", () => comm.GatherFlattened<long>(own, all, counts, 0));
        ExpectNone(expect, "allgather", () => comm.AllgatherFlattened<long>(own, all, counts));
        ExpectNone(expect, "scatter", () => comm.ScatterFromFlattened<long>(all, counts, own, 0));
    }

    private static void Messages(ICommunicator comm, Expectations expect)
    {
        // A thread's message waits in a copy.
        if (comm is not MpiCommunicator)
            return;
        int[] values = new int[7];
        int next = (comm.Rank + 1) % comm.Size, previous = (comm.Rank + comm.Size - 1) % comm.Size;
        ExpectNone(expect, "send, probe and receive", () =>
        {
            comm.Send<int>(values, next, 3);
            comm.Probe(previous, 3);
            while (comm.ImmediateProbe(ICommunicator.AnySource, ICommunicator.AnyTag) is null)
            {
            }

            comm.Receive<int>(values, previous, 3);
        });
    }

    /// <summary>The first calls may allocate: code is compiled, buffers that are kept are made.</summary>
    private static void ExpectNone(Expectations expect, string what, Action call)
    {
        for (int i = 0; i < Repeats; i++)
            call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Repeats; i++)
            call();
        expect.Equal(GC.GetAllocatedBytesForCurrentThread() - before, 0L, $"bytes that {Repeats} calls of {what} allocated");
    }
}
