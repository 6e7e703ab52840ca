using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning.Layers;

/// <summary>What batch normalization makes of rows.</summary>
public sealed class BatchNormalizationTests
{
    [Test]
    public void Columns_have_mean_zero_and_variance_one_in_training()
    {
        var layer = new BatchNormalization<double>(3);
        _ = new ParameterBuffer<double>(layer.Parameters);
        layer.Initialize();
        Tensor<double> output = layer.Forward(GradientCheck.Draw(50, 3, 1), ForwardPass.Training(1, 0, new int[50]));
        for (int column = 0; column < 3; column++)
        {
            double[] values = [.. Enumerable.Range(0, 50).Select(row => output.Row(row)[column])];
            Assert.That(values.Average(), Is.Zero.Within(1e-12));
            Assert.That(values.Average(value => value * value), Is.EqualTo(1).Within(1e-4));
        }
    }

    [Test]
    public void The_statistics_of_the_rows_are_handed_on_as_gradients_of_the_running_ones()
    {
        var layer = new BatchNormalization<double>(1);
        _ = new ParameterBuffer<double>(layer.Parameters);
        layer.Initialize();
        var input = new Tensor<double>(4, 1);
        ((double[])[1, 2, 3, 6]).CopyTo(input.Values);
        layer.Forward(input, ForwardPass.Training(1, 0, new int[4]));
        Assert.That(layer.Parameters[2].Gradient[0], Is.EqualTo(3).Within(1e-15));
        Assert.That(layer.Parameters[3].Gradient[0], Is.EqualTo(14.0 / 3).Within(1e-14));
    }

    [Test]
    public void A_shard_without_rows_leaves_the_running_statistics_as_they_are()
    {
        var layer = new BatchNormalization<double>(1);
        var buffer = new ParameterBuffer<double>(layer.Parameters);
        layer.Initialize();
        ((double[])[2, 0.5, 3, 4]).CopyTo(buffer.Values);
        Tensor<double> output = layer.Forward(new Tensor<double>(0, 1), ForwardPass.Training(1, 0, new int[4]));
        Assert.That(layer.Backward(output).Rows, Is.Zero);
        Assert.That(buffer.Gradient.ToArray(), Is.EqualTo(new[] { 0.0, 0, 3, 4 }));
    }

    [Test]
    public void A_new_layer_predicts_what_it_is_given()
    {
        var layer = new BatchNormalization<double>(2);
        _ = new ParameterBuffer<double>(layer.Parameters);
        layer.Initialize();
        Tensor<double> input = GradientCheck.Draw(4, 2, 2);
        Assert.That(layer.Forward(input, ForwardPass.Prediction).Values.ToArray(), Is.EqualTo(input.Values.ToArray()).Within(1e-4));
    }
}
