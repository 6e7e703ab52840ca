using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CrystalHpc.Learning.Tensors;

/// <summary>Working space of matrix products, one for each thread, kept from one product to the next.</summary>
internal sealed class PackingSpace<T> where T : unmanaged
{
    [ThreadStatic]
    private static PackingSpace<T>? s_ofThread;

    private T[] _panel = [], _block = [], _tile = [];

    /// <summary>The space of the calling thread.</summary>
    public static PackingSpace<T> OfThread => s_ofThread ??= new PackingSpace<T>();

    /// <summary>Room for a panel of B.</summary>
    public Span<T> Panel(int length) => Room(ref _panel, length);

    /// <summary>Room for a block of A.</summary>
    public Span<T> Block(int length) => Room(ref _block, length);

    /// <summary>Room for a tile of C.</summary>
    public Span<T> Tile(int length) => Room(ref _tile, length);

    // Vectors that cross lines of the cache cost twice: the start is on a line of 64 bytes, as arrays on the pinned heap do not move.
    private static Span<T> Room(ref T[] buffer, int length)
    {
        int line = 64 / Unsafe.SizeOf<T>();
        if (buffer.Length < length + line)
            buffer = GC.AllocateUninitializedArray<T>(length + line, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0);
        int skipped = (int)((64 - (address & 63)) & 63) / Unsafe.SizeOf<T>();
        return buffer.AsSpan(skipped, length);
    }
}
