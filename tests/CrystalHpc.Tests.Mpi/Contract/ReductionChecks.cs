using System.Numerics;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>Reductions: every operation for every element type, against folds written out here and against known answers.</summary>
internal static class ReductionChecks
{
    private static readonly ReduceOperation[] Arithmetic = [ReduceOperation.Sum, ReduceOperation.Product, ReduceOperation.Min,
        ReduceOperation.Max];

    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        .. Enum.GetValues<ReduceOperation>().Select(operation =>
            new ContractCheck($"{operation} combines the values of all ranks in every element type", 1, (comm, expect)
                => EachType(comm, expect, operation))),
        new("Sums and products of the ranks have their closed forms", 1, ClosedForms),
        new("Bits of the ranks come together", 1, Bits),
        new("Whole numbers wrap around and keep all 64 bits", 1, WrapAround),
        new("A reduction to a root leaves the values of the others", 1, LeavesOthers),
        new("A reduction in place allocates nothing", 1, AllocatesNothing),
    ];

    private static void EachType(ICommunicator comm, Expectations expect, ReduceOperation operation)
    {
        // One operation at all lengths is enough for the way the values travel.
        foreach (int length in operation == ReduceOperation.Sum ? Sample.Lengths : [700])
        {
            Whole<byte>(comm, expect, operation, length);
            Whole<int>(comm, expect, operation, length);
            Whole<long>(comm, expect, operation, length);
            Whole<ulong>(comm, expect, operation, length);
            if (!Arithmetic.Contains(operation))
                continue;
            Compare<float>(comm, expect, operation, length, Fold);
            Compare<double>(comm, expect, operation, length, Fold);
        }
    }

    private static void Whole<T>(ICommunicator comm, Expectations expect, ReduceOperation operation, int length)
        where T : unmanaged, IBinaryInteger<T> => Compare<T>(comm, expect, operation, length, (op, x, y) => op switch
        {
            ReduceOperation.LogicalAnd => x != T.Zero && y != T.Zero ? T.One : T.Zero,
            ReduceOperation.LogicalOr => x != T.Zero || y != T.Zero ? T.One : T.Zero,
            ReduceOperation.LogicalXor => x != T.Zero ^ y != T.Zero ? T.One : T.Zero,
            ReduceOperation.BitwiseAnd => x & y,
            ReduceOperation.BitwiseOr => x | y,
            ReduceOperation.BitwiseXor => x ^ y,
            _ => Fold(op, x, y),
        });

    private static T Fold<T>(ReduceOperation operation, T x, T y) where T : INumber<T> => operation switch
    {
        ReduceOperation.Sum => x + y,
        ReduceOperation.Product => x * y,
        ReduceOperation.Min => T.Min(x, y),
        ReduceOperation.Max => T.Max(x, y),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    /// <summary>Factors are powers of two, whose products are exact; some of the values are zero for the logical operations.</summary>
    private static T[] Contribution<T>(ReduceOperation operation, int rank, int length) where T : INumber<T>
    {
        T[] values = Sample.Values<T>(rank, length);
        if (operation is ReduceOperation.Product)
            values = Array.ConvertAll(values, value => T.CreateTruncating(1 << int.CreateTruncating(value) % 3));
        if (operation is ReduceOperation.LogicalAnd or ReduceOperation.LogicalOr or ReduceOperation.LogicalXor)
        {
            for (int i = 0; i < length; i++)
                values[i] = (i + rank) % 5 == 0 || i % 7 == 0 ? T.Zero : values[i];
        }

        return values;
    }

    private static void Compare<T>(
        ICommunicator comm, Expectations expect, ReduceOperation operation, int length, Func<ReduceOperation, T, T, T> combine)
        where T : unmanaged, INumber<T>
    {
        T[] expected = Contribution<T>(operation, 0, length);
        for (int rank = 1; rank < comm.Size; rank++)
        {
            T[] other = Contribution<T>(operation, rank, length);
            for (int i = 0; i < length; i++)
                expected[i] = combine(operation, expected[i], other[i]);
        }

        T[] own = Contribution<T>(operation, comm.Rank, length);
        T[] values = [.. own];
        comm.AllreduceInPlace<T>(values, operation);
        expect.Equal<T>(values, expected, $"allreduce {operation} of {length} {typeof(T).Name}");
        T[] result = new T[length + 1];
        comm.Allreduce<T>(own, result, operation);
        expect.Equal<T>(result, [.. expected, default], $"allreduce {operation} of {length} {typeof(T).Name} into a longer buffer");
        int root = comm.Size - 1;
        comm.ReduceInPlace<T>(own, operation, root);
        expect.Equal<T>(
            own, comm.Rank == root ? expected : Contribution<T>(operation, comm.Rank, length),
            $"reduce {operation} of {length} {typeof(T).Name}");
    }

    private static void ClosedForms(ICommunicator comm, Expectations expect)
    {
        int n = comm.Size;
        expect.Equal(comm.Allreduce((long)comm.Rank + 1, ReduceOperation.Sum), n * (n + 1L) / 2, "sum of 1..n");
        double factorial = Enumerable.Range(1, n).Aggregate(1.0, (product, k) => product * k);
        expect.Equal(comm.Allreduce(comm.Rank + 1.0, ReduceOperation.Product), factorial, "product of 1..n");
        expect.Equal(comm.Allreduce(comm.Rank + 1, ReduceOperation.Min), 1, "least of 1..n");
        expect.Equal(comm.Allreduce(comm.Rank + 1f, ReduceOperation.Max), n, "greatest of 1..n");
        expect.Equal(comm.Allreduce(-1.0 - comm.Rank, ReduceOperation.Max), -1.0, "greatest of -n..-1");
    }

    private static void Bits(ICommunicator comm, Expectations expect)
    {
        ulong all = (1UL << comm.Size) - 1;
        ulong own = 1UL << comm.Rank;
        expect.Equal(comm.Allreduce(own, ReduceOperation.BitwiseOr), all, "one bit of each rank");
        expect.Equal(comm.Allreduce(own, ReduceOperation.BitwiseXor), all, "one bit of each rank, exclusive");
        expect.Equal(comm.Allreduce(~own, ReduceOperation.BitwiseAnd), ~all, "all but one bit of each rank");
        expect.Equal(comm.Allreduce(comm.Rank == 0 ? 0 : 1, ReduceOperation.LogicalAnd), 0, "one rank says no");
        expect.Equal(comm.Allreduce(comm.Rank == 0 ? 4 : 0, ReduceOperation.LogicalOr),
            comm.Size == 1 ? comm.Allreduce(4, ReduceOperation.LogicalOr) : 1, "one rank says yes");
    }

    private static void WrapAround(ICommunicator comm, Expectations expect)
    {
        expect.Equal(comm.Allreduce(long.MaxValue, ReduceOperation.Sum), unchecked(long.MaxValue * comm.Size), "sum of the largest long");
        expect.Equal(comm.Allreduce(ulong.MaxValue - (ulong)comm.Rank, ReduceOperation.Max), ulong.MaxValue, "greatest ulong");
        long odd = (1L << 62) + 1;
        expect.Equal(comm.Allreduce(comm.Rank == 0 ? odd : 0, ReduceOperation.Sum), odd, "a long that no double holds");
        expect.Equal(comm.Allreduce((byte)200, ReduceOperation.Sum), unchecked((byte)(200 * comm.Size)), "sum of bytes");
    }

    private static void LeavesOthers(ICommunicator comm, Expectations expect)
    {
        for (int root = 0; root < comm.Size; root++)
        {
            long[] values = [comm.Rank, 1];
            comm.ReduceInPlace<long>(values, ReduceOperation.Sum, root);
            long[] sums = [comm.Size * (comm.Size - 1L) / 2, comm.Size];
            expect.Equal<long>(values, comm.Rank == root ? sums : [comm.Rank, 1], $"reduce to {root}");
        }
    }

    private static void AllocatesNothing(ICommunicator comm, Expectations expect)
    {
        long[] values = new long[1000];
        for (int i = 0; i < 5; i++)
            comm.AllreduceInPlace<long>(values, ReduceOperation.Sum);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            comm.AllreduceInPlace<long>(values, ReduceOperation.Sum);
        expect.Equal(GC.GetAllocatedBytesForCurrentThread() - before, 0L, "bytes allocated by 20 reductions");
    }
}
