using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Learning.Tensors;

/// <summary>
/// C = A B or C += A B over row-major matrices, each factor transposed on request. Blocked and packed as Goto and van de Geijn describe
/// (ACM Trans. Math.
/// Softw. 34, 12, 2008): panels of B and blocks of A are copied into strips that a kernel of registers reads end to end.
/// </summary>
/// <remarks>
/// Each element of C is one chain of fused multiply-adds in ascending order of the summed index, whatever the blocks, the vector width or
/// the processor:
/// the bits are those of <see cref="PlainMatrixProduct"/>. One thread; a training is parallel over samples.
/// </remarks>
public static class MatrixProduct
{
    // A panel of B fills part of the last cache, a block of A half of the second, a strip of B the first.
    private const int Depth = 256, BlockRows = 192, PanelColumns = 2048;

    private static BlasLibrary? s_native;

    /// <summary>Chooses whose products this process uses.</summary>
    /// <exception cref="UserException">A native library was asked for, and none is installed.</exception>
    public static void Use(LinearAlgebra whose) => s_native = whose == LinearAlgebra.Managed ? null : BlasLibrary.Installed
        ?? throw UserException.Configuration(
            $"linear_algebra is 'native', but no OpenBLAS, MKL or BLIS was found; name one by {BlasLibrary.Variable}, or say 'managed'");

    /// <summary>Computes C = A B, or C += A B.</summary>
    /// <param name="rows">Rows of C.</param>
    /// <param name="columns">Columns of C.</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="a">A, rows x depth; with <paramref name="transposeA"/> stored as depth x rows.</param>
    /// <param name="transposeA">A is stored transposed.</param>
    /// <param name="b">B, depth x columns; with <paramref name="transposeB"/> stored as columns x depth.</param>
    /// <param name="transposeB">B is stored transposed.</param>
    /// <param name="c">C, rows x columns.</param>
    /// <param name="accumulate">Adds to C; otherwise what C held is lost.</param>
    public static void Compute<T>(
        int rows, int columns, int depth, ReadOnlySpan<T> a, bool transposeA, ReadOnlySpan<T> b, bool transposeB, Span<T> c,
        bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(rows, columns, depth, a.Length, b.Length, c.Length);
        if (s_native is { } native && rows > 0 && columns > 0 && depth > 0)
        {
            MultiplyNatively(native, rows, columns, depth, a, transposeA, b, transposeB, c, accumulate);
            return;
        }

        if (!accumulate)
            c[..(rows * columns)].Clear();
        if (rows == 0 || columns == 0 || depth == 0)
            return;
        var left = new Operand<T>(ref MemoryMarshal.GetReference(a), transposeA ? 1 : depth, transposeA ? rows : 1);
        var right = new Operand<T>(ref MemoryMarshal.GetReference(b), transposeB ? depth : 1, transposeB ? 1 : columns);
        if (Vector512.IsHardwareAccelerated)
            Blocks(rows, columns, depth, left, right, ref MemoryMarshal.GetReference(c), Kernel512.Rows, Kernel512.ColumnsOf<T>());
        else
            Blocks(rows, columns, depth, left, right, ref MemoryMarshal.GetReference(c), Kernel256.Rows, Kernel256.ColumnsOf<T>());
    }

    /// <summary>Checks that the matrices hold what their sizes say.</summary>
    internal static void Require(int rows, int columns, int depth, long a, long b, long c)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        if (a < (long)rows * depth || b < (long)depth * columns || c < (long)rows * columns)
            throw new ArgumentException("a matrix is smaller than its number of rows and columns says");
    }

    private static void MultiplyNatively<T>(
        BlasLibrary native, int rows, int columns, int depth, ReadOnlySpan<T> a, bool transposeA, ReadOnlySpan<T> b, bool transposeB,
        Span<T> c, bool accumulate)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            native.Multiply(
                rows, columns, depth, MemoryMarshal.Cast<T, float>(a), transposeA, MemoryMarshal.Cast<T, float>(b), transposeB,
                MemoryMarshal.Cast<T, float>(c), accumulate);
        }
        else
        {
            native.Multiply(
                rows, columns, depth, MemoryMarshal.Cast<T, double>(a), transposeA, MemoryMarshal.Cast<T, double>(b), transposeB,
                MemoryMarshal.Cast<T, double>(c), accumulate);
        }
    }

    private static void Blocks<T>(
        int rows, int columns, int depth, Operand<T> left, Operand<T> right, ref T c, int kernelRows, int kernelColumns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PackingSpace<T> space = PackingSpace<T>.OfThread;
        int panelColumns = Math.Min(PanelColumns, RoundUp(columns, kernelColumns)), panelDepth = Math.Min(Depth, depth);
        Span<T> panel = space.Panel(panelColumns * panelDepth), block = space.Block(
            RoundUp(Math.Min(BlockRows, rows), kernelRows) * panelDepth);
        Span<T> tile = space.Tile(kernelRows * kernelColumns);
        for (int column = 0; column < columns; column += panelColumns)
        {
            int width = Math.Min(panelColumns, columns - column);
            for (int k = 0; k < depth; k += panelDepth)
            {
                int length = Math.Min(panelDepth, depth - k);
                Packing.Strips(right, column, width, k, length, kernelColumns, panel);
                for (int row = 0; row < rows; row += BlockRows)
                {
                    int height = Math.Min(BlockRows, rows - row);
                    Packing.Strips(left, row, height, k, length, kernelRows, block);
                    MultiplyBlock(block, panel, height, width, length, ref Unsafe.Add(ref c, (nint)row * columns + column), columns,
                        kernelRows, kernelColumns, tile);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyBlock<T>(
        Span<T> block, Span<T> panel, int height, int width, int depth, ref T c, int stride, int kernelRows, int kernelColumns,
        Span<T> tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < width; j += kernelColumns)
        {
            ref T b = ref panel[j * depth];
            for (int i = 0; i < height; i += kernelRows)
            {
                ref T a = ref block[i * depth];
                ref T corner = ref Unsafe.Add(ref c, (nint)i * stride + j);
                int high = Math.Min(kernelRows, height - i), wide = Math.Min(kernelColumns, width - j);
                if (high == kernelRows && wide == kernelColumns)
                {
                    Run(ref a, ref b, depth, ref corner, stride);
                    continue;
                }

                // At the edges of C the kernel works on a whole tile beside it.
                for (int row = 0; row < high; row++)
                    MemoryMarshal.CreateSpan(ref Unsafe.Add(ref corner, (nint)row * stride), wide).CopyTo(tile[(row * kernelColumns)..]);
                Run(ref a, ref b, depth, ref tile[0], kernelColumns);
                for (int row = 0; row < high; row++)
                    tile.Slice(row * kernelColumns, wide).CopyTo(MemoryMarshal.CreateSpan(
                        ref Unsafe.Add(ref corner, (nint)row * stride), wide));
            }
        }
    }

    private static void Run<T>(ref T a, ref T b, int depth, ref T c, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Kernel512.Run(ref a, ref b, depth, ref c, stride);
        else
            Kernel256.Run(ref a, ref b, depth, ref c, stride);
    }

    private static int RoundUp(int number, int multiple) => (number + multiple - 1) / multiple * multiple;
}
