using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Learning.Training;

/// <summary>Training with all samples at once.</summary>
public sealed class FullBatchObjectiveTests
{
    private static readonly double[][] Inputs = [.. Enumerable.Range(0, 60).Select(i => new[] { -3 + 0.1 * i })];
    private static readonly double[] Heights = [.. Inputs.Select(x => PortableMath.Exp(-4 * x[0] * x[0]))];
    private static readonly TrainingOptions Options = TrainingOptions.Default with { Batch = 16, Shard = 4, WeightDecay = 1e-3 };

    [Test]
    public void The_gradient_is_that_of_the_value()
    {
        FullBatchObjective objective = New(new SerialCommunicator(), Options);
        double[] point = objective.Parameters.Values.ToArray(), gradient = new double[point.Length], ignored = new double[point.Length];
        objective.Evaluate(point, gradient);
        for (int i = 0; i < point.Length; i++)
        {
            double At(double shift)
            {
                double[] moved = [.. point];
                moved[i] += shift;
                return objective.Evaluate(moved, ignored);
            }

            Assert.That(gradient[i], Is.EqualTo((At(1e-4) - At(-1e-4)) / 2e-4).Within(1e-7));
        }
    }

    [Test]
    public void Both_optimizers_fit_a_peak([Values] bool isConjugate)
    {
        FullBatchObjective objective = New(new SerialCommunicator(), Options with { WeightDecay = 0 });
        double[] start = objective.Parameters.Values.ToArray(), curvature = [.. start.Select(_ => 1.0)];
        var options = new LbfgsOptions(History: 10, MaxIterations: 2000, GradientTolerance: 1e-6, RelativeChangeTolerance: 0);
        LbfgsResult result = isConjugate
            ? NonlinearConjugateGradient.Minimize(objective, start, options)
            : BoundedLbfgs.Minimize(objective, start, Bounds.None(start.Length), curvature, options);
        Assert.That(Math.Sqrt(result.Value), Is.LessThan(0.01), "root mean square deviation");
    }

    [Test]
    public void Ranks_and_threads_change_no_byte()
    {
        double[] Gradient(int ranks, int threads)
        {
            double[][] gradients = new double[ranks][];
            ThreadCommunicator.Run(ranks, world =>
            {
                FullBatchObjective objective = New(world, Options, threads);
                gradients[world.Rank] = new double[objective.ParameterCount];
                objective.Evaluate(objective.Parameters.Values.ToArray(), gradients[world.Rank]);
            });
            Assert.That(gradients, Is.All.EqualTo(gradients[0]));
            return gradients[0];
        }

        double[] alone = Gradient(1, 1);
        Assert.That(Gradient(2, 1), Is.EqualTo(alone));
        Assert.That(Gradient(4, 1), Is.EqualTo(alone));
        Assert.That(Gradient(1, 3), Is.EqualTo(alone));
    }

    private static FullBatchObjective New(ICommunicator world, TrainingOptions options, int threads = 1) =>
        new(() => TableTask<double>.Of(Inputs, Heights, 10), Enumerable.Range(0, Inputs.Length).ToArray(), options, world, threads);
}
