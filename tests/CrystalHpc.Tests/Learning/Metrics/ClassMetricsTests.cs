using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Tests.Learning.Metrics;

/// <summary>Figures of classifications.</summary>
public sealed class ClassMetricsTests
{
    // Rows of three probabilities.
    private static readonly double[] Probabilities = [0.7, 0.2, 0.1, 0.1, 0.6, 0.3, 0.5, 0.3, 0.2, 0.2, 0.2, 0.6];
    private static readonly int[] Labels = [0, 1, 1, 0];

    [Test]
    public void Accuracies_of_a_small_example()
    {
        Assert.That(ClassMetrics.TopAccuracy(Probabilities, Labels, 1), Is.EqualTo(0.5));
        Assert.That(ClassMetrics.TopAccuracy(Probabilities, Labels, 2), Is.EqualTo(1));
        Assert.That(ClassMetrics.TopAccuracy(Probabilities, Labels, 3), Is.EqualTo(1));
        Assert.That(ClassMetrics.LogLoss([0.5, 0.5], [1]), Is.EqualTo(Math.Log(2)).Within(1e-15));
    }

    [Test]
    public void The_confusion_matrix_of_a_small_example()
    {
        ConfusionMatrix matrix = ClassMetrics.Confusion(Probabilities, Labels);
        Assert.That((matrix[0, 0], matrix[1, 1], matrix[1, 0], matrix[0, 2]), Is.EqualTo((1, 1, 1, 1)));
        Assert.That((matrix.Precision(0), matrix.Recall(0), matrix.F1(0)), Is.EqualTo((0.5, 0.5, 0.5)));
        Assert.That((matrix.Precision(1), matrix.Recall(1)), Is.EqualTo((1.0, 0.5)));
        Assert.That(matrix.MacroF1, Is.EqualTo(0.5 * (0.5 + 2.0 / 3)).Within(1e-15), "class 2 does not occur");
    }

    [Test]
    public void Identities_of_the_confusion_matrix([Range(1, 5)] int item)
    {
        (double[] probabilities, int[] labels) = Draw(200, 5, (ulong)item, 1);
        ConfusionMatrix matrix = ClassMetrics.Confusion(probabilities, labels);
        int[] classes = [.. Enumerable.Range(0, 5)];
        Assert.That(matrix.Accuracy, Is.EqualTo(ClassMetrics.TopAccuracy(probabilities, labels, 1)), "accuracy");
        Assert.That(classes.Sum(matrix.Actual), Is.EqualTo(200), "rows add up to the samples");
        Assert.That(classes.Sum(matrix.Predicted), Is.EqualTo(200), "columns do, too");
        Assert.That(classes.Sum(k => matrix.Recall(k) * matrix.Actual(k)) / 200, Is.EqualTo(matrix.Accuracy).Within(1e-12),
            "mean recall is the accuracy");
        Assert.That(classes.Sum(k => matrix.Precision(k) * matrix.Predicted(k)) / 200, Is.EqualTo(matrix.Accuracy).Within(1e-12),
            "so is mean precision");
        foreach (int k in classes)
        {
            double precision = matrix.Precision(k), recall = matrix.Recall(k);
            Assert.That(matrix.F1(k) * (precision + recall), Is.EqualTo(2 * precision * recall).Within(1e-12), "harmonic mean");
        }
    }

    [Test]
    public void Accuracy_rises_with_the_number_of_guesses_to_one()
    {
        (double[] probabilities, int[] labels) = Draw(100, 6, 9, 1);
        double[] accuracies = [.. Enumerable.Range(1, 6).Select(most => ClassMetrics.TopAccuracy(probabilities, labels, most))];
        Assert.That(accuracies, Is.Ordered);
        Assert.That(accuracies[^1], Is.EqualTo(1));
    }

    [Test]
    public void The_calibration_error_of_a_small_example()
    {
        // Confidences 0.7, 0.6, 0.5, 0.6 with hits 1, 1, 0, 0, in intervals of a tenth, whose upper end belongs to them.
        double expected = (Math.Abs(1 - 0.7) + 2 * Math.Abs(0.5 - 0.6) + Math.Abs(0 - 0.5)) / 4;
        Assert.That(Calibration.ExpectedError(Probabilities, Labels, 10), Is.EqualTo(expected).Within(1e-12));
        Assert.That(Calibration.Reliability(Probabilities, Labels, 10).Sum(bin => bin.Count), Is.EqualTo(4));
    }

    [Test]
    public void Probabilities_that_are_drawn_from_are_calibrated()
    {
        (double[] probabilities, int[] labels) = Draw(20_000, 4, 2, 1);
        Assert.That(Calibration.ExpectedError(probabilities, labels), Is.LessThan(0.02));
        Assert.That(TemperatureScaling.Fit(probabilities, labels), Is.EqualTo(1).Within(0.05));
    }

    [Test]
    public void Temperature_undoes_overconfidence_and_keeps_the_order()
    {
        (double[] probabilities, int[] labels) = Draw(20_000, 4, 3, 2.5);
        double temperature = TemperatureScaling.Fit(probabilities, labels);
        Assert.That(temperature, Is.EqualTo(2.5).Within(0.1));
        double before = ClassMetrics.LogLoss(probabilities, labels), accuracy = ClassMetrics.TopAccuracy(probabilities, labels, 1);
        for (int row = 0; row < labels.Length; row++)
            TemperatureScaling.Apply(temperature, probabilities.AsSpan(row * 4, 4));
        Assert.That(ClassMetrics.LogLoss(probabilities, labels), Is.LessThan(before));
        Assert.That(ClassMetrics.TopAccuracy(probabilities, labels, 1), Is.EqualTo(accuracy));
        Assert.That(Calibration.ExpectedError(probabilities, labels), Is.LessThan(0.02));
    }

    // Labels drawn from softmax(z); the probabilities handed out are softmax(sharpness z).
    private static (double[] Probabilities, int[] Labels) Draw(int rows, int classes, ulong item, double sharpness)
    {
        var random = new CounterRandom(21, item);
        var probabilities = new double[rows * classes];
        var labels = new int[rows];
        var honest = new double[classes];
        for (int row = 0; row < rows; row++)
        {
            Span<double> p = probabilities.AsSpan(row * classes, classes);
            for (int k = 0; k < classes; k++)
                (honest[k], p[k]) = (random.NextNormal(), 0);
            for (int k = 0; k < classes; k++)
                p[k] = sharpness * honest[k];
            CrystalHpc.Learning.Losses.SoftmaxCrossEntropy.Softmax(p);
            CrystalHpc.Learning.Losses.SoftmaxCrossEntropy.Softmax<double>(honest);
            double draw = random.NextUniform();
            while (labels[row] < classes - 1 && (draw -= honest[labels[row]]) > 0)
                labels[row]++;
        }

        return (probabilities, labels);
    }
}
