using System.Runtime.CompilerServices;

namespace CrystalHpc.Parallel;

/// <summary>Where a message came from and how long it is.</summary>
/// <param name="Source">Rank that sent it; -1 for a completed send.</param>
/// <param name="Tag">Its tag; -1 for a completed send.</param>
/// <param name="Bytes">Length in bytes; 0 for a completed send.</param>
public readonly record struct MessageStatus(int Source, int Tag, long Bytes)
{
    internal static MessageStatus Sent => new(-1, -1, 0);

    /// <summary>Length in elements. A length that is no whole number of elements is an <see cref="InvalidOperationException"/>.</summary>
    /// <exception cref="OverflowException">More elements than a span can hold.</exception>
    public int Count<T>() where T : unmanaged
    {
        (long count, long rest) = Math.DivRem(Bytes, Unsafe.SizeOf<T>());
        return rest == 0
            ? checked((int)count)
            : throw new InvalidOperationException($"a message of {Bytes} bytes is no whole number of {typeof(T).Name} elements");
    }
}
