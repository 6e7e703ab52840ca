using CrystalHpc.Learning.Formulas;

namespace CrystalHpc.Lattices.Data;

/// <summary>Features with mean 0 and variance 1 over the training formulas; beyond eight deviations they count as eight.</summary>
/// <param name="means">Mean of each feature.</param>
/// <param name="deviations">Standard deviation of each; 0 for one that does not vary, which stays 0.</param>
public sealed class FeatureScaling(float[] means, float[] deviations)
{
    private const float Largest = 8;

    /// <summary>Deviations below this are rounding.</summary>
    private const double Constant = 1e-6;

    /// <summary>Number of features.</summary>
    public int Count => means.Length;

    /// <summary>Means of the features.</summary>
    public float[] Means => means;

    /// <summary>Standard deviations of the features.</summary>
    public float[] Deviations => deviations;

    /// <summary>Measures the training formulas.</summary>
    public static FeatureScaling Of(IReadOnlyList<Composition> training)
    {
        ArgumentNullException.ThrowIfNull(training);
        int count = FormulaFeatures.Count;
        double[] sums = new double[count], squares = new double[count], features = new double[count];
        foreach (Composition composition in training)
        {
            FormulaFeatures.Write(composition, features);
            for (int i = 0; i < count; i++)
                sums[i] += features[i] / training.Count;
        }

        foreach (Composition composition in training)
        {
            FormulaFeatures.Write(composition, features);
            for (int i = 0; i < count; i++)
                squares[i] += (features[i] - sums[i]) * (features[i] - sums[i]) / training.Count;
        }

        return new FeatureScaling(
            [.. sums.Select(mean => (float)mean)], [.. squares.Select(square => Math.Sqrt(square))
            .Select(deviation => deviation > Constant ? (float)deviation : 0)]);
    }

    /// <summary>Writes the features of a formula.</summary>
    public void Write(Composition composition, Span<float> features)
    {
        Span<double> raw = stackalloc double[means.Length];
        FormulaFeatures.Write(composition, raw);
        for (int i = 0; i < means.Length; i++)
            features[i] = deviations[i] > 0 ? Math.Clamp(((float)raw[i] - means[i]) / deviations[i], -Largest, Largest) : 0;
    }
}
