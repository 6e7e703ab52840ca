using MathNet.Numerics.LinearAlgebra;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Covariance of the parameters a and g = ln B of each key at the solution.</summary>
/// <param name="OffsetVariance">Variance of a.</param>
/// <param name="Covariance">Covariance of a and g.</param>
/// <param name="LogSoftnessVariance">Variance of g.</param>
internal readonly record struct ParameterUncertainty(double OffsetVariance, double Covariance, double LogSoftnessVariance)
{
    private static readonly ParameterUncertainty Unknown = new(double.NaN, double.NaN, double.NaN);

    /// <summary>
    /// Covariances of all keys, block by block: H^-1 (S + P) H^-1 with H the Gauss-Newton Hessian with priors, S the matrix of scores and P
    /// the precision of the priors (Huber 1967, the "sandwich", which does not trust sigma), or H^-1 where that is larger.
    /// </summary>
    public static ParameterUncertainty[] Compute(GaussNewtonBlocks blocks, FitPriors priors, int keyCount)
    {
        ParameterUncertainty[] result = new ParameterUncertainty[keyCount];
        for (int block = 0; block < blocks.BlockCount; block++)
        {
            int first = blocks.FirstKey(block), size = blocks.Size(block);
            Matrix<double> hessian = Matrix<double>.Build.Dense(size, size, (i, j) => blocks.Hessian(block, i, j) + Prior(
                priors, first, i, j));
            Matrix<double> scores = Matrix<double>.Build.Dense(size, size, (i, j) => blocks.Scores(block, i, j) + Prior(
                priors, first, i, j));
            (Matrix<double>? inverse, Matrix<double>? sandwich) = Invert(hessian, scores);
            for (int key = 0; key < ParameterLayout.KeyCount(size); key++)
            {
                if (inverse is null || sandwich is null)
                {
                    result[first + key] = Unknown;
                    continue;
                }

                // The key's two variances come from the same matrix, so that they stay a covariance.
                Matrix<double> larger = Trace(sandwich, key) > Trace(inverse, key) ? sandwich : inverse;
                (int a, int g) = (ParameterLayout.Offset(key), ParameterLayout.LogSoftness(key));
                result[first + key] = new(larger[a, a], larger[a, g], larger[g, g]);
            }
        }

        return result;
    }

    /// <summary>Covariances when keys share g or have none: H^-1, column by column. A g that is fixed has no variance.</summary>
    public static ParameterUncertainty[] ComputeTied(GaussNewtonBlocks blocks, FitPriors priors, SoftnessTying tying)
    {
        ParameterUncertainty[] result = new ParameterUncertainty[tying.KeyCount];
        GaussNewtonSystem system = new(blocks, priors, tying);
        if (!system.TryFactor(0, []))
        {
            Array.Fill(result, Unknown);
            return result;
        }

        double[] logVariances = [.. Enumerable.Range(tying.KeyCount, tying.GroupCount).Select(place => Column(place)[place])];
        for (int key = 0; key < result.Length; key++)
        {
            double[] column = Column(key);
            int group = tying.GroupOf(key);
            result[key] = group < 0
                ? new ParameterUncertainty(column[key], 0, 0)
                : new ParameterUncertainty(column[key], column[tying.KeyCount + group], logVariances[group]);
        }

        return result;

        double[] Column(int place)
        {
            double[] column = new double[tying.ParameterCount];
            column[place] = 1;
            system.Solve(column);
            return column;
        }
    }

    private static double Prior(FitPriors priors, int firstKey, int row, int column) =>
        row == column ? priors.Precision(ParameterLayout.Offset(firstKey) + row) : 0;

    private static double Trace(Matrix<double> matrix, int key)
    {
        (int a, int g) = (ParameterLayout.Offset(key), ParameterLayout.LogSoftness(key));
        return matrix[a, a] + matrix[g, g];
    }

    private static (Matrix<double>? Inverse, Matrix<double>? Sandwich) Invert(Matrix<double> hessian, Matrix<double> scores)
    {
        // To unit diagonal first: counts of equations differ by orders of magnitude within a block.
        Vector<double> scale = hessian.Diagonal().PointwiseSqrt();
        if (scale.Any(s => !(s > 0)))
            return (null, null);
        Matrix<double> correlation = hessian.MapIndexed((i, j, value) => value / (scale[i] * scale[j]));
        if (PositiveDefinite.Inverse(correlation) is not { } inverse)
            return (null, null);
        inverse.MapIndexedInplace((i, j, value) => value / (scale[i] * scale[j]));
        return (inverse, inverse * scores * inverse);
    }
}
