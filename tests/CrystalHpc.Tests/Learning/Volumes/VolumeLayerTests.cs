using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Losses;
using CrystalHpc.Learning.Tensors;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Tests.Learning.Volumes;

/// <summary>Layers over volumes beside the convolution.</summary>
public sealed class VolumeLayerTests
{
    private static readonly ForwardPass Training = ForwardPass.Training(1, 0, new[] { 0, 1 });

    private static readonly Dictionary<string, Func<IVolumeLayer<double>>> Layers = new()
    {
        ["normalization"] = () => new VolumeNormalization<double>(10),
        ["rectifier"] = () => new VolumeRectifier<double>(),
        ["leaky rectifier"] = () => new VolumeRectifier<double>(0.2),
        ["pooling"] = () => new MaxPooling<double>(),
        ["upsampling"] = () => new Upsampling<double>(),
        ["all"] = () => new VolumeSequence<double>(
        [
            new VolumeConvolution<double>(10, 9, VolumePadding.Periodic, "0."), new VolumeRectifier<double>(),
            new VolumeNormalization<double>(9, "0."),
            new MaxPooling<double>(), new Upsampling<double>(), new VolumeConvolution<double>(9, 3, VolumePadding.Periodic, "1."),
        ]),
    };

    private static readonly string[] Names = [.. Layers.Keys];

    [Test]
    public void Gradients_agree_with_differences([ValueSource(nameof(Names))] string name) =>
        VolumeChecks.RequireGradients(Layers[name](), VolumeChecks.Draw<double>(2, 10, 4, 1), Training);

    [Test]
    public void Gradients_of_a_normalization_that_predicts_agree_with_differences() =>
        VolumeChecks.RequireGradients(new VolumeNormalization<double>(10), VolumeChecks.Draw<double>(2, 10, 4, 1), ForwardPass.Prediction);

    [Test]
    public void Normalized_channels_have_mean_0_and_variance_1_and_empty_lanes_stay_empty()
    {
        var layer = new VolumeNormalization<float>(5);
        _ = new ParameterBuffer<float>(layer.Parameters);
        layer.Initialize();
        Volume<float> input = VolumeChecks.Draw<float>(3, 5, 8, 2);
        Volume<float> output = layer.Forward(input, Training);
        float[] values = new float[3 * output.Voxels];
        for (int sample = 0; sample < 3; sample++)
            output.GetChannel(sample, 4, values.AsSpan(sample * output.Voxels, output.Voxels));
        Assert.That(values.Average(), Is.EqualTo(0).Within(1e-5));
        Assert.That(values.Average(value => value * value), Is.EqualTo(1).Within(1e-3));
        output.GetChannel(0, 5, values.AsSpan(0, output.Voxels));
        Assert.That(values.Take(output.Voxels), Is.All.Zero);
    }

    [Test]
    public void The_first_of_equal_largest_voxels_has_the_gradient()
    {
        var layer = new MaxPooling<float>();
        Volume<float> input = new(1, 1, 2), gradient = new(1, 1, 1);
        gradient.SetChannel(0, 0, [3f]);
        layer.Forward(input, ForwardPass.Prediction);
        float[] values = new float[8];
        layer.Backward(gradient).GetChannel(0, 0, values);
        Assert.That(values, Is.EqualTo(new float[] { 3, 0, 0, 0, 0, 0, 0, 0 }));
    }

    [Test]
    public void A_concatenation_is_undone_by_its_backward_pass()
    {
        Volume<double> first = VolumeChecks.Draw<double>(2, 8, 4, 1), second = VolumeChecks.Draw<double>(2, 3, 4, 2);
        var join = new Concatenation<double>();
        (Volume<double> a, Volume<double> b) = join.Backward(join.Forward(first, second));
        Assert.That(a.Values.SequenceEqual(first.Values) && b.Values.SequenceEqual(second.Values));
        Assert.That(() => join.Forward(second, first), Throws.ArgumentException);
    }

    [Test]
    public void Rows_are_gathered_from_voxels_and_added_back()
    {
        Volume<double> volume = VolumeChecks.Draw<double>(2, 10, 2, 1), sum = new(2, 10, 2);
        int[] voxels = [3, 9, 15];
        var rows = new Tensor<double>();
        VoxelRows.Gather(volume, voxels, rows);
        VoxelRows.AddTo(rows, voxels, sum);
        double[] expected = new double[8], channel = new double[8];
        volume.GetChannel(1, 9, channel);
        (expected[1], expected[7]) = (channel[1], channel[7]);
        sum.GetChannel(1, 9, channel);
        Assert.That(channel, Is.EqualTo(expected));
    }

    [Test]
    public void The_cross_entropy_of_yes_and_no_is_that_of_its_formula_and_its_gradient_the_slope()
    {
        double[] logits = [-40, -1, 0, 2, 40], targets = [0, 1, 0.5, 0, 1], gradient = new double[5];
        double loss = SigmoidCrossEntropy.Evaluate<double>(logits, targets, 1, gradient);
        double formula = Math.Log(1 + Math.E) + Math.Log(2) + Math.Log(1 + Math.Exp(2));
        Assert.That(loss, Is.EqualTo(formula).Within(1e-12));
        VolumeChecks.RequireSlopes(
            gradient, 5, i => logits[i], (i, value)
            => logits[i] = value, () => SigmoidCrossEntropy.Evaluate<double>(logits, targets, 1, new double[5]), "logits", 1e-7);
    }
}
