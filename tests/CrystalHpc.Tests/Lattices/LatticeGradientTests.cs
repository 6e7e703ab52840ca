using CrystalHpc.Core.Numerics;
using CrystalHpc.Lattices.Data;
using CrystalHpc.Lattices.Model;
using CrystalHpc.Lattices.Training;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Neighbors;
using CrystalHpc.Learning.Layers;
using CrystalHpc.Tests.Learning.Formulas;

namespace CrystalHpc.Tests.Lattices;

/// <summary>The gradient of the whole network with its memory against differences with two step sizes, in double.</summary>
public sealed class LatticeGradientTests
{
    private const double Step = 2e-4, Tolerance = 1e-7;

    // Values of each tensor that are compared, those with the largest gradients among them.
    private const int Compared = 24;

    [Test]
    public void Gradients_of_a_training_pass() => Check(numbers => ForwardPass.Training(3, 1, numbers));

    [Test]
    public void Gradients_of_a_prediction_pass() => Check(_ => ForwardPass.Prediction);

    private static void Check(Func<int[], ForwardPass> passOf)
    {
        KnownFormulas known = SmallMemory.Create();
        int[] numbers = [0, 3, 5, 6, 8, 11, 12];
        ForwardPass pass = passOf(numbers);
        LatticeTask<double> task = SmallMemory.CreateTask<double>(known);
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize(4);
        var random = new CounterRandom(9, 0);
        foreach (Parameter<double> parameter in buffer.Parameters)
        {
            foreach (ref double value in parameter.Values)
                value += parameter.Kind == ParameterKind.Statistic ? 0.3 * random.NextUniform() : 0.05 * random.NextNormal();
        }

        buffer.Gradient.Clear();
        task.AddGradient(numbers, pass);
        double[] gradient = buffer.Gradient.ToArray();
        int offset = 0;
        foreach (Parameter<double> parameter in buffer.Parameters)
        {
            double[] own = gradient[offset..(offset += parameter.Length)];
            if (parameter.Kind == ParameterKind.Statistic)
                continue;
            int[] places = [.. Enumerable.Range(0, own.Length).OrderByDescending(i => Math.Abs(own[i])).Take(Compared)];
            (double difference, double size) = (0, 0);
            foreach (int place in places)
            {
                double slope = (4 * Central(parameter, place, Step) - Central(parameter, place, 2 * Step)) / 3;
                (difference, size) = (difference + (slope - own[place]) * (slope - own[place]), size + slope * slope);
            }

            Assert.That(Math.Sqrt(difference / size), Is.LessThan(Tolerance), parameter.Name);
        }

        double Central(Parameter<double> parameter, int place, double step)
        {
            double kept = parameter.Values[place];
            parameter.Values[place] = kept + step;
            double above = task.AddGradient(numbers, pass);
            parameter.Values[place] = kept - step;
            double below = task.AddGradient(numbers, pass);
            parameter.Values[place] = kept;
            return (above - below) / (2 * step);
        }
    }
}
