using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning;

/// <summary>Gradients of layers against central differences with two step sizes (Richardson's extrapolation), in double.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-3, Tolerance = 1e-7;

    /// <summary>Numbers drawn for a test.</summary>
    public static Tensor<double> Draw(int rows, int columns, ulong item)
    {
        var random = new CounterRandom(11, item);
        var tensor = new Tensor<double>(rows, columns);
        foreach (ref double value in tensor.Values)
            value = random.NextNormal();
        return tensor;
    }

    /// <summary>Lays out a network and draws all its parameters; variances become positive.</summary>
    public static ParameterBuffer<double> Prepare(ILayer<double> layer)
    {
        var buffer = new ParameterBuffer<double>(layer.Parameters);
        var random = new CounterRandom(12, 0);
        foreach (Parameter<double> parameter in layer.Parameters)
        {
            foreach (ref double value in parameter.Values)
                value = parameter.Kind == ParameterKind.Statistic ? 0.5 + random.NextUniform() : 0.7 * random.NextNormal();
        }

        return buffer;
    }

    /// <summary>
    /// Compares the gradients of a random linear function of the output with respect to the input and to every parameter.
    /// </summary>
    public static void Assert(ILayer<double> layer, Tensor<double> input, ForwardPass pass)
    {
        ParameterBuffer<double> buffer = Prepare(layer);
        Tensor<double> weights = Draw(input.Rows, layer.Forward(input, pass).Columns, 99);
        double Loss() => Dot(layer.Forward(input, pass).Values, weights.Values);

        buffer.Gradient.Clear();
        layer.Forward(input, pass);
        double[] ofInput = layer.Backward(weights).Values.ToArray();
        double[] ofParameters = buffer.Gradient.ToArray();
        NUnit.Framework.Assert.That(Deviation(ofInput, Differences(input.Values.Length, i => ref input.Values[i], Loss)),
            Is.LessThan(Tolerance), "input");
        int offset = 0;
        foreach (Parameter<double> parameter in layer.Parameters)
        {
            double[] analytic = ofParameters[offset..(offset += parameter.Length)];
            if (parameter.Kind == ParameterKind.Statistic)
                continue;
            NUnit.Framework.Assert.That(
                Deviation(analytic, Differences(parameter.Length, i => ref parameter.Values[i], Loss)), Is.LessThan(Tolerance),
                parameter.Name);
        }
    }

    private delegate ref double Place(int index);

    private static double[] Differences(int count, Place place, Func<double> loss)
    {
        var slopes = new double[count];
        for (int i = 0; i < count; i++)
        {
            double wide = Central(i, 2 * Step), narrow = Central(i, Step);
            slopes[i] = (4 * narrow - wide) / 3;
        }

        return slopes;

        double Central(int index, double step)
        {
            double kept = place(index);
            place(index) = kept + step;
            double above = loss();
            place(index) = kept - step;
            double below = loss();
            place(index) = kept;
            return (above - below) / (2 * step);
        }
    }

    private static double Deviation(double[] analytic, double[] numeric)
    {
        double difference = Math.Sqrt(analytic.Zip(numeric).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second)));
        double size = Math.Sqrt(numeric.Sum(value => value * value));
        return size < 1e-12 ? difference : difference / size;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
