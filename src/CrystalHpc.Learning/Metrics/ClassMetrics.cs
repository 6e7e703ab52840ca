namespace CrystalHpc.Learning.Metrics;

/// <summary>How good probabilities of classes are. Rows of probabilities lie one after another, as many as there are labels.</summary>
public static class ClassMetrics
{
    /// <summary>Number of the most probable class; the first of several.</summary>
    public static int MostProbable(ReadOnlySpan<double> probabilities)
    {
        int best = 0;
        for (int k = 1; k < probabilities.Length; k++)
        {
            if (probabilities[k] > probabilities[best])
                best = k;
        }

        return best;
    }

    /// <summary>
    /// Share of samples whose class is among the most probable ones. Of equal probabilities the earlier class comes first.
    /// </summary>
    public static double TopAccuracy(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int most)
    {
        int classes = ClassesOf(probabilities, labels), hits = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            ReadOnlySpan<double> p = probabilities.Slice(row * classes, classes);
            int label = labels[row], before = 0;
            for (int k = 0; k < classes; k++)
            {
                if (p[k] > p[label] || (p[k] == p[label] && k < label))
                    before++;
            }

            hits += before < most ? 1 : 0;
        }

        return (double)hits / labels.Length;
    }

    /// <summary>The confusion matrix of the most probable classes.</summary>
    public static ConfusionMatrix Confusion(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels)
    {
        int classes = ClassesOf(probabilities, labels);
        var matrix = new ConfusionMatrix(classes);
        for (int row = 0; row < labels.Length; row++)
            matrix.Add(labels[row], MostProbable(probabilities.Slice(row * classes, classes)));
        return matrix;
    }

    /// <summary>Mean of -ln of the probability of the right class; none counts as less than 1e-12.</summary>
    public static double LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels)
    {
        int classes = ClassesOf(probabilities, labels);
        double sum = 0;
        for (int row = 0; row < labels.Length; row++)
            sum -= Math.Log(Math.Max(probabilities[row * classes + labels[row]], 1e-12));
        return sum / labels.Length;
    }

    private static int ClassesOf(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels) =>
        labels.Length > 0 && probabilities.Length % labels.Length == 0
            ? probabilities.Length / labels.Length
            : throw new ArgumentException("there must be as many rows of probabilities as labels, and one at least");
}
