using System.Numerics;

namespace CrystalHpc.Learning.Tensors;

/// <summary>The matrix product as its formula says: what <see cref="MatrixProduct"/> is compared with, bit by bit.</summary>
public static class PlainMatrixProduct
{
    /// <summary>C = A B, or C += A B; parameters as those of <see cref="MatrixProduct.Compute"/>.</summary>
    public static void Compute<T>(
        int rows, int columns, int depth, ReadOnlySpan<T> a, bool transposeA, ReadOnlySpan<T> b, bool transposeB, Span<T> c,
        bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixProduct.Require(rows, columns, depth, a.Length, b.Length, c.Length);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                T sum = accumulate ? c[i * columns + j] : T.Zero;
                for (int k = 0; k < depth; k++)
                    sum = T.FusedMultiplyAdd(a[transposeA ? k * rows + i : i * depth + k], b[transposeB ? j * depth + k : k * columns + j],
                        sum);
                c[i * columns + j] = sum;
            }
        }
    }
}
