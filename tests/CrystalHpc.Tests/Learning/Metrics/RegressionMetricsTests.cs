using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Metrics;

namespace CrystalHpc.Tests.Learning.Metrics;

/// <summary>Figures of predicted numbers.</summary>
public sealed class RegressionMetricsTests
{
    [Test]
    public void Figures_of_a_small_example()
    {
        RegressionMetrics metrics = RegressionMetrics.Of([1, 2, 4], [1, 3, 2]);
        Assert.That(metrics.MeanAbsolute, Is.EqualTo(1).Within(1e-15));
        Assert.That(metrics.RootMeanSquare, Is.EqualTo(Math.Sqrt(5.0 / 3)).Within(1e-15));
        Assert.That(metrics.R2, Is.EqualTo(1 - 5 / (14.0 / 3)).Within(1e-14));
        Assert.That(metrics.MeanAbsolutePercent, Is.EqualTo(100 * (0.5 + 0.5) / 3).Within(1e-12));
        Assert.That(metrics.SymmetricPercent, Is.EqualTo(100 * (2.0 / 5 + 4.0 / 6) / 3).Within(1e-12));
    }

    [Test]
    public void The_mean_as_prediction_explains_nothing()
        => Assert.That(RegressionMetrics.Of([1, 2, 6], [3, 3, 3]).R2, Is.EqualTo(0).Within(1e-15));

    [Test]
    public void The_root_mean_square_is_never_below_the_mean()
    {
        (double[] actual, double[] predicted, _) = Draw(100);
        RegressionMetrics metrics = RegressionMetrics.Of(actual, predicted);
        Assert.That(metrics.RootMeanSquare, Is.GreaterThanOrEqualTo(metrics.MeanAbsolute));
    }

    [Test]
    public void A_percentage_of_zero_is_no_number() => Assert.That(RegressionMetrics.Of([0, 1], [1, 1]).MeanAbsolutePercent, Is.NaN);

    [Test]
    public void Honest_errors_cover_what_they_should()
    {
        (double[] actual, double[] predicted, double[] errors) = Draw(20_000);
        Assert.That(RegressionMetrics.Coverage(actual, predicted, errors, 1.645), Is.EqualTo(0.9).Within(0.01));
        Assert.That(RegressionMetrics.ErrorFactor(actual, predicted, errors, 1.645, 0.9), Is.EqualTo(1).Within(0.03));
    }

    [Test]
    public void Errors_times_their_factor_cover_the_share()
    {
        (double[] actual, double[] predicted, double[] errors) = Draw(2_000);
        double[] small = [.. errors.Select(error => error / 3)];
        double factor = RegressionMetrics.ErrorFactor(actual, predicted, small, 1.645, 0.9);
        Assert.That(factor, Is.EqualTo(3).Within(0.2));
        Assert.That(RegressionMetrics.Coverage(actual, predicted, [.. small.Select(error => error * factor)], 1.645), Is.EqualTo(0.9)
            .Within(0.002));
    }

    private static (double[] Actual, double[] Predicted, double[] Errors) Draw(int count)
    {
        var random = new CounterRandom(22, 0);
        double[] actual = new double[count], predicted = new double[count], errors = new double[count];
        for (int i = 0; i < count; i++)
        {
            errors[i] = 0.5 + random.NextUniform();
            predicted[i] = 10 * random.NextNormal();
            actual[i] = predicted[i] + errors[i] * random.NextNormal();
        }

        return (actual, predicted, errors);
    }
}
