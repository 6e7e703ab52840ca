using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Tensors;

/// <summary>
/// The innermost part of a matrix product with vectors of 256 bits: 6 rows by two vectors of C stay in registers while the sum runs.
/// </summary>
internal static class Kernel256
{
    /// <summary>Rows of C.</summary>
    public const int Rows = 6;

    /// <summary>Columns of C.</summary>
    public static int ColumnsOf<T>() => 2 * Vector256<T>.Count;

    /// <summary>Adds the product of two strips to a tile of C.</summary>
    /// <param name="a">Strip of A: 6 values for each step of the sum.</param>
    /// <param name="b">Strip of B: two vectors for each step.</param>
    /// <param name="depth">Number of steps.</param>
    /// <param name="c">First element of the tile.</param>
    /// <param name="stride">Distance of its rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(ref T a, ref T b, int depth, ref T c, int stride)
        where T : unmanaged
    {
        nuint next = (nuint)Vector256<T>.Count;
        Vector256<T> c00 = Vector256.LoadUnsafe(ref c), c01 = Vector256.LoadUnsafe(ref c, next);
        Vector256<T> c10 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, (nint)stride)),
            c11 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, (nint)stride), next);
        Vector256<T> c20 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * (nint)stride)),
            c21 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 2 * (nint)stride), next);
        Vector256<T> c30 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * (nint)stride)),
            c31 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 3 * (nint)stride), next);
        Vector256<T> c40 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 4 * (nint)stride)),
            c41 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 4 * (nint)stride), next);
        Vector256<T> c50 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 5 * (nint)stride)),
            c51 = Vector256.LoadUnsafe(ref Unsafe.Add(ref c, 5 * (nint)stride), next);
        for (int k = 0; k < depth; k++)
        {
            Vector256<T> b0 = Vector256.LoadUnsafe(ref b), b1 = Vector256.LoadUnsafe(ref b, next);
            Vector256<T> a0 = Vector256.Create(a);
            (c00, c01) = (Fused.MultiplyAdd(a0, b0, c00), Fused.MultiplyAdd(a0, b1, c01));
            Vector256<T> a1 = Vector256.Create(Unsafe.Add(ref a, 1));
            (c10, c11) = (Fused.MultiplyAdd(a1, b0, c10), Fused.MultiplyAdd(a1, b1, c11));
            Vector256<T> a2 = Vector256.Create(Unsafe.Add(ref a, 2));
            (c20, c21) = (Fused.MultiplyAdd(a2, b0, c20), Fused.MultiplyAdd(a2, b1, c21));
            Vector256<T> a3 = Vector256.Create(Unsafe.Add(ref a, 3));
            (c30, c31) = (Fused.MultiplyAdd(a3, b0, c30), Fused.MultiplyAdd(a3, b1, c31));
            Vector256<T> a4 = Vector256.Create(Unsafe.Add(ref a, 4));
            (c40, c41) = (Fused.MultiplyAdd(a4, b0, c40), Fused.MultiplyAdd(a4, b1, c41));
            Vector256<T> a5 = Vector256.Create(Unsafe.Add(ref a, 5));
            (c50, c51) = (Fused.MultiplyAdd(a5, b0, c50), Fused.MultiplyAdd(a5, b1, c51));
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
    }
}
