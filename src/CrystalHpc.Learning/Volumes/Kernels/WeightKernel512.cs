using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Volumes.Kernels;

/// <summary>
/// The innermost part of the gradient of a convolution with respect to its weights, with vectors of 512 bits: those of eight input channels
/// and three neighbors along x stay in registers while the sum runs over the voxels of a sample. Of the output gradient three voxels stay
/// there, too.
/// </summary>
internal static class WeightKernel512
{
    /// <summary>Input channels.</summary>
    public const int Channels = 8;

    /// <summary>Adds the contributions of a block of a sample.</summary>
    /// <param name="input">The first of the channels in the block of the input.</param>
    /// <param name="outputGradient">The block of the output gradient.</param>
    /// <param name="rows">Where the row of the input that meets each row of the output begins, nine apart; negative: nowhere.</param>
    /// <param name="size">Voxels along an edge.</param>
    /// <param name="isPeriodic">A row goes on at its other end; otherwise with zeros.</param>
    /// <param name="gradient">The gradient: [channel][3 along x][lane].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ref T input, ref T outputGradient, ref int rows, int size, bool isPeriodic, ref T gradient)
        where T : unmanaged
    {
        nuint lanes = (nuint)Vector512<T>.Count;
        Vector512<T> l0 = Vector512.LoadUnsafe(ref gradient), m0 = Vector512.LoadUnsafe(ref gradient, lanes),
            r0 = Vector512.LoadUnsafe(ref gradient, 2 * lanes);
        Vector512<T> l1 = Vector512.LoadUnsafe(ref gradient, 3 * lanes), m1 = Vector512.LoadUnsafe(ref gradient, 4 * lanes),
            r1 = Vector512.LoadUnsafe(ref gradient, 5 * lanes);
        Vector512<T> l2 = Vector512.LoadUnsafe(ref gradient, 6 * lanes), m2 = Vector512.LoadUnsafe(ref gradient, 7 * lanes),
            r2 = Vector512.LoadUnsafe(ref gradient, 8 * lanes);
        Vector512<T> l3 = Vector512.LoadUnsafe(ref gradient, 9 * lanes), m3 = Vector512.LoadUnsafe(ref gradient, 10 * lanes),
            r3 = Vector512.LoadUnsafe(ref gradient, 11 * lanes);
        Vector512<T> l4 = Vector512.LoadUnsafe(ref gradient, 12 * lanes), m4 = Vector512.LoadUnsafe(ref gradient, 13 * lanes),
            r4 = Vector512.LoadUnsafe(ref gradient, 14 * lanes);
        Vector512<T> l5 = Vector512.LoadUnsafe(ref gradient, 15 * lanes), m5 = Vector512.LoadUnsafe(ref gradient, 16 * lanes),
            r5 = Vector512.LoadUnsafe(ref gradient, 17 * lanes);
        Vector512<T> l6 = Vector512.LoadUnsafe(ref gradient, 18 * lanes), m6 = Vector512.LoadUnsafe(ref gradient, 19 * lanes),
            r6 = Vector512.LoadUnsafe(ref gradient, 20 * lanes);
        Vector512<T> l7 = Vector512.LoadUnsafe(ref gradient, 21 * lanes), m7 = Vector512.LoadUnsafe(ref gradient, 22 * lanes),
            r7 = Vector512.LoadUnsafe(ref gradient, 23 * lanes);
        int last = (size - 1) * (int)lanes;
        for (int row = 0; row < size * size; row++)
        {
            int start = Unsafe.Add(ref rows, 9 * row);
            if (start < 0)
                continue;
            ref T x = ref Unsafe.Add(ref input, start);
            ref T g = ref Unsafe.Add(ref outputGradient, row * size * (int)lanes);
            Vector512<T> before = isPeriodic ? Vector512.LoadUnsafe(ref g, (nuint)last) : Vector512<T>.Zero;
            Vector512<T> first = Vector512.LoadUnsafe(ref g), here = first;
            for (int voxel = 1; voxel <= size; voxel++)
            {
                g = ref Unsafe.Add(ref g, lanes);
                Vector512<T> after = voxel < size ? Vector512.LoadUnsafe(ref g) : isPeriodic ? first : Vector512<T>.Zero;
                Vector512<T> p0 = Vector512.Create(x);
                (l0, m0, r0) =
                    (Fused.MultiplyAdd(p0, after, l0), Fused.MultiplyAdd(p0, here, m0), Fused.MultiplyAdd(p0, before, r0));
                Vector512<T> p1 = Vector512.Create(Unsafe.Add(ref x, 1));
                (l1, m1, r1) =
                    (Fused.MultiplyAdd(p1, after, l1), Fused.MultiplyAdd(p1, here, m1), Fused.MultiplyAdd(p1, before, r1));
                Vector512<T> p2 = Vector512.Create(Unsafe.Add(ref x, 2));
                (l2, m2, r2) =
                    (Fused.MultiplyAdd(p2, after, l2), Fused.MultiplyAdd(p2, here, m2), Fused.MultiplyAdd(p2, before, r2));
                Vector512<T> p3 = Vector512.Create(Unsafe.Add(ref x, 3));
                (l3, m3, r3) =
                    (Fused.MultiplyAdd(p3, after, l3), Fused.MultiplyAdd(p3, here, m3), Fused.MultiplyAdd(p3, before, r3));
                Vector512<T> p4 = Vector512.Create(Unsafe.Add(ref x, 4));
                (l4, m4, r4) =
                    (Fused.MultiplyAdd(p4, after, l4), Fused.MultiplyAdd(p4, here, m4), Fused.MultiplyAdd(p4, before, r4));
                Vector512<T> p5 = Vector512.Create(Unsafe.Add(ref x, 5));
                (l5, m5, r5) =
                    (Fused.MultiplyAdd(p5, after, l5), Fused.MultiplyAdd(p5, here, m5), Fused.MultiplyAdd(p5, before, r5));
                Vector512<T> p6 = Vector512.Create(Unsafe.Add(ref x, 6));
                (l6, m6, r6) =
                    (Fused.MultiplyAdd(p6, after, l6), Fused.MultiplyAdd(p6, here, m6), Fused.MultiplyAdd(p6, before, r6));
                Vector512<T> p7 = Vector512.Create(Unsafe.Add(ref x, 7));
                (l7, m7, r7) =
                    (Fused.MultiplyAdd(p7, after, l7), Fused.MultiplyAdd(p7, here, m7), Fused.MultiplyAdd(p7, before, r7));
                (before, here) = (here, after);
                x = ref Unsafe.Add(ref x, lanes);
            }
        }

        l0.StoreUnsafe(ref gradient);
        m0.StoreUnsafe(ref gradient, lanes);
        r0.StoreUnsafe(ref gradient, 2 * lanes);
        l1.StoreUnsafe(ref gradient, 3 * lanes);
        m1.StoreUnsafe(ref gradient, 4 * lanes);
        r1.StoreUnsafe(ref gradient, 5 * lanes);
        l2.StoreUnsafe(ref gradient, 6 * lanes);
        m2.StoreUnsafe(ref gradient, 7 * lanes);
        r2.StoreUnsafe(ref gradient, 8 * lanes);
        l3.StoreUnsafe(ref gradient, 9 * lanes);
        m3.StoreUnsafe(ref gradient, 10 * lanes);
        r3.StoreUnsafe(ref gradient, 11 * lanes);
        l4.StoreUnsafe(ref gradient, 12 * lanes);
        m4.StoreUnsafe(ref gradient, 13 * lanes);
        r4.StoreUnsafe(ref gradient, 14 * lanes);
        l5.StoreUnsafe(ref gradient, 15 * lanes);
        m5.StoreUnsafe(ref gradient, 16 * lanes);
        r5.StoreUnsafe(ref gradient, 17 * lanes);
        l6.StoreUnsafe(ref gradient, 18 * lanes);
        m6.StoreUnsafe(ref gradient, 19 * lanes);
        r6.StoreUnsafe(ref gradient, 20 * lanes);
        l7.StoreUnsafe(ref gradient, 21 * lanes);
        m7.StoreUnsafe(ref gradient, 22 * lanes);
        r7.StoreUnsafe(ref gradient, 23 * lanes);
    }
}
