using System.Numerics;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>Messages from rank to rank that wait.</summary>
internal static class MessageChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("Messages of every type and length pass between two ranks", 2, EachType),
        new("Messages with the same tag arrive in the order sent", 2, KeepsOrder),
        new("A receive picks its tag", 2, PicksTag),
        new("A receive from any source and tag tells both", 1, AnySourceAnyTag),
        new("A probe tells the length and leaves the message", 2, Probes),
        new("An immediate probe finds nothing where nothing is", 1, FindsNothing),
        new("A buffer may be longer than its message", 2, LongerBuffer),
        new("A message longer than the buffer is an error of class MPI_ERR_TRUNCATE", 2, Truncates),
    ];

    private static void EachType(ICommunicator comm, Expectations expect)
    {
        foreach (int length in Sample.Lengths)
        {
            PingPong<byte>(comm, expect, length);
            PingPong<int>(comm, expect, length);
            PingPong<long>(comm, expect, length);
            PingPong<ulong>(comm, expect, length);
            PingPong<float>(comm, expect, length);
            PingPong<double>(comm, expect, length);
        }
    }

    private static void PingPong<T>(ICommunicator comm, Expectations expect, int length) where T : unmanaged, INumber<T>
    {
        if (comm.Rank > 1)
            return;
        int other = 1 - comm.Rank;
        T[] received = new T[length];
        MessageStatus status;
        if (comm.Rank == 0)
        {
            comm.Send<T>(Sample.Values<T>(0, length), other, 5);
            status = comm.Receive<T>(received, other, 6);
        }
        else
        {
            status = comm.Receive<T>(received, other, 5);
            comm.Send<T>(Sample.Values<T>(1, length), other, 6);
        }

        expect.Equal<T>(received, Sample.Values<T>(other, length), $"{length} {typeof(T).Name}");
        expect.Equal(status.Source, other, "source");
        expect.Equal(status.Tag, 5 + other, "tag");
        expect.Equal(status.Count<T>(), length, $"count of {typeof(T).Name}");
    }

    private static void KeepsOrder(ICommunicator comm, Expectations expect)
    {
        for (int i = 0; i < 50; i++)
        {
            int[] value = [i];
            if (comm.Rank == 0)
                comm.Send<int>(value, 1, 1);
            else if (comm.Rank == 1)
            {
                comm.Receive<int>(value, 0, 1);
                expect.Equal(value[0], i, "message in its turn");
            }
        }
    }

    private static void PicksTag(ICommunicator comm, Expectations expect)
    {
        int[] value = new int[1];
        if (comm.Rank == 0)
        {
            comm.Send<int>([10], 1, 10);
            comm.Send<int>([ICommunicator.MaxTag], 1, ICommunicator.MaxTag);
        }
        else if (comm.Rank == 1)
        {
            comm.Receive<int>(value, 0, ICommunicator.MaxTag);
            expect.Equal(value[0], ICommunicator.MaxTag, "the second message first");
            comm.Receive<int>(value, 0, 10);
            expect.Equal(value[0], 10, "then the first");
        }
    }

    private static void AnySourceAnyTag(ICommunicator comm, Expectations expect)
    {
        using Request send = comm.ImmediateSend<long>(new long[] { comm.Rank * 100 }, 0, 20 + comm.Rank);
        if (comm.Rank == 0)
        {
            long[] value = new long[1];
            var sources = new SortedSet<int>();
            for (int i = 0; i < comm.Size; i++)
            {
                MessageStatus status = comm.Receive<long>(value, ICommunicator.AnySource, ICommunicator.AnyTag);
                expect.Equal(status.Tag, 20 + status.Source, "tag of the sender");
                expect.Equal(value[0], status.Source * 100L, "value of the sender");
                sources.Add(status.Source);
            }

            expect.Equal(sources.Count, comm.Size, "one message of each rank");
        }

        send.Wait();
        comm.Barrier();
    }

    private static void Probes(ICommunicator comm, Expectations expect)
    {
        if (comm.Rank == 0)
            comm.Send<double>(new double[37], 1, 3);
        else if (comm.Rank == 1)
        {
            MessageStatus probed = comm.Probe(ICommunicator.AnySource, ICommunicator.AnyTag);
            expect.Equal(probed, new MessageStatus(0, 3, 37 * sizeof(double)), "probe");
            expect.Equal(comm.ImmediateProbe(0, 3), probed, "immediate probe after a probe");
            expect.Equal(comm.Receive<double>(new double[probed.Count<double>()], probed.Source, probed.Tag), probed,
                "receive after a probe");
        }
    }

    private static void FindsNothing(ICommunicator comm, Expectations expect)
    {
        comm.Barrier();
        expect.Equal(comm.ImmediateProbe(ICommunicator.AnySource, ICommunicator.AnyTag), null, "immediate probe without messages");
    }

    private static void LongerBuffer(ICommunicator comm, Expectations expect)
    {
        if (comm.Rank == 0)
            comm.Send<int>([1, 2, 3], 1, 0);
        else if (comm.Rank == 1)
        {
            int[] buffer = [9, 9, 9, 9, 9];
            expect.Equal(comm.Receive<int>(buffer, 0, 0).Count<int>(), 3, "count");
            expect.Equal<int>(buffer, [1, 2, 3, 9, 9], "buffer");
        }
    }

    private static void Truncates(ICommunicator comm, Expectations expect)
    {
        foreach (int length in new[] { 8, 20_000 })
        {
            if (comm.Rank == 0)
                comm.Send<long>(new long[length], 1, 4);
            else if (comm.Rank == 1)
            {
                MpiException? error = expect.Throws<MpiException>(() => comm.Receive<long>(new long[length / 2], 0, 4), "short buffer");
                expect.Equal(error?.ErrorClass, "MPI_ERR_TRUNCATE", "error class");
                expect.True(error is not null && !error.Message.Contains('\n', StringComparison.Ordinal), "a message on one line");
            }
        }

        // The communicator still works.
        expect.Equal(comm.Allreduce(1, ReduceOperation.Sum), comm.Size, "sum after an error");
    }
}
