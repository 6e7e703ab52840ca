using System.Numerics;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Tests.Learning.Volumes;

/// <summary>Volumes drawn for tests, and gradients of layers against central differences in double.</summary>
internal static class VolumeChecks
{
    private const double Step = 1e-3;

    /// <summary>Normal numbers in all channels, zeros in lanes without one.</summary>
    public static Volume<T> Draw<T>(int samples, int channels, int size, ulong item) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new CounterRandom(21, item);
        var volume = new Volume<T>(samples, channels, size);
        var values = new T[volume.Voxels];
        for (int sample = 0; sample < samples; sample++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                foreach (ref T value in values.AsSpan())
                    value = T.CreateChecked(random.NextNormal());
                volume.SetChannel(sample, channel, values);
            }
        }

        return volume;
    }

    /// <summary>Lays out a layer and draws its parameters; variances become positive.</summary>
    public static ParameterBuffer<T> Prepare<T>(IReadOnlyList<Parameter<T>> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var buffer = new ParameterBuffer<T>(parameters);
        var random = new CounterRandom(22, 0);
        foreach (Parameter<T> parameter in parameters)
        {
            foreach (ref T value in parameter.Values)
                value = T.CreateChecked(parameter.Kind == ParameterKind.Statistic ? 0.5 + random.NextUniform() : 0.3 * random.NextNormal());
        }

        return buffer;
    }

    /// <summary>
    /// Compares the gradients of a random linear function of the output with differences, for the input and every parameter.
    /// </summary>
    public static void RequireGradients(IVolumeLayer<double> layer, Volume<double> input, ForwardPass pass)
    {
        ParameterBuffer<double> buffer = Prepare(layer.Parameters);
        double[] start = input.Values.ToArray();
        Volume<double> shape = layer.Forward(input, pass);
        Volume<double> weights = Draw<double>(shape.Samples, shape.Channels, shape.Size, 99);
        double[] kept = weights.Values.ToArray();
        double Loss()
        {
            var copy = new Volume<double>();
            copy.CopyFrom(input);
            return Dot(layer.Forward(copy, pass).Values, kept);
        }

        start.CopyTo(input.Values);
        var given = new Volume<double>();
        given.CopyFrom(input);
        buffer.Gradient.Clear();
        layer.Forward(given, pass);
        double[] ofInput = layer.Backward(weights).Values.ToArray(), ofParameters = buffer.Gradient.ToArray();
        RequireSlopes(ofInput, input.Values.Length, i => input.Values[i], (i, value) => input.Values[i] = value, Loss, "input");
        int offset = 0;
        foreach (Parameter<double> parameter in layer.Parameters)
        {
            double[] analytic = ofParameters[offset..(offset += parameter.Length)];
            if (parameter.Kind != ParameterKind.Statistic)
                RequireSlopes(analytic, parameter.Length, i => parameter.Values[i], (i, value) => parameter.Values[i] = value, Loss,
                    parameter.Name);
        }
    }

    /// <summary>Compares slopes of a loss with central differences of two steps, at some sixty places.</summary>
    public static void RequireSlopes(
        double[] analytic, int count, Func<int, double> get, Action<int, double> set, Func<double> loss, string name,
        double tolerance = 1e-7)
    {
        double difference = 0, size = 0;
        for (int i = 0; i < count; i += 1 + count / 60)
        {
            double kept = get(i);
            double At(double step)
            {
                set(i, kept + step);
                double above = loss();
                set(i, kept - step);
                double below = loss();
                set(i, kept);
                return (above - below) / (2 * step);
            }

            double slope = (4 * At(Step) - At(2 * Step)) / 3;
            (difference, size) = (difference + (slope - analytic[i]) * (slope - analytic[i]), size + slope * slope);
        }

        Assert.That(Math.Sqrt(difference), Is.LessThan(tolerance * Math.Max(Math.Sqrt(size), 1e-6)), name);
    }

    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
