using System.Numerics;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>Collective calls that move values without combining them.</summary>
internal static class CollectiveChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("Rank lies below size and barriers can follow each other", 1, Barriers),
        new("A broadcast copies the root's values from every root", 1, (comm, expect) => EachType(comm, expect, new BroadcastCheck())),
        new("A gather lays values of different lengths end to end on the root", 1, (comm, expect)
        => EachType(comm, expect, new GatherCheck())),
        new("An allgather lays values of different lengths end to end on every rank", 1, (comm, expect)
        => EachType(comm, expect, new AllgatherCheck())),
        new("A scatter deals values of different lengths out", 1, (comm, expect) => EachType(comm, expect, new ScatterCheck())),
    ];

    private interface ITypedCheck
    {
        void Run<T>(ICommunicator comm, Expectations expect, int length) where T : unmanaged, INumber<T>;
    }

    private static void EachType(ICommunicator comm, Expectations expect, ITypedCheck check)
    {
        foreach (int length in Sample.Lengths)
        {
            check.Run<byte>(comm, expect, length);
            check.Run<int>(comm, expect, length);
            check.Run<long>(comm, expect, length);
            check.Run<ulong>(comm, expect, length);
            check.Run<float>(comm, expect, length);
            check.Run<double>(comm, expect, length);
        }
    }

    /// <summary>Every root for one type, the last rank for the others: a test of minutes would not be run.</summary>
    private static IEnumerable<int> Roots<T>(ICommunicator comm) =>
        typeof(T) == typeof(long) ? Enumerable.Range(0, comm.Size) : [comm.Size - 1];

    private static void Barriers(ICommunicator comm, Expectations expect)
    {
        expect.True(comm.Rank >= 0 && comm.Rank < comm.Size, $"rank {comm.Rank} of {comm.Size}");
        for (int i = 0; i < 20; i++)
            comm.Barrier();
    }

    private sealed class BroadcastCheck : ITypedCheck
    {
        public void Run<T>(ICommunicator comm, Expectations expect, int length) where T : unmanaged, INumber<T>
        {
            foreach (int root in Roots<T>(comm))
            {
                T[] values = Sample.Values<T>(comm.Rank, length);
                comm.Broadcast<T>(values, root);
                expect.Equal<T>(values, Sample.Values<T>(root, length), $"broadcast of {length} {typeof(T).Name} from {root}");
            }
        }
    }

    private sealed class GatherCheck : ITypedCheck
    {
        public void Run<T>(ICommunicator comm, Expectations expect, int length) where T : unmanaged, INumber<T>
        {
            int[] counts = Sample.Counts(comm.Size, length);
            T[] own = Sample.Values<T>(comm.Rank, counts[comm.Rank]);
            foreach (int root in Roots<T>(comm))
            {
                bool receives = comm.Rank == root;
                T[] gathered = receives ? new T[counts.Sum()] : [];
                comm.GatherFlattened<T>(own, gathered, receives ? counts : [], root);
                if (receives)
                    expect.Equal<T>(gathered, Sample.Flattened<T>(counts), $"gather of {length} {typeof(T).Name} to {root}");
            }
        }
    }

    private sealed class AllgatherCheck : ITypedCheck
    {
        public void Run<T>(ICommunicator comm, Expectations expect, int length) where T : unmanaged, INumber<T>
        {
            int[] counts = Sample.Counts(comm.Size, length);
            T[] gathered = new T[counts.Sum() + 2];
            comm.AllgatherFlattened<T>(Sample.Values<T>(comm.Rank, counts[comm.Rank]), gathered, counts);
            expect.Equal<T>(gathered, [.. Sample.Flattened<T>(counts), default, default], $"allgather of {length} {typeof(T).Name}");
        }
    }

    private sealed class ScatterCheck : ITypedCheck
    {
        public void Run<T>(ICommunicator comm, Expectations expect, int length) where T : unmanaged, INumber<T>
        {
            int[] counts = Sample.Counts(comm.Size, length);
            foreach (int root in Roots<T>(comm))
            {
                bool sends = comm.Rank == root;
                T[] received = new T[counts[comm.Rank]];
                comm.ScatterFromFlattened<T>(sends ? Sample.Flattened<T>(counts) : [], sends ? counts : [], received, root);
                expect.Equal<T>(received, Sample.Values<T>(comm.Rank, received.Length),
                    $"scatter of {length} {typeof(T).Name} from {root}");
            }
        }
    }
}
