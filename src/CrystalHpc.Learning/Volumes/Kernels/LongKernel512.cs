using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Volumes.Kernels;

/// <summary>
/// The innermost part of a convolution with vectors of 512 bits: two segments of eight voxels stay in registers while the sum over
/// neighbors and channels runs. A number of the input is broadcast once and meets the weights of all three voxels of its row
/// that it contributes to.
/// </summary>
internal static class LongKernel512
{
    /// <summary>Voxels of a segment.</summary>
    public const int Length = 8;

    /// <summary>Adds the contributions of a block of input channels.</summary>
    /// <param name="input">The block.</param>
    /// <param name="weights">Its weights: [block of outputs][neighboring row][channel][3 along x][lane].</param>
    /// <param name="channels">Channels of the block.</param>
    /// <param name="output">The output.</param>
    /// <param name="a">The first segment.</param>
    /// <param name="b">The second segment.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ref T input, ref T weights, int channels, ref T output, in RowSegment a, in RowSegment b)
        where T : unmanaged
    {
        nuint lanes = (nuint)Vector512<T>.Count;
        nint stride = 3 * channels * Vector512<T>.Count;
        Vector512<T> p, l, m, r;
        ref T aOut = ref Unsafe.Add(ref output, a.Output);
        Vector512<T> a0 = Vector512.LoadUnsafe(ref aOut), a1 = Vector512.LoadUnsafe(ref aOut, lanes);
        Vector512<T> a2 = Vector512.LoadUnsafe(ref aOut, 2 * lanes), a3 = Vector512.LoadUnsafe(ref aOut, 3 * lanes);
        Vector512<T> a4 = Vector512.LoadUnsafe(ref aOut, 4 * lanes), a5 = Vector512.LoadUnsafe(ref aOut, 5 * lanes);
        Vector512<T> a6 = Vector512.LoadUnsafe(ref aOut, 6 * lanes), a7 = Vector512.LoadUnsafe(ref aOut, 7 * lanes);
        ref T bOut = ref Unsafe.Add(ref output, b.Output);
        Vector512<T> b0 = Vector512.LoadUnsafe(ref bOut), b1 = Vector512.LoadUnsafe(ref bOut, lanes);
        Vector512<T> b2 = Vector512.LoadUnsafe(ref bOut, 2 * lanes), b3 = Vector512.LoadUnsafe(ref bOut, 3 * lanes);
        Vector512<T> b4 = Vector512.LoadUnsafe(ref bOut, 4 * lanes), b5 = Vector512.LoadUnsafe(ref bOut, 5 * lanes);
        Vector512<T> b6 = Vector512.LoadUnsafe(ref bOut, 6 * lanes), b7 = Vector512.LoadUnsafe(ref bOut, 7 * lanes);

        for (int k = 0; k < 9; k++)
        {
            ref T aRow = ref Unsafe.Add(ref input, a.Start + Unsafe.Add(ref a.Rows, k));
            ref T aWeight = ref Unsafe.Add(ref weights, a.Weights + k * stride);
            ref T bRow = ref Unsafe.Add(ref input, b.Start + Unsafe.Add(ref b.Rows, k));
            ref T bWeight = ref Unsafe.Add(ref weights, b.Weights + k * stride);
            for (int channel = 0; channel < channels; channel++)
            {
                (l, m, r) =
                    (Vector512.LoadUnsafe(ref aWeight), Vector512.LoadUnsafe(ref aWeight, lanes),
                        Vector512.LoadUnsafe(ref aWeight, 2 * lanes));
                p = Vector512.Create(Unsafe.Add(ref aRow, a.Left));
                a0 = Fused.MultiplyAdd(p, l, a0);
                p = Vector512.Create(aRow);
                (a0, a1) = (Fused.MultiplyAdd(p, m, a0), Fused.MultiplyAdd(p, l, a1));
                p = Vector512.Create(Unsafe.Add(ref aRow, lanes));
                (a0, a1, a2) = (Fused.MultiplyAdd(p, r, a0), Fused.MultiplyAdd(p, m, a1), Fused.MultiplyAdd(p, l, a2));
                p = Vector512.Create(Unsafe.Add(ref aRow, 2 * lanes));
                (a1, a2, a3) = (Fused.MultiplyAdd(p, r, a1), Fused.MultiplyAdd(p, m, a2), Fused.MultiplyAdd(p, l, a3));
                p = Vector512.Create(Unsafe.Add(ref aRow, 3 * lanes));
                (a2, a3, a4) = (Fused.MultiplyAdd(p, r, a2), Fused.MultiplyAdd(p, m, a3), Fused.MultiplyAdd(p, l, a4));
                p = Vector512.Create(Unsafe.Add(ref aRow, 4 * lanes));
                (a3, a4, a5) = (Fused.MultiplyAdd(p, r, a3), Fused.MultiplyAdd(p, m, a4), Fused.MultiplyAdd(p, l, a5));
                p = Vector512.Create(Unsafe.Add(ref aRow, 5 * lanes));
                (a4, a5, a6) = (Fused.MultiplyAdd(p, r, a4), Fused.MultiplyAdd(p, m, a5), Fused.MultiplyAdd(p, l, a6));
                p = Vector512.Create(Unsafe.Add(ref aRow, 6 * lanes));
                (a5, a6, a7) = (Fused.MultiplyAdd(p, r, a5), Fused.MultiplyAdd(p, m, a6), Fused.MultiplyAdd(p, l, a7));
                p = Vector512.Create(Unsafe.Add(ref aRow, 7 * lanes));
                (a6, a7) = (Fused.MultiplyAdd(p, r, a6), Fused.MultiplyAdd(p, m, a7));
                p = Vector512.Create(Unsafe.Add(ref aRow, a.Right));
                a7 = Fused.MultiplyAdd(p, r, a7);
                aRow = ref Unsafe.Add(ref aRow, 1);
                aWeight = ref Unsafe.Add(ref aWeight, 3 * lanes);
                (l, m, r) =
                    (Vector512.LoadUnsafe(ref bWeight), Vector512.LoadUnsafe(ref bWeight, lanes),
                        Vector512.LoadUnsafe(ref bWeight, 2 * lanes));
                p = Vector512.Create(Unsafe.Add(ref bRow, b.Left));
                b0 = Fused.MultiplyAdd(p, l, b0);
                p = Vector512.Create(bRow);
                (b0, b1) = (Fused.MultiplyAdd(p, m, b0), Fused.MultiplyAdd(p, l, b1));
                p = Vector512.Create(Unsafe.Add(ref bRow, lanes));
                (b0, b1, b2) = (Fused.MultiplyAdd(p, r, b0), Fused.MultiplyAdd(p, m, b1), Fused.MultiplyAdd(p, l, b2));
                p = Vector512.Create(Unsafe.Add(ref bRow, 2 * lanes));
                (b1, b2, b3) = (Fused.MultiplyAdd(p, r, b1), Fused.MultiplyAdd(p, m, b2), Fused.MultiplyAdd(p, l, b3));
                p = Vector512.Create(Unsafe.Add(ref bRow, 3 * lanes));
                (b2, b3, b4) = (Fused.MultiplyAdd(p, r, b2), Fused.MultiplyAdd(p, m, b3), Fused.MultiplyAdd(p, l, b4));
                p = Vector512.Create(Unsafe.Add(ref bRow, 4 * lanes));
                (b3, b4, b5) = (Fused.MultiplyAdd(p, r, b3), Fused.MultiplyAdd(p, m, b4), Fused.MultiplyAdd(p, l, b5));
                p = Vector512.Create(Unsafe.Add(ref bRow, 5 * lanes));
                (b4, b5, b6) = (Fused.MultiplyAdd(p, r, b4), Fused.MultiplyAdd(p, m, b5), Fused.MultiplyAdd(p, l, b6));
                p = Vector512.Create(Unsafe.Add(ref bRow, 6 * lanes));
                (b5, b6, b7) = (Fused.MultiplyAdd(p, r, b5), Fused.MultiplyAdd(p, m, b6), Fused.MultiplyAdd(p, l, b7));
                p = Vector512.Create(Unsafe.Add(ref bRow, 7 * lanes));
                (b6, b7) = (Fused.MultiplyAdd(p, r, b6), Fused.MultiplyAdd(p, m, b7));
                p = Vector512.Create(Unsafe.Add(ref bRow, b.Right));
                b7 = Fused.MultiplyAdd(p, r, b7);
                bRow = ref Unsafe.Add(ref bRow, 1);
                bWeight = ref Unsafe.Add(ref bWeight, 3 * lanes);
            }
        }

        a0.StoreUnsafe(ref aOut);
        a1.StoreUnsafe(ref aOut, lanes);
        a2.StoreUnsafe(ref aOut, 2 * lanes);
        a3.StoreUnsafe(ref aOut, 3 * lanes);
        a4.StoreUnsafe(ref aOut, 4 * lanes);
        a5.StoreUnsafe(ref aOut, 5 * lanes);
        a6.StoreUnsafe(ref aOut, 6 * lanes);
        a7.StoreUnsafe(ref aOut, 7 * lanes);
        b0.StoreUnsafe(ref bOut);
        b1.StoreUnsafe(ref bOut, lanes);
        b2.StoreUnsafe(ref bOut, 2 * lanes);
        b3.StoreUnsafe(ref bOut, 3 * lanes);
        b4.StoreUnsafe(ref bOut, 4 * lanes);
        b5.StoreUnsafe(ref bOut, 5 * lanes);
        b6.StoreUnsafe(ref bOut, 6 * lanes);
        b7.StoreUnsafe(ref bOut, 7 * lanes);
    }
}
