using CrystalHpc.Learning.Layers;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;
using CrystalHpc.Properties.Training;

namespace CrystalHpc.Tests.Properties;

/// <summary>The gradient of the whole network against differences with two step sizes, in double.</summary>
public sealed class NetworkGradientTests
{
    private const double Step = 2e-4, Tolerance = 1e-7, Rounding = 1e-9;

    // Values of each tensor that are compared, those with the largest gradients among them.
    private const int Compared = 24;

    private static ForwardPass Training => ForwardPass.Training(3, 1, new[] { 0, 1, 2, 3, 4 });

    [Test]
    public void Gradients_of_a_training_pass() => Check(SmallCrystals.Task<double>(), Training);

    [Test]
    public void Gradients_of_a_prediction_pass() => Check(SmallCrystals.Task<double>(), ForwardPass.Prediction);

    [Test]
    public void Gradients_with_angles_and_shared_places() => Check(SmallCrystals.FullTask(), Training);

    [Test]
    public void Gradients_of_formulas_and_of_a_question()
    {
        CrystalGraph[] formulas = [.. "SrTiO3 NaCl Fe2O3 KAlSi3O8 Cu".Split(' ').Select(text => Crystal.Of(text, text, out _)!.Formula!)];
        var network = new CrystalNetwork<double>(SmallCrystals.Shape with { Features = formulas[0].Features.Length });
        var task = new PropertyTask<double>(network, formulas, [0.3, 1, -0.5, 0, 1.1, double.NaN, double.NaN, 1, 0.9, 0], [false, true]);
        Check(task, ForwardPass.Training(3, 1, new[] { 0, 1, 2, 3, 4 }));
    }

    [Test]
    public void A_training_batch_without_any_bond_has_finite_gradients_and_statistics([Values] bool hasAngles)
    {
        GraphOptions graphs = GraphOptions.Default with { Angles = hasAngles };
        CrystalGraph lonely =
            GraphBuilder.TryCreate(SmallCrystals.Of(SmallCrystals.Cubic(30), ("Ar", 0, 0, 0), ("Ne", 0.5, 0.5, 0.5)), graphs, out _)!;
        var task = new PropertyTask<double>(
            new CrystalNetwork<double>(SmallCrystals.Shape with { Graphs = graphs }), [lonely, lonely], [0.3, 1, -0.5, 0]);
        var buffer = new ParameterBuffer<double>(task.Parameters);
        task.Initialize(4);
        double loss = task.AddGradient([0, 1], ForwardPass.Training(3, 1, new[] { 0, 1 }));
        Assert.That(lonely.Bonds.Count, Is.Zero);
        Assert.That(buffer.Gradient.ToArray().Append(loss), Is.All.Matches<double>(double.IsFinite));
    }

    private static void Check(PropertyTask<double> task, ForwardPass pass)
    {
        var buffer = new ParameterBuffer<double>(task.Parameters);
        SmallCrystals.Draw(task.Parameters, task.Initialize);
        buffer.Gradient.Clear();
        task.AddGradient([0, 1, 2, 3, 4], pass);
        double[] gradient = buffer.Gradient.ToArray();
        int offset = 0;
        foreach (Parameter<double> parameter in buffer.Parameters)
        {
            double[] own = gradient[offset..(offset += parameter.Length)];
            if (parameter.Kind == ParameterKind.Statistic)
                continue;
            (double difference, double size) = (0, 0);
            foreach (int place in Enumerable.Range(0, own.Length).OrderByDescending(i => Math.Abs(own[i])).Take(Compared))
            {
                double slope = (4 * Central(parameter, place, Step) - Central(parameter, place, 2 * Step)) / 3;
                (difference, size) = (difference + (slope - own[place]) * (slope - own[place]), size + slope * slope);
            }

            // What a normalization takes away again, such as the shift of features, has no gradient, and differences have rounding alone.
            if (Math.Sqrt(size) > Rounding || own.Any(value => Math.Abs(value) > Rounding))
                Assert.That(Math.Sqrt(difference / size), Is.LessThan(Tolerance), parameter.Name);
        }

        double Central(Parameter<double> parameter, int place, double step)
        {
            double kept = parameter.Values[place];
            parameter.Values[place] = kept + step;
            double above = task.AddGradient([0, 1, 2, 3, 4], pass);
            parameter.Values[place] = kept - step;
            double below = task.AddGradient([0, 1, 2, 3, 4], pass);
            parameter.Values[place] = kept;
            return (above - below) / (2 * step);
        }
    }
}
