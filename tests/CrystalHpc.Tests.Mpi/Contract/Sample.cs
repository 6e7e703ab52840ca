using System.Numerics;

namespace CrystalHpc.Tests.Mpi.Contract;

/// <summary>Values that tell their rank and place, small enough to be exact in every element type.</summary>
internal static class Sample
{
    /// <summary>Lengths that matter: none, one, odd, more than a block of the threaded reduction, more than an eager message.</summary>
    public static int[] Lengths { get; } = [0, 1, 7, 513, 20_000];

    public static T Value<T>(int rank, int index) where T : INumberBase<T> => T.CreateTruncating(1 + (rank * 5 + index) % 23);

    public static T[] Values<T>(int rank, int length) where T : INumberBase<T>
    {
        T[] values = new T[length];
        for (int i = 0; i < length; i++)
            values[i] = Value<T>(rank, i);
        return values;
    }

    /// <summary>Lengths that differ from rank to rank, some of them zero.</summary>
    public static int[] Counts(int size, int length) => [.. Enumerable.Range(0, size).Select(rank => rank % 3 == 1 ? 0 : length + rank)];

    /// <summary>The values of all ranks end to end.</summary>
    public static T[] Flattened<T>(int[] counts) where T : INumberBase<T> =>
        [.. counts.SelectMany((count, rank) => Values<T>(rank, count))];
}
