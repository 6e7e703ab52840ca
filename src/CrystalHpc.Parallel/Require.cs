using System.Runtime.CompilerServices;

namespace CrystalHpc.Parallel;

/// <summary>Checks that the communicators share.</summary>
internal static class Require
{
    public const int ElementTypeCount = 6;
    public const int ReduceOperationCount = 10;

    /// <summary>The element type of T; the just-in-time compiler turns this into a constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementType Element<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(long)) return ElementType.Int64;
        if (typeof(T) == typeof(double)) return ElementType.Double;
        if (typeof(T) == typeof(int)) return ElementType.Int32;
        if (typeof(T) == typeof(byte)) return ElementType.Byte;
        if (typeof(T) == typeof(float)) return ElementType.Single;
        if (typeof(T) == typeof(ulong)) return ElementType.UInt64;
        throw new ArgumentException($"elements of type {typeof(T)} cannot be sent; use byte, int, long, ulong, float or double");
    }

    /// <summary>The element type of T, if the operation is defined for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ElementType Reducible<T>(ReduceOperation operation) where T : unmanaged
    {
        ElementType type = Element<T>();
        if ((uint)operation >= ReduceOperationCount)
            throw new ArgumentOutOfRangeException(nameof(operation), operation, "no such reduction");
        if (type >= ElementType.Single && operation > ReduceOperation.Max)
            throw new ArgumentException($"{operation} is not defined for floating-point numbers", nameof(operation));
        return type;
    }

    public static void Root(int root, int size) => Rank(root, size, nameof(root));

    public static void Destination(int destination, int tag, int size)
    {
        Rank(destination, size, nameof(destination));
        if (tag is < 0 or > ICommunicator.MaxTag)
            throw new ArgumentOutOfRangeException(nameof(tag), tag, $"a tag lies between 0 and {ICommunicator.MaxTag}");
    }

    public static void Source(int source, int tag, int size)
    {
        if (source != ICommunicator.AnySource)
            Rank(source, size, nameof(source));
        if (tag is < ICommunicator.AnyTag or > ICommunicator.MaxTag)
            throw new ArgumentOutOfRangeException(nameof(tag), tag, $"a tag lies between 0 and {ICommunicator.MaxTag}, or is AnyTag");
    }

    /// <summary>Checks the counts of a flattened collective against both buffers of this rank.</summary>
    public static void Counts(ReadOnlySpan<int> counts, int size, int rank, int ownLength, int flattenedLength)
    {
        if (counts.Length != size)
            throw new ArgumentException($"{counts.Length} counts for {size} ranks", nameof(counts));
        long sum = 0;
        foreach (int count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
            sum += count;
        }

        if (counts[rank] != ownLength)
            throw new ArgumentException($"rank {rank} has {ownLength} elements, but the counts say {counts[rank]}", nameof(counts));
        if (sum > flattenedLength)
            throw new ArgumentException($"the counts add up to {sum} elements, but the buffer holds {flattenedLength}", nameof(counts));
    }

    public static void Color(int? color)
    {
        if (color < 0)
            throw new ArgumentOutOfRangeException(nameof(color), color, "a color is not negative; null takes no part");
    }

    public static void ExitCode(int exitCode)
    {
        if (exitCode is < 1 or > 255)
            throw new ArgumentOutOfRangeException(nameof(exitCode), exitCode, "an exit code of a failed job lies between 1 and 255");
    }

    private static void Rank(int rank, int size, string name)
    {
        if ((uint)rank >= (uint)size)
            throw new ArgumentOutOfRangeException(name, rank, $"a rank lies between 0 and {size - 1}");
    }
}
