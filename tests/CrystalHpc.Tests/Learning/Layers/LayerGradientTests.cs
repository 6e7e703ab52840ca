using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning.Layers;

/// <summary>Hand-written backward passes against differences.</summary>
public sealed class LayerGradientTests
{
    private static readonly ForwardPass Training = ForwardPass.Training(3, 2, Enumerable.Range(100, 6).ToArray());

    [Test]
    public void Dense_layers() => GradientCheck.Assert(new Dense<double>(5, 7), GradientCheck.Draw(6, 5, 1), Training);

    [Test]
    public void Dense_layers_without_bias()
        => GradientCheck.Assert(new Dense<double>(5, 7, hasBias: false), GradientCheck.Draw(6, 5, 1), Training);

    [Test]
    public void A_first_layer_has_the_same_gradient_and_none_of_its_input()
    {
        double[] Gradient(bool isFirst, out double ofInput)
        {
            var layer = new Dense<double>(5, 7, isFirst: isFirst);
            ParameterBuffer<double> buffer = GradientCheck.Prepare(layer);
            layer.Forward(GradientCheck.Draw(6, 5, 1), Training);
            ofInput = layer.Backward(GradientCheck.Draw(6, 7, 2)).Values.ToArray().Max(Math.Abs);
            return buffer.Gradient.ToArray();
        }

        Assert.That(Gradient(true, out double first), Is.EqualTo(Gradient(false, out double other)));
        Assert.That((first, other > 0), Is.EqualTo((0.0, true)));
    }

    [Test]
    public void Activations([Values] ActivationKind kind)
        => GradientCheck.Assert(new Activation<double>(kind), GradientCheck.Draw(6, 5, 2), Training);

    [Test]
    public void Batch_normalization_of_the_rows_at_hand() =>
        GradientCheck.Assert(new BatchNormalization<double>(5), GradientCheck.Draw(6, 5, 3), Training);

    [Test]
    public void Batch_normalization_by_running_statistics() =>
        GradientCheck.Assert(new BatchNormalization<double>(5), GradientCheck.Draw(6, 5, 3), ForwardPass.Prediction);

    [Test]
    public void Dropout_with_the_same_draws() => GradientCheck.Assert(new Dropout<double>(0.3, 1), GradientCheck.Draw(6, 20, 4), Training);

    [Test]
    public void A_residual_network() => GradientCheck.Assert(
        new Sequence<double>([
            new Dense<double>(5, 8, name: "0."), new Activation<double>(ActivationKind.Tanh),
            new Residual<double>(new Sequence<double>([
                new Dense<double>(8, 8, hasBias: false, "1."), new BatchNormalization<double>(8, "1."),
                new Activation<double>(ActivationKind.Softplus),
                new Dropout<double>(0.2, 2)])),
            new Dense<double>(8, 3, name: "2.")]),
        GradientCheck.Draw(6, 5, 5), Training);
}
