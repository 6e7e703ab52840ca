using CrystalHpc.Core.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Inverses of Hessians, by <see cref="Cholesky"/>, whose bits do not depend on the library of linear algebra that is installed.
/// </summary>
internal static class PositiveDefinite
{
    /// <summary>The inverse; null when the matrix is not positive definite: the data leave some direction open.</summary>
    public static Matrix<double>? Inverse(Matrix<double> matrix)
    {
        int size = matrix.RowCount;
        double[] inverse = new double[size * size];
        return Cholesky.TryInvert(matrix.ToRowMajorArray(), size, inverse)
            ? Matrix<double>.Build.DenseOfRowMajor(size, size, inverse) : null;
    }
}
