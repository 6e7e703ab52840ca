using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Lattices.Study;

/// <summary>How good answers about classes are, and what those reach who know nothing, or everything that a formula tells.</summary>
internal static class ClassFigures
{
    /// <summary>Share of rows whose class has the largest output, or one of the largest.</summary>
    public static double Accuracy(float[] outputs, int[] labels, int most = 1)
        => ClassMetrics.TopAccuracy([.. outputs.Select(output => (double)output)], labels, most);

    /// <summary>What is right by chance: each class with equal probability.</summary>
    public static double Random(int classes) => 1.0 / classes;

    /// <summary>What is right who always says the most frequent class of the training rows.</summary>
    public static double Majority(int[] training, int[] labels)
    {
        int most = training.CountBy(label => label).OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).First().Key;
        return (double)labels.Count(label => label == most) / labels.Length;
    }

    /// <summary>What is right who knows the most frequent class of each formula: the ceiling that polymorphs set.</summary>
    public static double Oracle(IEnumerable<string> formulas, int[] labels) =>
        (double)formulas.Zip(labels).GroupBy(row => row.First).Sum(rows => rows.CountBy(row => row.Second)
            .Max(entry => entry.Value)) / labels.Length;
}
