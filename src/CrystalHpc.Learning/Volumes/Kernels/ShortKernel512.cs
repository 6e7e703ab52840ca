using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Volumes.Kernels;

/// <summary>
/// The innermost part of a convolution with vectors of 512 bits: four segments of four voxels stay in registers while the sum over
/// neighbors and channels runs. A number of the input is broadcast once and meets the weights of all three voxels of its row
/// that it contributes to.
/// </summary>
internal static class ShortKernel512
{
    /// <summary>Voxels of a segment.</summary>
    public const int Length = 4;

    /// <summary>Adds the contributions of a block of input channels.</summary>
    /// <param name="input">The block.</param>
    /// <param name="weights">Its weights: [block of outputs][neighboring row][channel][3 along x][lane].</param>
    /// <param name="channels">Channels of the block.</param>
    /// <param name="output">The output.</param>
    /// <param name="a">The first segment.</param>
    /// <param name="b">The second segment.</param>
    /// <param name="c">The third segment.</param>
    /// <param name="d">The fourth segment.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ref T input, ref T weights, int channels, ref T output, in RowSegment a, in RowSegment b, in RowSegment c,
        in RowSegment d)
        where T : unmanaged
    {
        nuint lanes = (nuint)Vector512<T>.Count;
        nint stride = 3 * channels * Vector512<T>.Count;
        Vector512<T> p, l, m, r;
        ref T aOut = ref Unsafe.Add(ref output, a.Output);
        Vector512<T> a0 = Vector512.LoadUnsafe(ref aOut), a1 = Vector512.LoadUnsafe(ref aOut, lanes);
        Vector512<T> a2 = Vector512.LoadUnsafe(ref aOut, 2 * lanes), a3 = Vector512.LoadUnsafe(ref aOut, 3 * lanes);
        ref T bOut = ref Unsafe.Add(ref output, b.Output);
        Vector512<T> b0 = Vector512.LoadUnsafe(ref bOut), b1 = Vector512.LoadUnsafe(ref bOut, lanes);
        Vector512<T> b2 = Vector512.LoadUnsafe(ref bOut, 2 * lanes), b3 = Vector512.LoadUnsafe(ref bOut, 3 * lanes);
        ref T cOut = ref Unsafe.Add(ref output, c.Output);
        Vector512<T> c0 = Vector512.LoadUnsafe(ref cOut), c1 = Vector512.LoadUnsafe(ref cOut, lanes);
        Vector512<T> c2 = Vector512.LoadUnsafe(ref cOut, 2 * lanes), c3 = Vector512.LoadUnsafe(ref cOut, 3 * lanes);
        ref T dOut = ref Unsafe.Add(ref output, d.Output);
        Vector512<T> d0 = Vector512.LoadUnsafe(ref dOut), d1 = Vector512.LoadUnsafe(ref dOut, lanes);
        Vector512<T> d2 = Vector512.LoadUnsafe(ref dOut, 2 * lanes), d3 = Vector512.LoadUnsafe(ref dOut, 3 * lanes);

        for (int k = 0; k < 9; k++)
        {
            ref T aRow = ref Unsafe.Add(ref input, a.Start + Unsafe.Add(ref a.Rows, k));
            ref T aWeight = ref Unsafe.Add(ref weights, a.Weights + k * stride);
            ref T bRow = ref Unsafe.Add(ref input, b.Start + Unsafe.Add(ref b.Rows, k));
            ref T bWeight = ref Unsafe.Add(ref weights, b.Weights + k * stride);
            ref T cRow = ref Unsafe.Add(ref input, c.Start + Unsafe.Add(ref c.Rows, k));
            ref T cWeight = ref Unsafe.Add(ref weights, c.Weights + k * stride);
            ref T dRow = ref Unsafe.Add(ref input, d.Start + Unsafe.Add(ref d.Rows, k));
            ref T dWeight = ref Unsafe.Add(ref weights, d.Weights + k * stride);
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
                (a2, a3) = (Fused.MultiplyAdd(p, r, a2), Fused.MultiplyAdd(p, m, a3));
                p = Vector512.Create(Unsafe.Add(ref aRow, a.Right));
                a3 = Fused.MultiplyAdd(p, r, a3);
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
                (b2, b3) = (Fused.MultiplyAdd(p, r, b2), Fused.MultiplyAdd(p, m, b3));
                p = Vector512.Create(Unsafe.Add(ref bRow, b.Right));
                b3 = Fused.MultiplyAdd(p, r, b3);
                bRow = ref Unsafe.Add(ref bRow, 1);
                bWeight = ref Unsafe.Add(ref bWeight, 3 * lanes);
                (l, m, r) =
                    (Vector512.LoadUnsafe(ref cWeight), Vector512.LoadUnsafe(ref cWeight, lanes),
                        Vector512.LoadUnsafe(ref cWeight, 2 * lanes));
                p = Vector512.Create(Unsafe.Add(ref cRow, c.Left));
                c0 = Fused.MultiplyAdd(p, l, c0);
                p = Vector512.Create(cRow);
                (c0, c1) = (Fused.MultiplyAdd(p, m, c0), Fused.MultiplyAdd(p, l, c1));
                p = Vector512.Create(Unsafe.Add(ref cRow, lanes));
                (c0, c1, c2) = (Fused.MultiplyAdd(p, r, c0), Fused.MultiplyAdd(p, m, c1), Fused.MultiplyAdd(p, l, c2));
                p = Vector512.Create(Unsafe.Add(ref cRow, 2 * lanes));
                (c1, c2, c3) = (Fused.MultiplyAdd(p, r, c1), Fused.MultiplyAdd(p, m, c2), Fused.MultiplyAdd(p, l, c3));
                p = Vector512.Create(Unsafe.Add(ref cRow, 3 * lanes));
                (c2, c3) = (Fused.MultiplyAdd(p, r, c2), Fused.MultiplyAdd(p, m, c3));
                p = Vector512.Create(Unsafe.Add(ref cRow, c.Right));
                c3 = Fused.MultiplyAdd(p, r, c3);
                cRow = ref Unsafe.Add(ref cRow, 1);
                cWeight = ref Unsafe.Add(ref cWeight, 3 * lanes);
                (l, m, r) =
                    (Vector512.LoadUnsafe(ref dWeight), Vector512.LoadUnsafe(ref dWeight, lanes),
                        Vector512.LoadUnsafe(ref dWeight, 2 * lanes));
                p = Vector512.Create(Unsafe.Add(ref dRow, d.Left));
                d0 = Fused.MultiplyAdd(p, l, d0);
                p = Vector512.Create(dRow);
                (d0, d1) = (Fused.MultiplyAdd(p, m, d0), Fused.MultiplyAdd(p, l, d1));
                p = Vector512.Create(Unsafe.Add(ref dRow, lanes));
                (d0, d1, d2) = (Fused.MultiplyAdd(p, r, d0), Fused.MultiplyAdd(p, m, d1), Fused.MultiplyAdd(p, l, d2));
                p = Vector512.Create(Unsafe.Add(ref dRow, 2 * lanes));
                (d1, d2, d3) = (Fused.MultiplyAdd(p, r, d1), Fused.MultiplyAdd(p, m, d2), Fused.MultiplyAdd(p, l, d3));
                p = Vector512.Create(Unsafe.Add(ref dRow, 3 * lanes));
                (d2, d3) = (Fused.MultiplyAdd(p, r, d2), Fused.MultiplyAdd(p, m, d3));
                p = Vector512.Create(Unsafe.Add(ref dRow, d.Right));
                d3 = Fused.MultiplyAdd(p, r, d3);
                dRow = ref Unsafe.Add(ref dRow, 1);
                dWeight = ref Unsafe.Add(ref dWeight, 3 * lanes);
            }
        }

        a0.StoreUnsafe(ref aOut);
        a1.StoreUnsafe(ref aOut, lanes);
        a2.StoreUnsafe(ref aOut, 2 * lanes);
        a3.StoreUnsafe(ref aOut, 3 * lanes);
        b0.StoreUnsafe(ref bOut);
        b1.StoreUnsafe(ref bOut, lanes);
        b2.StoreUnsafe(ref bOut, 2 * lanes);
        b3.StoreUnsafe(ref bOut, 3 * lanes);
        c0.StoreUnsafe(ref cOut);
        c1.StoreUnsafe(ref cOut, lanes);
        c2.StoreUnsafe(ref cOut, 2 * lanes);
        c3.StoreUnsafe(ref cOut, 3 * lanes);
        d0.StoreUnsafe(ref dOut);
        d1.StoreUnsafe(ref dOut, lanes);
        d2.StoreUnsafe(ref dOut, 2 * lanes);
        d3.StoreUnsafe(ref dOut, 3 * lanes);
    }
}
