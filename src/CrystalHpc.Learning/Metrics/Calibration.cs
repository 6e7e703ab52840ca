namespace CrystalHpc.Learning.Metrics;

/// <summary>Samples whose highest probability lies in one interval.</summary>
/// <param name="From">Start of the interval.</param>
/// <param name="To">End of the interval, which belongs to it.</param>
/// <param name="Count">Samples.</param>
/// <param name="Confidence">Mean of the highest probability.</param>
/// <param name="Accuracy">Share of the samples whose most probable class is right.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);

/// <summary>Whether probabilities mean what they say (Guo, Pleiss, Sun and Weinberger 2017, arXiv 1706.04599).</summary>
public static class Calibration
{
    /// <summary>Intervals of the highest probability in the expected calibration error.</summary>
    public const int Bins = 15;

    /// <summary>Confidence and accuracy by interval; intervals without samples are left out.</summary>
    /// <param name="probabilities">Rows of probabilities, one after another.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="bins">Number of intervals of equal width.</param>
    public static IReadOnlyList<ReliabilityBin> Reliability(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int bins = Bins)
    {
        int classes = probabilities.Length / labels.Length;
        var counts = new int[bins];
        var hits = new int[bins];
        var confidence = new double[bins];
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> p = probabilities.Slice(row * classes, classes);
            int best = ClassMetrics.MostProbable(p), bin = Math.Clamp((int)Math.Ceiling(p[best] * bins) - 1, 0, bins - 1);
            counts[bin]++;
            hits[bin] += best == labels[row] ? 1 : 0;
            confidence[bin] += p[best];
        }

        return
        [
            .. Enumerable.Range(0, bins).Where(bin => counts[bin] > 0).Select(bin => new ReliabilityBin(
                (double)bin / bins, (bin + 1.0) / bins, counts[bin], confidence[bin] / counts[bin], (double)hits[bin] / counts[bin])),
        ];
    }

    /// <summary>
    /// Expected calibration error: mean distance of accuracy and confidence over the intervals, each as often as it occurs.
    /// </summary>
    public static double ExpectedError(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int bins = Bins)
    {
        int total = labels.Length;
        return Reliability(probabilities, labels, bins).Sum(bin => bin.Count * Math.Abs(bin.Accuracy - bin.Confidence)) / total;
    }
}
