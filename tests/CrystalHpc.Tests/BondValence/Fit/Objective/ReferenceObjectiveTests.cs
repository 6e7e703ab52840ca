using CrystalHpc.BondValence.Fit;

namespace CrystalHpc.Tests.BondValence.Fit.Objective;

/// <summary>The vectorized function of the fit against the plain one, on whole problems: gate, design effects and all priors.</summary>
public sealed class ReferenceObjectiveTests
{
    private const double RelativeTolerance = 1e-12;

    [Test]
    public void The_vectorized_function_is_the_plain_one([Values] BondLaw law, [Values] Loss loss, [Values] Softness softness,
        [Values] bool hasPrior)
    {
        FitProblem problem = Problem(FitOptions.Default with
        {
            Law = law,
            Loss = loss,
            Softness = softness,
            SoftnessPriorWidth = hasPrior ? 0.1 : null,
            RadiusPrior = true,
            EnvironmentCorrelation = 0.05,
        });
        Assert.That(problem.Priors.OffsetPrecisions, Has.Some.Positive, "the problem has sparse keys");
        var random = new Random(5);
        for (int trial = 0; trial < 3; trial++)
        {
            double[] point = [.. problem.Start.Select(value => value + 0.1 * trial * (random.NextDouble() - 0.5))];
            problem.Tying.Expand(problem.Tying.Reduce(point), point);
            double[] expected = new double[point.Length], found = new double[point.Length];
            double value = new ReferenceObjective(problem).Evaluate(point, expected);
            Assert.That(problem.Objective.Evaluate(point, found), Is.EqualTo(value).Within(RelativeTolerance * value));
            Assert.That(problem.Objective.Cuts, Is.Zero);
            Assert.That(found, Is.EqualTo(expected).Within(RelativeTolerance * expected.Max(Math.Abs)));
        }
    }

    [Test]
    public void Equations_that_the_gate_left_out_count_in_both_only_when_they_get_a_weight()
    {
        FitProblem problem = Problem(FitOptions.Default);
        Assert.That(problem.Gated.Sum(rows => rows.Count(isOut => isOut)), Is.Positive);
        double[] point = [.. problem.Start], gradient = new double[point.Length];
        double without = new ReferenceObjective(problem).Evaluate(point, gradient);
        Assert.That(problem.Objective.Evaluate(point, gradient), Is.EqualTo(without).Within(RelativeTolerance * without));
        for (int shard = 0; shard < problem.Shards.Length; shard++)
        {
            foreach (int row in Enumerable.Range(0, problem.Gated[shard].Length).Where(row => problem.Gated[shard][row]))
                problem.Shards[shard].Weights[problem.Shards[shard].SlotOfRow[row]] = 1;
        }

        double with = new ReferenceObjective(problem).Evaluate(point, gradient);
        Assert.That(with, Is.GreaterThan(1.1 * without), "what the gate leaves out is grossly wrong");
        Assert.That(problem.Objective.Evaluate(point, gradient), Is.EqualTo(with).Within(RelativeTolerance * with));
    }

    private static FitProblem Problem(FitOptions options)
    {
        SyntheticEquations data = new(seed: 3, cationCount: 3, equationCount: 90, dirtFraction: 0.2, grossFraction: 0.05);
        return new FitProblem(options, data.Keys, data.Shards(3), static _ => { });
    }
}
