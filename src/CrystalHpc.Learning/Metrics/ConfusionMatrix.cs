namespace CrystalHpc.Learning.Metrics;

/// <summary>How often which class was predicted for which, and what follows from it (001 eq. 12, 13 for precision and recall).</summary>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="classes">Number of classes.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _counts = new long[classes, classes];
    }

    /// <summary>Number of classes.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>Number of samples.</summary>
    public long Total { get; private set; }

    /// <summary>How often a class was predicted for samples of a class.</summary>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>Share of samples whose class was predicted.</summary>
    public double Accuracy => (double)Enumerable.Range(0, Classes).Sum(k => _counts[k, k]) / Total;

    /// <summary>Mean F1 of the classes that occur.</summary>
    public double MacroF1
    {
        get
        {
            int[] occurring = [.. Enumerable.Range(0, Classes).Where(k => Actual(k) > 0)];
            return occurring.Length == 0 ? double.NaN : occurring.Average(F1);
        }
    }

    /// <summary>Mean F1 of the classes, each as often as it occurs.</summary>
    public double WeightedF1 => Enumerable.Range(0, Classes).Sum(k => Actual(k) * F1(k)) / Total;

    /// <summary>Counts a sample.</summary>
    public void Add(int actual, int predicted)
    {
        _counts[actual, predicted]++;
        Total++;
    }

    /// <summary>Samples of a class.</summary>
    public long Actual(int k) => Enumerable.Range(0, Classes).Sum(other => _counts[k, other]);

    /// <summary>Samples that a class was predicted for.</summary>
    public long Predicted(int k) => Enumerable.Range(0, Classes).Sum(other => _counts[other, k]);

    /// <summary>Share of the predictions of a class that are right; 0 where there are none.</summary>
    public double Precision(int k) => Predicted(k) == 0 ? 0 : (double)_counts[k, k] / Predicted(k);

    /// <summary>Share of the samples of a class that were found; 0 where there are none.</summary>
    public double Recall(int k) => Actual(k) == 0 ? 0 : (double)_counts[k, k] / Actual(k);

    /// <summary>Harmonic mean of precision and recall; 0 where a class neither occurs nor is predicted.</summary>
    public double F1(int k) => Actual(k) + Predicted(k) == 0 ? 0 : 2.0 * _counts[k, k] / (Actual(k) + Predicted(k));
}
