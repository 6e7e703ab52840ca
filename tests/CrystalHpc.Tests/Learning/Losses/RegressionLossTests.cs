using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning.Losses;

/// <summary>Losses of numbers.</summary>
public sealed class RegressionLossTests
{
    [TestCase(RegressionLossKind.MeanSquared, 3.0, 9.0, 6.0)]
    [TestCase(RegressionLossKind.MeanAbsolute, -3.0, 3.0, -1.0)]
    [TestCase(RegressionLossKind.Huber, 0.5, 0.125, 0.5)]
    [TestCase(RegressionLossKind.Huber, -3.0, 2.5, -1.0)]
    public void Values_and_slopes_are_those_of_the_formulas(RegressionLossKind kind, double deviation, double value, double slope) =>
        Assert.That(new RegressionLoss(kind).Of(deviation), Is.EqualTo((value, slope)));

    [Test]
    public void An_unknown_target_costs_nothing_and_pulls_nowhere()
    {
        Tensor<double> outputs = new(1, 2), targets = new(1, 2), gradient = new();
        ((double[])[1, 2]).CopyTo(outputs.Values);
        ((double[])[double.NaN, 5]).CopyTo(targets.Values);
        Assert.That(new RegressionLoss(RegressionLossKind.MeanSquared).Evaluate(outputs, targets, [0.5], gradient), Is.EqualTo(4.5));
        Assert.That(gradient.Values.ToArray(), Is.EqualTo(new double[] { 0, -3 }));
    }

    [Test]
    public void An_output_that_is_no_number_does_not_pass_for_one([Values] RegressionLossKind kind)
    {
        (double value, double slope) = new RegressionLoss(kind).Of(double.NaN);
        Assert.That(value, Is.NaN);
        Assert.That(slope, Is.NaN);
    }
}
