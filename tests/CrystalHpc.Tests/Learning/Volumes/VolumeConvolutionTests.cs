using System.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Tests.Learning.Volumes;

/// <summary>The direct convolution against its formula, its adjoint and differences.</summary>
public sealed class VolumeConvolutionTests
{
    [Test]
    public void Outputs_and_gradients_of_inputs_have_the_bits_of_the_formula(
        [Values] VolumePadding padding, [Values(4, 8, 12)] int size, [Values(3, 16, 20)] int inputs, [Values(1, 16, 33)] int outputs) =>
        Compare<float>(padding, size, inputs, outputs);

    [Test]
    public void So_it_is_in_double([Values] VolumePadding padding, [Values(4, 8)] int size) => Compare<double>(padding, size, 10, 17);

    [Test]
    public void Gradients_of_weights_agree_with_the_formula([Values] VolumePadding padding, [Values(4, 8)] int size)
    {
        Volume<double> input = VolumeChecks.Draw<double>(2, 11, size, 1), gradient = VolumeChecks.Draw<double>(2, 9, size, 2);
        var layer = new VolumeConvolution<double>(11, 9, padding);
        ParameterBuffer<double> buffer = VolumeChecks.Prepare(layer.Parameters);
        layer.Forward(input, ForwardPass.Prediction);
        layer.Backward(gradient);
        var plain = new double[layer.Parameters[0].Length];
        PlainConvolution.AddWeightGradient(input, gradient, padding, plain);
        Assert.That(buffer.Gradient[..plain.Length].ToArray(), Is.EqualTo(plain).Within(1e-11));
    }

    [Test]
    public void Forward_and_backward_are_adjoint([Values] VolumePadding padding, [Values(3, 4, 16)] int size)
    {
        Volume<double> input = VolumeChecks.Draw<double>(1, 5, size, 3), other = VolumeChecks.Draw<double>(1, 12, size, 4);
        var layer = new VolumeConvolution<double>(5, 12, padding);
        VolumeChecks.Prepare(layer.Parameters);
        layer.Parameters[1].Values.Clear();
        double forward = VolumeChecks.Dot(layer.Forward(input, ForwardPass.Prediction).Values, other.Values);
        double backward = VolumeChecks.Dot(layer.Backward(other).Values, input.Values);
        Assert.That(backward, Is.EqualTo(forward).Within(1e-9));
    }

    [Test]
    public void Gradients_agree_with_differences([Values] VolumePadding padding, [Values(3, 4)] int size) => VolumeChecks.RequireGradients(
        new VolumeConvolution<double>(3, 2, padding), VolumeChecks.Draw<double>(2, 3, size, 5), ForwardPass.Prediction);

    [Test]
    public void A_cyclic_shift_of_a_periodic_input_shifts_the_output()
    {
        const int Size = 8;
        Volume<float> input = VolumeChecks.Draw<float>(1, 1, Size, 6), shifted = new(1, 1, Size);
        var layer = new VolumeConvolution<float>(1, 1, VolumePadding.Periodic);
        VolumeChecks.Prepare(layer.Parameters);
        float[] x = new float[input.Voxels], y = new float[input.Voxels], z = new float[input.Voxels];
        input.GetChannel(0, 0, x);
        layer.Forward(input, ForwardPass.Prediction).GetChannel(0, 0, y);
        shifted.SetChannel(0, 0, [.. Enumerable.Range(0, x.Length).Select(voxel => x[Next(voxel)])]);
        layer.Forward(shifted, ForwardPass.Prediction).GetChannel(0, 0, z);
        Assert.That(z, Is.EqualTo(Enumerable.Range(0, x.Length).Select(voxel => y[Next(voxel)])));

        static int Next(int voxel) => voxel / Size * Size + (voxel + 1) % Size;
    }

    private static void Compare<T>(VolumePadding padding, int size, int inputs, int outputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Volume<T> input = VolumeChecks.Draw<T>(1, inputs, size, 1), gradient = VolumeChecks.Draw<T>(1, outputs, size, 2);
        var layer = new VolumeConvolution<T>(inputs, outputs, padding);
        VolumeChecks.Prepare(layer.Parameters);
        Volume<T> plain = new(1, outputs, size), plainGradient = new(1, inputs, size);
        for (int channel = 0; channel < outputs; channel++)
            plain.SetChannel(0, channel, [.. Enumerable.Repeat(layer.Parameters[1].Values[channel], plain.Voxels)]);
        PlainConvolution.Add(input, layer.Parameters[0].Values, padding, plain);
        PlainConvolution.AddInputGradient(gradient, layer.Parameters[0].Values, padding, plainGradient);
        Assert.That(layer.Forward(input, ForwardPass.Prediction).Values.SequenceEqual(plain.Values), "output");
        Assert.That(layer.Backward(gradient).Values.SequenceEqual(plainGradient.Values), "gradient of the input");
    }
}
