using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Tensors;

/// <summary>
/// The innermost part of a matrix product with vectors of 512 bits: 8 rows by two vectors of C stay in registers while the sum runs.
/// </summary>
internal static class Kernel512
{
    /// <summary>Rows of C.</summary>
    public const int Rows = 8;

    /// <summary>Columns of C.</summary>
    public static int ColumnsOf<T>() => 2 * Vector512<T>.Count;

    /// <summary>Adds the product of two strips to a tile of C.</summary>
    /// <param name="a">Strip of A: 8 values for each step of the sum.</param>
    /// <param name="b">Strip of B: two vectors for each step.</param>
    /// <param name="depth">Number of steps.</param>
    /// <param name="c">First element of the tile.</param>
    /// <param name="stride">Distance of its rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ref T a, ref T b, int depth, ref T c, int stride)
        where T : unmanaged
    {
        nuint next = (nuint)Vector512<T>.Count;
        Vector512<T> c00 = Vector512.LoadUnsafe(ref c), c01 = Vector512.LoadUnsafe(ref c, next);
        Vector512<T> c10 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, (nint)stride)),
            c11 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, (nint)stride), next);
        Vector512<T> c20 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 2 * (nint)stride)),
            c21 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 2 * (nint)stride), next);
        Vector512<T> c30 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 3 * (nint)stride)),
            c31 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 3 * (nint)stride), next);
        Vector512<T> c40 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 4 * (nint)stride)),
            c41 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 4 * (nint)stride), next);
        Vector512<T> c50 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 5 * (nint)stride)),
            c51 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 5 * (nint)stride), next);
        Vector512<T> c60 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 6 * (nint)stride)),
            c61 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 6 * (nint)stride), next);
        Vector512<T> c70 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 7 * (nint)stride)),
            c71 = Vector512.LoadUnsafe(ref Unsafe.Add(ref c, 7 * (nint)stride), next);
        for (int k = 0; k < depth; k++)
        {
            Vector512<T> b0 = Vector512.LoadUnsafe(ref b), b1 = Vector512.LoadUnsafe(ref b, next);
            Vector512<T> a0 = Vector512.Create(a);
            (c00, c01) = (Fused.MultiplyAdd(a0, b0, c00), Fused.MultiplyAdd(a0, b1, c01));
            Vector512<T> a1 = Vector512.Create(Unsafe.Add(ref a, 1));
            (c10, c11) = (Fused.MultiplyAdd(a1, b0, c10), Fused.MultiplyAdd(a1, b1, c11));
            Vector512<T> a2 = Vector512.Create(Unsafe.Add(ref a, 2));
            (c20, c21) = (Fused.MultiplyAdd(a2, b0, c20), Fused.MultiplyAdd(a2, b1, c21));
            Vector512<T> a3 = Vector512.Create(Unsafe.Add(ref a, 3));
            (c30, c31) = (Fused.MultiplyAdd(a3, b0, c30), Fused.MultiplyAdd(a3, b1, c31));
            Vector512<T> a4 = Vector512.Create(Unsafe.Add(ref a, 4));
            (c40, c41) = (Fused.MultiplyAdd(a4, b0, c40), Fused.MultiplyAdd(a4, b1, c41));
            Vector512<T> a5 = Vector512.Create(Unsafe.Add(ref a, 5));
            (c50, c51) = (Fused.MultiplyAdd(a5, b0, c50), Fused.MultiplyAdd(a5, b1, c51));
            Vector512<T> a6 = Vector512.Create(Unsafe.Add(ref a, 6));
            (c60, c61) = (Fused.MultiplyAdd(a6, b0, c60), Fused.MultiplyAdd(a6, b1, c61));
            Vector512<T> a7 = Vector512.Create(Unsafe.Add(ref a, 7));
            (c70, c71) = (Fused.MultiplyAdd(a7, b0, c70), Fused.MultiplyAdd(a7, b1, c71));
            a = ref Unsafe.Add(ref a, Rows);
            b = ref Unsafe.Add(ref b, 2 * next);
        }

        c00.StoreUnsafe(ref c);
        c01.StoreUnsafe(ref c, next);
        c10.StoreUnsafe(ref Unsafe.Add(ref c, (nint)stride));
        c11.StoreUnsafe(ref Unsafe.Add(ref c, (nint)stride), next);
        c20.StoreUnsafe(ref Unsafe.Add(ref c, 2 * (nint)stride));
        c21.StoreUnsafe(ref Unsafe.Add(ref c, 2 * (nint)stride), next);
        c30.StoreUnsafe(ref Unsafe.Add(ref c, 3 * (nint)stride));
        c31.StoreUnsafe(ref Unsafe.Add(ref c, 3 * (nint)stride), next);
        c40.StoreUnsafe(ref Unsafe.Add(ref c, 4 * (nint)stride));
        c41.StoreUnsafe(ref Unsafe.Add(ref c, 4 * (nint)stride), next);
        c50.StoreUnsafe(ref Unsafe.Add(ref c, 5 * (nint)stride));
        c51.StoreUnsafe(ref Unsafe.Add(ref c, 5 * (nint)stride), next);
        c60.StoreUnsafe(ref Unsafe.Add(ref c, 6 * (nint)stride));
        c61.StoreUnsafe(ref Unsafe.Add(ref c, 6 * (nint)stride), next);
        c70.StoreUnsafe(ref Unsafe.Add(ref c, 7 * (nint)stride));
        c71.StoreUnsafe(ref Unsafe.Add(ref c, 7 * (nint)stride), next);
    }
}
