using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>Communicators made from communicators.</summary>
internal static class SplitChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("A split by parity makes two communicators that do not mix", 1, Parity),
        new("The key orders the ranks of a split", 1, Reversed),
        new("A rank without color takes no part", 1, WithoutColor),
        new("A split of a split works", 1, Nested),
        new("Messages of a split do not reach the parent", 2, Separate),
        new("All ranks of one machine share a node", 1, Node),
    ];

    private static void Parity(ICommunicator comm, Expectations expect)
    {
        int color = comm.Rank % 2;
        using ICommunicator half = comm.Split(color, comm.Rank)!;
        expect.Equal(half.Rank, comm.Rank / 2, "rank");
        expect.Equal(half.Size, (comm.Size - color + 1) / 2, "size");

        // The two halves make different numbers of calls.
        for (int i = 0; i <= color * 3; i++)
            expect.Equal(half.Allreduce(color + 1L, ReduceOperation.Sum), (color + 1L) * half.Size, "sum within the half");
        expect.Equal(comm.Allreduce(1, ReduceOperation.Sum), comm.Size, "sum over all");
    }

    private static void Reversed(ICommunicator comm, Expectations expect)
    {
        using ICommunicator reversed = comm.Split(3, -comm.Rank)!;
        expect.Equal(reversed.Rank, comm.Size - 1 - comm.Rank, "rank in reverse");
        int[] value = [comm.Rank];
        reversed.Broadcast<int>(value, 0);
        expect.Equal(value[0], comm.Size - 1, "value of the last rank");
        using ICommunicator same = comm.Split(0, 0)!;
        expect.Equal(same.Rank, comm.Rank, "rank with equal keys");
    }

    private static void WithoutColor(ICommunicator comm, Expectations expect)
    {
        using ICommunicator? rest = comm.Split(comm.Rank == 0 ? null : 1, 0);
        expect.Equal(rest is null, comm.Rank == 0, "communicator of rank 0");
        if (rest is not null)
            expect.Equal(rest.Allreduce(1, ReduceOperation.Sum), comm.Size - 1, "sum without rank 0");
    }

    private static void Nested(ICommunicator comm, Expectations expect)
    {
        using ICommunicator pair = comm.Split(comm.Rank / 2, comm.Rank)!;
        using ICommunicator single = pair.Split(pair.Rank, 0)!;
        expect.Equal(single.Size, 1, "size of a pair divided");
        expect.Equal(single.Allreduce(comm.Rank, ReduceOperation.Sum), comm.Rank, "sum of one");
    }

    private static void Separate(ICommunicator comm, Expectations expect)
    {
        using ICommunicator copy = comm.Split(0, comm.Rank)!;
        int[] value = new int[1];
        if (comm.Rank == 0)
        {
            copy.Send<int>([1], 1, 0);
            comm.Send<int>([2], 1, 0);
        }
        else if (comm.Rank == 1)
        {
            comm.Receive<int>(value, 0, 0);
            expect.Equal(value[0], 2, "message of the parent");
            copy.Receive<int>(value, 0, 0);
            expect.Equal(value[0], 1, "message of the copy");
        }

        comm.Barrier();
    }

    private static void Node(ICommunicator comm, Expectations expect)
    {
        using ICommunicator node = comm.SplitNode();
        expect.Equal(node.Size, comm.Size, "size of the node");
        expect.Equal(node.Rank, comm.Rank, "rank on the node");
        expect.Equal(node.Allreduce(1, ReduceOperation.Sum), comm.Size, "sum over the node");
    }
}
