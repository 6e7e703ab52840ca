using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>Messages under way while the rank does something else.</summary>
internal static class RequestChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("Messages around a ring pass while garbage is collected", 1, RingUnderCollection),
        new("Receives are served in the order posted", 1, ServedInOrder),
        new("A test tells when a receive is complete", 1, Tests),
        new("A receive that is given up takes no message", 1, GivenUp),
        new("A receive under way that is too short is an error of class MPI_ERR_TRUNCATE", 2, Truncates),
        new("A forgotten request keeps its buffer in place", 1, Forgotten),
    ];

    private static void RingUnderCollection(ICommunicator comm, Expectations expect)
    {
        int next = (comm.Rank + 1) % comm.Size;
        int previous = (comm.Rank + comm.Size - 1) % comm.Size;
        foreach (int length in new[] { 1, 1000, 200_000 })
        {
            const int Messages = 8;
            long[][] received = new long[Messages][];
            var requests = new List<Request>();
            for (int i = 0; i < Messages; i++)
            {
                _ = new byte[100_000];
                received[i] = new long[length];
                requests.Add(comm.ImmediateReceive<long>(received[i], previous, i));
            }

            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            for (int i = 0; i < Messages; i++)
            {
                _ = new byte[100_000];
                requests.Add(comm.ImmediateSend<long>(Sample.Values<long>(comm.Rank + i, length), next, i));
            }

            GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            foreach (Request request in requests)
                request.Wait();
            for (int i = 0; i < Messages; i++)
                expect.Equal<long>(received[i], Sample.Values<long>(previous + i, length), $"message {i} of {length}");
            requests.ForEach(request => request.Dispose());
        }
    }

    private static void ServedInOrder(ICommunicator comm, Expectations expect)
    {
        int next = (comm.Rank + 1) % comm.Size;
        int[] first = new int[1], second = new int[1];
        using Request receiveFirst = comm.ImmediateReceive<int>(first, ICommunicator.AnySource, 7);
        using Request receiveSecond = comm.ImmediateReceive<int>(second, ICommunicator.AnySource, 7);
        using Request sendFirst = comm.ImmediateSend<int>(new[] { 1 }, next, 7);
        using Request sendSecond = comm.ImmediateSend<int>(new[] { 2 }, next, 7);
        receiveSecond.Wait();
        receiveFirst.Wait();
        sendFirst.Wait();
        sendSecond.Wait();
        expect.Equal(first[0], 1, "first receive");
        expect.Equal(second[0], 2, "second receive");
    }

    private static void Tests(ICommunicator comm, Expectations expect)
    {
        int[] value = new int[1];
        using Request receive = comm.ImmediateReceive<int>(value, comm.Rank, 8);
        expect.Equal(receive.Test(), null, "test before the send");
        using Request send = comm.ImmediateSend<int>(new[] { 42 }, comm.Rank, 8);
        MessageStatus? status;
        for (status = receive.Test(); status is null; status = receive.Test())
            Thread.Yield();
        expect.Equal(status, new MessageStatus(comm.Rank, 8, 4), "status");
        expect.Equal(receive.Wait(), status!.Value, "status again");
        expect.Equal(value[0], 42, "value");
        expect.Equal(send.Wait().Bytes, 0L, "status of a send");
    }

    private static void GivenUp(ICommunicator comm, Expectations expect)
    {
        int[] unused = [-1], used = [-1];
        comm.ImmediateReceive<int>(unused, comm.Rank, 9).Dispose();
        using Request send = comm.ImmediateSend<int>(new[] { 5 }, comm.Rank, 9);
        comm.Receive<int>(used, comm.Rank, 9);
        send.Wait();
        expect.Equal(unused[0], -1, "buffer of the receive given up");
        expect.Equal(used[0], 5, "buffer of the next receive");
    }

    private static void Truncates(ICommunicator comm, Expectations expect)
    {
        // Not to itself: Open MPI 4.1 cuts such a message short without an error.
        using Request receive = comm.ImmediateReceive<long>(new long[3], (comm.Rank + comm.Size - 1) % comm.Size, 10);
        using Request send = comm.ImmediateSend<long>(new long[4], (comm.Rank + 1) % comm.Size, 10);
        expect.Equal(expect.Throws<MpiException>(() => receive.Wait(), "short buffer")?.ErrorClass, "MPI_ERR_TRUNCATE", "error class");
        expect.Throws<MpiException>(() => receive.Test(), "short buffer, asked again");
        send.Wait();
    }

    private static void Forgotten(ICommunicator comm, Expectations expect)
    {
        int next = (comm.Rank + 1) % comm.Size;
        long[] received = new long[5000];
        Forget(comm, received);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        using Request send = comm.ImmediateSend<long>(Sample.Values<long>(3, received.Length), next, 11);
        send.Wait();
        comm.Barrier();

        // Some libraries move data only inside calls.
        for (int i = 0; i < 1000 && received[^1] == 0; i++)
            comm.ImmediateProbe(ICommunicator.AnySource, 12);
        expect.Equal<long>(received, Sample.Values<long>(3, received.Length), "buffer of a forgotten receive");
        comm.Barrier();
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget(ICommunicator comm, long[] buffer) => comm.ImmediateReceive<long>(buffer, ICommunicator.AnySource, 11);
}
