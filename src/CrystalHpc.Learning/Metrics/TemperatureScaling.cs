using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Metrics;

/// <summary>
/// One number that makes probabilities honest: p_k^(1/T), normalized, with T such that samples that the model has not seen are the most
/// probable (Guo and others 2017, arXiv 1706.04599). The order of the classes stays.
/// </summary>
public static class TemperatureScaling
{
    // Of ln T; no model that is of use needs more.
    private const double Limit = 3;

    private const double Smallest = 1e-30;

    /// <summary>The temperature that gives validation samples the highest likelihood.</summary>
    /// <param name="probabilities">Rows of probabilities, one after another.</param>
    /// <param name="labels">The class of each row.</param>
    public static double Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels)
    {
        // The loss is convex in 1/T, so that its slope changes sign once: bisection in ln T.
        double low = -Limit, high = Limit;
        var logarithms = new double[probabilities.Length];
        for (int i = 0; i < logarithms.Length; i++)
            logarithms[i] = PortableMath.Log(Math.Max(probabilities[i], Smallest));
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = 0.5 * (low + high);
            if (SlopeInInverse(logarithms, labels, PortableMath.Exp(-middle)) > 0)
                low = middle;
            else
                high = middle;
        }

        return PortableMath.Exp(0.5 * (low + high));
    }

    /// <summary>Applies a temperature to a row of probabilities.</summary>
    public static void Apply(double temperature, Span<double> probabilities)
    {
        foreach (ref double p in probabilities)
            p = Math.Max(p, Smallest);
        VectorLogarithm.Log(probabilities);
        double largest = double.NegativeInfinity, sum = 0;
        foreach (double logarithm in probabilities)
            largest = Math.Max(largest, logarithm);
        foreach (ref double p in probabilities)
            p = (p - largest) / temperature;
        VectorMath.Exp(probabilities);
        foreach (double p in probabilities)
            sum += p;
        foreach (ref double p in probabilities)
            p /= sum;
    }

    // Derivative of the mean loss in b = 1/T: the mean of ln p under the scaled probabilities, less that of the right class.
    private static double SlopeInInverse(ReadOnlySpan<double> logarithms, ReadOnlySpan<int> labels, double b)
    {
        int classes = logarithms.Length / labels.Length;
        double slope = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> z = logarithms.Slice(row * classes, classes);
            double largest = double.NegativeInfinity, sum = 0, mean = 0;
            foreach (double value in z)
                largest = Math.Max(largest, value);
            foreach (double value in z)
            {
                double weight = PortableMath.Exp(b * (value - largest));
                sum += weight;
                mean += weight * value;
            }

            slope += mean / sum - z[labels[row]];
        }

        return slope;
    }
}
