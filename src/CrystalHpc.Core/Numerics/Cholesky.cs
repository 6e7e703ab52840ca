namespace CrystalHpc.Core.Numerics;

/// <summary>
/// Cholesky factors of small dense matrices in plain arithmetic of one order, so that they have the same bits with every library of linear algebra.
/// </summary>
public static class Cholesky
{
    /// <summary>Replaces the lower triangle of a symmetric matrix, stored by rows, by its factor L with L L^T = matrix.</summary>
    /// <returns>False when the matrix is not positive definite.</returns>
    public static bool TryFactor(Span<double> matrix, int size)
    {
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i * size + j] - Dot(matrix.Slice(i * size, j), matrix.Slice(j * size, j));
                if (i != j)
                    matrix[i * size + j] = sum / matrix[j * size + j];
                else if (sum > 0)
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

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
