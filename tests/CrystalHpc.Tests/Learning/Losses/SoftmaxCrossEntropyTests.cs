using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning.Losses;

/// <summary>Softmax and its cross-entropy.</summary>
public sealed class SoftmaxCrossEntropyTests
{
    [Test]
    public void A_shift_of_all_logits_changes_nothing()
    {
        double[] logits = [0.5, -1, 2], shifted = [1000.5, 999, 1002];
        SoftmaxCrossEntropy.Softmax<double>(logits);
        SoftmaxCrossEntropy.Softmax<double>(shifted);
        Assert.That(shifted, Is.EqualTo(logits).Within(1e-13));
        Assert.That(logits.Sum(), Is.EqualTo(1).Within(1e-15));
    }

    [Test]
    public void The_loss_of_a_certain_class_is_minus_the_logarithm_of_its_probability()
    {
        (Tensor<double> logits, Tensor<double> targets) = (Of([0.0, 0, 0, 0]), Of([0.0, 1, 0, 0]));
        Assert.That(SoftmaxCrossEntropy.Evaluate(logits, targets, [2.0], new Tensor<double>()), Is.EqualTo(2 * Math.Log(4)).Within(1e-14));
    }

    [Test]
    public void The_gradient_is_that_of_differences()
    {
        Tensor<double> logits = GradientCheck.Draw(3, 4, 1), targets = new(3, 4), gradient = new(), unused = new();
        double[] distributions = [1, 0, 0, 0, 0.5, 0.25, 0.25, 0, 0.1, 0.2, 0.3, 0.4], weights = [1, 2, 0.5];
        distributions.CopyTo(targets.Values);
        SoftmaxCrossEntropy.Evaluate(logits, targets, weights, gradient);
        for (int i = 0; i < 12; i++)
        {
            const double Step = 1e-5;
            double kept = logits.Values[i];
            logits.Values[i] = kept + Step;
            double above = SoftmaxCrossEntropy.Evaluate(logits, targets, weights, unused);
            logits.Values[i] = kept - Step;
            double below = SoftmaxCrossEntropy.Evaluate(logits, targets, weights, unused);
            logits.Values[i] = kept;
            Assert.That(gradient.Values[i], Is.EqualTo((above - below) / (2 * Step)).Within(1e-9));
        }
    }

    [Test]
    public void A_hopeless_row_has_a_finite_loss() => Assert.That(
        SoftmaxCrossEntropy.Evaluate(Of([0f, 5000f]), Of([1f, 0f]), [1f], new Tensor<float>()), Is.InRange(50, 100));

    private static Tensor<T> Of<T>(T[] row) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var tensor = new Tensor<T>(1, row.Length);
        row.CopyTo(tensor.Values);
        return tensor;
    }
}
