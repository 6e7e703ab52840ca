using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Tensors;

/// <summary>
/// Copies parts of a factor into the strips that a kernel reads: for each value of the summed index, as many neighbors as the kernel is
/// wide.
/// </summary>
internal static class Packing
{
    /// <summary>Packs a part of a factor; the last strip is filled up with zeros.</summary>
    /// <param name="source">The factor.</param>
    /// <param name="first">First value of the kept index.</param>
    /// <param name="count">Number of values of the kept index.</param>
    /// <param name="start">First value of the summed index.</param>
    /// <param name="depth">Number of values of the summed index.</param>
    /// <param name="width">Width of the kernel.</param>
    /// <param name="strips">Receives the strips, one after another.</param>
    public static void Strips<T>(Operand<T> source, int first, int count, int start, int depth, int width, Span<T> strips)
        where T : unmanaged
    {
        for (int offset = 0; offset < count; offset += width)
        {
            Span<T> strip = strips.Slice(offset * depth, width * depth);
            int filled = Math.Min(width, count - offset);
            if (filled < width)
                strip.Clear();
            if (source.KeptStride == 1)
                CopyRows(source, first + offset, filled, start, depth, width, strip);
            else
                Interleave(source, first + offset, filled, start, depth, width, strip);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows<T>(Operand<T> source, int first, int filled, int start, int depth, int width, Span<T> strip)
        where T : unmanaged
    {
        int vector = Vector512<T>.Count;
        if (filled == width && width % vector == 0)
        {
            ref T to = ref MemoryMarshal.GetReference(strip);
            for (int k = 0; k < depth; k++)
            {
                ref T from = ref source.At(first, start + k);
                for (nuint i = 0; i < (nuint)width; i += (nuint)vector)
                    Vector512.LoadUnsafe(ref from, i).StoreUnsafe(ref to, i);
                to = ref Unsafe.Add(ref to, width);
            }

            return;
        }

        for (int k = 0; k < depth; k++)
            MemoryMarshal.CreateReadOnlySpan(ref source.At(first, start + k), filled).CopyTo(strip.Slice(k * width, filled));
    }

    // Rows become columns: eight at a time, so that each line of the cache is read once while it is there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave<T>(Operand<T> source, int first, int filled, int start, int depth, int width, Span<T> strip)
        where T : unmanaged
    {
        int row = 0;
        nint stride = source.KeptStride;
        for (; row + 8 <= filled; row += 8)
        {
            ref T from = ref source.At(first + row, start);
            ref T to = ref strip[row];
            for (int k = 0; k < depth; k++)
            {
                to = from;
                Unsafe.Add(ref to, 1) = Unsafe.Add(ref from, stride);
                Unsafe.Add(ref to, 2) = Unsafe.Add(ref from, 2 * stride);
                Unsafe.Add(ref to, 3) = Unsafe.Add(ref from, 3 * stride);
                Unsafe.Add(ref to, 4) = Unsafe.Add(ref from, 4 * stride);
                Unsafe.Add(ref to, 5) = Unsafe.Add(ref from, 5 * stride);
                Unsafe.Add(ref to, 6) = Unsafe.Add(ref from, 6 * stride);
                Unsafe.Add(ref to, 7) = Unsafe.Add(ref from, 7 * stride);
                from = ref Unsafe.Add(ref from, 1);
                to = ref Unsafe.Add(ref to, width);
            }
        }

        for (; row < filled; row++)
        {
            ref T from = ref source.At(first + row, start);
            for (int k = 0; k < depth; k++)
                strip[k * width + row] = Unsafe.Add(ref from, k);
        }
    }
}
