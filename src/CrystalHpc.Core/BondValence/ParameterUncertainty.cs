using MathNet.Numerics.LinearAlgebra;

namespace CrystalHpc.Core.BondValence;

/// <summary>Covariance of the parameters a and g = ln B of each key at the solution.</summary>
/// <param name="OffsetVariance">Variance of a.</param>
/// <param name="Covariance">Covariance of a and g.</param>
/// <param name="LogSoftnessVariance">Variance of g.</param>
internal readonly record struct ParameterUncertainty(double OffsetVariance, double Covariance, double LogSoftnessVariance)
{
    private static readonly ParameterUncertainty Unknown = new(double.NaN, double.NaN, double.NaN);

    /// <summary>
    /// Covariances of all keys, block by block: H^-1 (S + P) H^-1 with H the Gauss-Newton Hessian with priors, S the matrix of scores and P the
    /// precision of the priors (Huber 1967, the "sandwich", which does not trust sigma), or H^-1 where that is larger.
    /// </summary>
    public static ParameterUncertainty[] Compute(GaussNewtonBlocks blocks, FitPriors priors, int keyCount)
    {
        ParameterUncertainty[] result = new ParameterUncertainty[keyCount];
        for (int block = 0; block < blocks.BlockCount; block++)
        {
            int first = blocks.FirstKey(block), size = blocks.Size(block);
            Matrix<double> hessian = Matrix<double>.Build.Dense(size, size, (i, j) => blocks.Hessian(block, i, j) + Prior(priors, first, i, j));
            Matrix<double> scores = Matrix<double>.Build.Dense(size, size, (i, j) => blocks.Scores(block, i, j) + Prior(priors, first, i, j));
            (Matrix<double>? inverse, Matrix<double>? sandwich) = Invert(hessian, scores);
            for (int key = 0; key < size / 2; key++)
            {
                if (inverse is null || sandwich is null)
                {
                    result[first + key] = Unknown;
                    continue;
                }

                // The key's two variances come from the same matrix, so that they stay a covariance.
                Matrix<double> larger = Trace(sandwich, key) > Trace(inverse, key) ? sandwich : inverse;
                result[first + key] = new(larger[2 * key, 2 * key], larger[2 * key, 2 * key + 1], larger[2 * key + 1, 2 * key + 1]);
            }
        }

        return result;
    }

    /// <summary>
    /// Covariances when all keys share g: H^-1 of the whole, by elimination of a block by block (the Hessian is an arrow with g at its tip).
    /// </summary>
    public static ParameterUncertainty[] ComputeShared(GaussNewtonBlocks blocks, FitPriors priors, int keyCount)
    {
        ParameterUncertainty[] result = new ParameterUncertainty[keyCount];
        double tip = 0;
        Vector<double>[] slopes = new Vector<double>[blocks.BlockCount];
        for (int block = 0; block < blocks.BlockCount; block++)
        {
            int first = blocks.FirstKey(block), count = blocks.Size(block) / 2;
            double Entry(int i, int j) => blocks.Hessian(block, i, j) + Prior(priors, first, i, j);
            Matrix<double> offsets = Matrix<double>.Build.Dense(count, count, (i, j) => Entry(2 * i, 2 * j));
            Vector<double> coupling = Vector<double>.Build.Dense(count, i => Enumerable.Range(0, count).Sum(j => Entry(2 * i, 2 * j + 1)));
            tip += Enumerable.Range(0, count * count).Sum(ij => Entry(2 * (ij / count) + 1, 2 * (ij % count) + 1));
            (Matrix<double>? inverse, _) = Invert(offsets, offsets);
            if (inverse is null)
            {
                Array.Fill(result, Unknown);
                return result;
            }

            slopes[block] = inverse * coupling;
            tip -= coupling * slopes[block];
            for (int key = 0; key < count; key++)
                result[first + key] = new(inverse[key, key], 0, 0);
        }

        for (int block = 0; block < blocks.BlockCount; block++)
        {
            for (int key = 0; key < slopes[block].Count; key++)
            {
                double slope = slopes[block][key];
                int index = blocks.FirstKey(block) + key;
                result[index] = new(result[index].OffsetVariance + slope * slope / tip, -slope / tip, 1 / tip);
            }
        }

        return result;
    }

    private static double Prior(FitPriors priors, int firstKey, int row, int column) => row == column ? priors.Precision(2 * firstKey + row) : 0;

    private static double Trace(Matrix<double> matrix, int key) => matrix[2 * key, 2 * key] + matrix[2 * key + 1, 2 * key + 1];

    private static (Matrix<double>? Inverse, Matrix<double>? Sandwich) Invert(Matrix<double> hessian, Matrix<double> scores)
    {
        // To unit diagonal first: counts of equations differ by orders of magnitude within a block.
        Vector<double> scale = hessian.Diagonal().PointwiseSqrt();
        if (scale.Any(s => !(s > 0)))
            return (null, null);
        Matrix<double> correlation = hessian.MapIndexed((i, j, value) => value / (scale[i] * scale[j]));
        try
        {
            Matrix<double> inverse = correlation.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(hessian.RowCount));
            inverse.MapIndexedInplace((i, j, value) => value / (scale[i] * scale[j]));
            return (inverse, inverse * scores * inverse);
        }
        catch (ArgumentException)
        {
            // Not positive definite: the data leave some direction of this block open.
            return (null, null);
        }
    }
}
