namespace CrystalHpc.Core.Numerics;

/// <summary>
/// Cholesky factors of small dense matrices in plain arithmetic of one order. MathNet's go through the provider at hand (see
/// <see cref="LinearAlgebraProvider"/>), managed, MKL or OpenBLAS, each with an order of its own, so that the last digits of tables would
/// change with what a machine has installed; these have the same bits everywhere.
/// </summary>
public static class Cholesky
{
    /// <summary>Replaces the lower triangle of a symmetric matrix, stored by rows, by its factor L with L L^T = matrix.</summary>
    /// <param name="matrix">The matrix; what stands above its diagonal is neither read nor written.</param>
    /// <param name="size">Number of rows.</param>
    /// <param name="smallestPivot">Least pivot, as a share of the diagonal entry, that still counts as positive.</param>
    /// <returns>False when the matrix is not positive definite.</returns>
    public static bool TryFactor(Span<double> matrix, int size, double smallestPivot = 0)
    {
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i * size + j] - Dot(matrix.Slice(i * size, j), matrix.Slice(j * size, j));
                if (i != j)
                    matrix[i * size + j] = sum / matrix[j * size + j];
                else if (sum > 0 && sum > smallestPivot * matrix[i * size + i])
                    matrix[i * size + i] = Math.Sqrt(sum);
                else
                    return false;
            }
        }

        return true;
    }

    /// <summary>Replaces b by the solution x of matrix x = b.</summary>
    public static void Solve(ReadOnlySpan<double> factor, int size, Span<double> vector)
    {
        for (int i = 0; i < size; i++)
            vector[i] = (vector[i] - Dot(factor.Slice(i * size, i), vector[..i])) / factor[i * size + i];
        for (int i = size - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < size; k++)
                vector[i] -= factor[k * size + i] * vector[k];
            vector[i] /= factor[i * size + i];
        }
    }

    /// <summary>Writes the inverse of a symmetric matrix, both stored by rows.</summary>
    /// <returns>False when the matrix is not positive definite.</returns>
    public static bool TryInvert(ReadOnlySpan<double> matrix, int size, Span<double> inverse)
    {
        double[] factor = matrix[..(size * size)].ToArray();
        if (!TryFactor(factor, size))
            return false;
        inverse[..(size * size)].Clear();
        for (int i = 0; i < size; i++)
        {
            // The inverse is symmetric, so its columns are its rows.
            Span<double> row = inverse.Slice(i * size, size);
            row[i] = 1;
            Solve(factor, size, row);
        }

        return true;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
