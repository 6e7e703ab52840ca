namespace CrystalHpc.Learning.Metrics;

/// <summary>How far predicted numbers lie from actual ones.</summary>
/// <param name="Count">Number of pairs.</param>
/// <param name="MeanAbsolute">Mean absolute error, in the unit of the numbers.</param>
/// <param name="RootMeanSquare">Root of the mean squared error, in the unit of the numbers.</param>
/// <param name="R2">Coefficient of determination: 1 - sum of squared errors / sum of squared deviations from the mean; NaN where all are
/// equal.</param>
/// <param name="MeanAbsolutePercent">Mean of |error / actual|, in percent; NaN where some actual number is zero.</param>
/// <param name="SymmetricPercent">Mean of 2 |error| / (|actual| + |predicted|), in percent; both zero counts as no error.</param>
public sealed record RegressionMetrics(int Count, double MeanAbsolute, double RootMeanSquare, double R2, double MeanAbsolutePercent,
    double SymmetricPercent)
{
    /// <summary>Compares numbers.</summary>
    public static RegressionMetrics Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        RequireAlike(actual.Length, predicted.Length);
        double n = actual.Length, mean = 0, absolute = 0, square = 0, spread = 0, percent = 0, symmetric = 0;
        foreach (double value in actual)
            mean += value / n;
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(predicted[i] - actual[i]), size = Math.Abs(actual[i]) + Math.Abs(predicted[i]);
            absolute += error;
            square += error * error;
            spread += (actual[i] - mean) * (actual[i] - mean);
            percent += actual[i] == 0 ? double.NaN : error / Math.Abs(actual[i]);
            symmetric += size == 0 ? 0 : 2 * error / size;
        }

        return new RegressionMetrics(
            actual.Length, absolute / n, Math.Sqrt(square / n), spread == 0 ? double.NaN : 1 - square / spread, 100 * percent / n,
            100 * symmetric / n);
    }

    /// <summary>Share of actual numbers within so many standard errors of the predicted ones.</summary>
    public static double Coverage(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, ReadOnlySpan<double> standardErrors,
        double width)
    {
        RequireAlike(actual.Length, predicted.Length);
        RequireAlike(actual.Length, standardErrors.Length);
        int within = 0;
        for (int i = 0; i < actual.Length; i++)
            within += Math.Abs(actual[i] - predicted[i]) <= width * standardErrors[i] ? 1 : 0;
        return (double)within / actual.Length;
    }

    /// <summary>
    /// The factor by which raw standard errors must be multiplied so that intervals of so many of them cover a share of validation samples
    /// (split conformal prediction; Lei and others 2018, doi 10.1080/01621459.2017.1307116).
    /// </summary>
    /// <param name="actual">Actual numbers that the model has not seen.</param>
    /// <param name="predicted">Predicted numbers.</param>
    /// <param name="standardErrors">Raw standard errors, positive.</param>
    /// <param name="width">Half width of the interval in standard errors, such as 1.645.</param>
    /// <param name="share">Share to be covered, such as 0.9.</param>
    public static double ErrorFactor(
        ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, ReadOnlySpan<double> standardErrors, double width, double share)
    {
        RequireAlike(actual.Length, predicted.Length);
        RequireAlike(actual.Length, standardErrors.Length);
        var ratios = new double[actual.Length];
        for (int i = 0; i < ratios.Length; i++)
            ratios[i] = Math.Abs(actual[i] - predicted[i]) / (width * standardErrors[i]);
        Array.Sort(ratios);
        return ratios[Math.Clamp((int)Math.Ceiling(share * (ratios.Length + 1)) - 1, 0, ratios.Length - 1)];
    }

    private static void RequireAlike(int first, int second)
    {
        if (first != second || first == 0)
            throw new ArgumentException("there must be as many predicted numbers as actual ones, and one at least");
    }
}
