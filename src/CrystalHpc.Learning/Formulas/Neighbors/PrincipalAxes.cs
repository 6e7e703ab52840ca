using System.Numerics;
using System.Runtime.InteropServices;

namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>
/// Turns vectors such that their first coordinates vary most: distances stay, and most of a distance shows in few coordinates. The axes are the eigenvectors of the
/// covariance, by the method of Jacobi (J. reine angew. Math. 30 (1846) 51).
/// </summary>
public sealed class PrincipalAxes
{
    private const int MostSweeps = 60;

    // Axes of part of the vectors serve all: any axes are right, these are fast.
    private const int Every = 8;
    private const double Negligible = 1e-12;

    private readonly int _dimensions;
    private readonly float[] _axes;

    /// <summary>Finds the axes of vectors.</summary>
    /// <param name="vectors">The vectors, one after another.</param>
    /// <param name="dimensions">Coordinates of a vector.</param>
    public PrincipalAxes(ReadOnlySpan<float> vectors, int dimensions)
    {
        _dimensions = dimensions;
        double[] covariance = CovarianceOf(vectors, dimensions), axes = Diagonalize(covariance, dimensions);
        int[] order = [.. Enumerable.Range(0, dimensions).OrderByDescending(i => covariance[i * dimensions + i]).ThenBy(i => i)];
        _axes = new float[dimensions * dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            for (int j = 0; j < dimensions; j++)
                _axes[j * dimensions + i] = (float)axes[order[i] * dimensions + j];
        }
    }

    /// <summary>The coordinates of a vector along the axes.</summary>
    public void Turn(ReadOnlySpan<float> vector, Span<float> turned)
    {
        turned[.._dimensions].Clear();
        for (int j = 0; j < _dimensions; j++)
        {
            if (vector[j] != 0)
                AddScaled(vector[j], _axes.AsSpan(j * _dimensions, _dimensions), turned[.._dimensions]);
        }
    }

    private static void AddScaled(float factor, ReadOnlySpan<float> addend, Span<float> target)
    {
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(target);
        ReadOnlySpan<Vector<float>> addends = MemoryMarshal.Cast<float, Vector<float>>(addend);
        for (int i = 0; i < vectors.Length; i++)
            vectors[i] += factor * addends[i];
        for (int i = vectors.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] += factor * addend[i];
    }

    private static double[] CovarianceOf(ReadOnlySpan<float> vectors, int n)
    {
        double count = Math.Max(1, vectors.Length / n / Every);
        double[] mean = new double[n], covariance = new double[n * n];
        for (int start = 0; start < vectors.Length; start += n * Every)
        {
            for (int i = 0; i < n; i++)
                mean[i] += vectors[start + i] / count;
        }

        var centered = new double[n];
        for (int start = 0; start < vectors.Length; start += n * Every)
        {
            for (int i = 0; i < n; i++)
                centered[i] = vectors[start + i] - mean[i];
            for (int i = 0; i < n; i++)
            {
                if (centered[i] == 0)
                    continue;
                for (int j = 0; j < n; j++)
                    covariance[i * n + j] += centered[i] * centered[j];
            }
        }

        return covariance;
    }

    // Rotates pairs of axes until the matrix is diagonal; returns the axes as rows.
    private static double[] Diagonalize(double[] matrix, int n)
    {
        var axes = new double[n * n];
        double trace = 0;
        for (int i = 0; i < n; i++)
        {
            axes[i * n + i] = 1;
            trace += matrix[i * n + i];
        }

        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double largest = 0;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    largest = Math.Max(largest, Math.Abs(matrix[p * n + q]));
                    if (Math.Abs(matrix[p * n + q]) > Negligible * trace)
                        Rotate(matrix, axes, n, p, q);
                }
            }

            if (largest <= Negligible * trace)
                break;
        }

        return axes;
    }

    private static void Rotate(double[] matrix, double[] axes, int n, int p, int q)
    {
        double theta = (matrix[q * n + q] - matrix[p * n + p]) / (2 * matrix[p * n + q]);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1)), c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < n; k++)
        {
            (double kp, double kq) = (matrix[k * n + p], matrix[k * n + q]);
            (matrix[k * n + p], matrix[k * n + q]) = (c * kp - s * kq, s * kp + c * kq);
        }

        for (int k = 0; k < n; k++)
        {
            (double pk, double qk) = (matrix[p * n + k], matrix[q * n + k]);
            (matrix[p * n + k], matrix[q * n + k]) = (c * pk - s * qk, s * pk + c * qk);
            (pk, qk) = (axes[p * n + k], axes[q * n + k]);
            (axes[p * n + k], axes[q * n + k]) = (c * pk - s * qk, s * pk + c * qk);
        }
    }
}
