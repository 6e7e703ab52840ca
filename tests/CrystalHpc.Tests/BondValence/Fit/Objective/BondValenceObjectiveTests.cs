using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace CrystalHpc.Tests.BondValence.Fit.Objective;

/// <summary>The function of the fit: value, gradient and Gauss-Newton Hessian against definitions and differences.</summary>
public class BondValenceObjectiveTests
{
    private static readonly GlobalSum Alone = static _ => { };

    private sealed record Problem(
        FitOptions Options, SyntheticEquations Data, FitShard[] Shards, SoftnessTying Tying, FitPriors Priors,
        BondValenceObjective Objective,
        double[] MeanLengths, double[] Point);

    private static Problem Random(int seed, FitOptions? choice = null)
    {
        FitOptions options = choice ?? PlainFit.Options;
        bool isExponential = options.Loss == Loss.ExponentialAbsolute;
        SyntheticEquations data = new(seed, cationCount: 3, equationCount: 60, dirtFraction: 0.3, grossFraction: isExponential ? 0 : 0.1);
        FitShard[] shards = [.. data.Shards(3).Select(table => new FitShard(table))];
        Random random = new(seed);

        // The exponential loss overflows, as it must, for wild valence sums; shorter mean lengths keep them tame.
        double[] lengths = [.. data.Keys.Select(_ => (isExponential ? 1 : 2) + random.NextDouble())];
        foreach (FitShard shard in shards)
        {
            shard.SetFeatures(BondLaws.Of(options.Law), lengths);
            shard.Weights[shard.SlotOfRow[0]] = 0;
            shard.Weights[shard.SlotOfRow[1]] = 0.25;
        }

        SoftnessTying tying = new(options, data.Keys);
        FitPriors priors = new(options, tying);
        for (int key = 0; key < data.Keys.Count; key += 2)
            (priors.OffsetMeans[key], priors.OffsetPrecisions[key]) = (random.NextDouble() - 1, 20 * random.NextDouble());
        double[] point = [.. Enumerable.Range(0, 2 * data.Keys.Count)
            .Select(i => i % 2 == 0 ? -0.7 + 0.8 * (random.NextDouble() - 0.5) : Math.Log(0.3 + 0.15 * random.NextDouble()))];
        tying.Expand(tying.Reduce(point), point);
        return new Problem(options, data, shards, tying, priors, new BondValenceObjective(options, data.Keys.Count, shards, priors, 17.5,
            Alone), lengths, point);
    }

    // The function as the method page writes it, from the equations themselves, in one loop without any of the machinery.
    private static double ByDefinition(Problem problem)
    {
        (FitOptions options, double[] point) = (problem.Options, problem.Point);
        double d = options.HuberDeltaValence / options.SigmaValence, sum = 0;
        foreach (FitShard shard in problem.Shards)
        {
            for (int row = 0; row < shard.Table.EquationCount; row++)
            {
                double valence = 0;
                for (int bond = shard.Table.BondOffsets[row]; bond < shard.Table.BondOffsets[row + 1]; bond++)
                {
                    int key = shard.Table.KeyIndices[bond];
                    (double r0, double softness) = BondLaws.Of(options.Law).ToPublished(problem.MeanLengths[key], point[2 * key],
                        point[2 * key + 1]);
                    valence += BondLaws.Of(options.Law).Valence(shard.Table.DistancesAngstrom[bond], r0, softness);
                }

                double z = (valence - shard.Table.Valences[row]) / options.SigmaValence;
                sum += shard.Weights[shard.SlotOfRow[row]] * d * d * (Math.Sqrt(1 + Math.Pow(z / d, 2)) - 1);
            }
        }

        for (int key = 0; key < point.Length / 2; key++)
            sum += 0.5 * problem.Priors.OffsetPrecisions[key] * Math.Pow(point[2 * key] - problem.Priors.OffsetMeans[key], 2);

        // One prior for each different ln B.
        foreach (double g in problem.Tying.Reduce(point)[(problem.Tying.IsTied ? problem.Tying.KeyCount : 0)..].Where(
            (_, i) => problem.Tying.IsTied || i % 2 == 1))
            sum += Math.Pow(g - Math.Log(options.SoftnessPriorMeanAngstrom), 2) / (2 * Math.Pow(options.SoftnessPriorWidth!.Value, 2));
        return sum / 17.5;
    }

    [Test]
    public void The_value_is_the_one_of_the_definition([Range(1, 3)] int seed, [Values] BondLaw law, [Values] Softness softness)
    {
        Problem problem = Random(seed, PlainFit.Options with { Law = law, Softness = softness });
        double expected = ByDefinition(problem);
        Assert.That(problem.Objective.Evaluate(problem.Point, new double[problem.Point.Length]), Is.EqualTo(expected)
            .Within(1e-10).Percent);
    }

    [Test]
    public void The_gradient_agrees_with_central_differences(
        [Range(1, 2)] int seed, [Values] BondLaw law, [Values] Softness softness, [Values] Loss loss, [Values] bool hasPrior)
    {
        Problem problem = Random(seed, PlainFit.Options with { Law = law, Softness = softness, Loss = loss, SoftnessPriorWidth = hasPrior
            ? 0.1 : null });
        TiedObjective objective = new(problem.Objective, problem.Tying);
        double[] point = problem.Tying.Reduce(problem.Point);
        double[] gradient = new double[point.Length], ignored = new double[point.Length];
        objective.Evaluate(point, gradient);
        double scale = gradient.Max(Math.Abs);

        // The exponential of a valence sum bends more than the others.
        double width = loss == Loss.ExponentialAbsolute ? 5e-5 : 1e-3;
        for (int i = 0; i < point.Length; i++)
        {
            // Two widths, extrapolated (Richardson), so that the difference quotient is good to 1e-8 itself.
            double Difference(double h)
            {
                double[] up = [.. point], down = [.. point];
                up[i] += h;
                down[i] -= h;
                return (objective.Evaluate(up, ignored) - objective.Evaluate(down, ignored)) / (up[i] - down[i]);
            }

            double expected = (4 * Difference(width / 2) - Difference(width)) / 3;
            Assert.That(gradient[i], Is.EqualTo(expected).Within(1e-6 * Math.Max(Math.Abs(expected), 0.01 * scale)), $"parameter {i}");
        }
    }

    [Test]
    public void An_evaluation_allocates_nothing([Values] BondLaw law, [Values] Loss loss)
    {
        Problem problem = Random(1, PlainFit.Options with { Law = law, Loss = loss });
        double[] gradient = new double[problem.Point.Length];
        problem.Objective.Evaluate(problem.Point, gradient);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            problem.Objective.Evaluate(problem.Point, gradient);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void The_Gauss_Newton_Hessian_is_the_one_of_the_differences_of_the_valence_sums([Range(1, 3)] int seed, [Values] BondLaw law)
    {
        Problem problem = Random(seed, PlainFit.Options with { Law = law });
        (FitOptions options, SyntheticEquations data, FitShard[] shards, double[] point) = (
            problem.Options, problem.Data, problem.Shards, problem.Point);
        double d = options.HuberDeltaValence / options.SigmaValence;
        KeyCoefficients coefficients = new(BondLaws.Of(law), data.Keys.Count);
        double[][] Sums(double[] at)
        {
            coefficients.Set(at);
            return [.. shards.Select(shard =>
            {
                coefficients.ComputeValences(shard);
                return shard.SlotOfRow.ToArray().Select(slot => shard.Valences[slot]).ToArray();
            })];
        }

        double[][] sums = Sums(point);
        double[][][] jacobian = [.. Enumerable.Range(0, point.Length).Select(i =>
        {
            double[] up = [.. point], down = [.. point];
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double[][] high = Sums(up), low = Sums(down);
            return high.Select((part, s) => part.Select((v, row) => (v - low[s][row]) / 2e-5).ToArray()).ToArray();
        })];
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(options, data.Keys, shards, point, Alone);
        for (int block = 0; block < blocks.BlockCount; block++)
        {
            int first = 2 * blocks.FirstKey(block);
            for (int i = 0; i < blocks.Size(block); i++)
            {
                for (int j = 0; j < blocks.Size(block); j++)
                {
                    (double hessian, double scores) = (0, 0);
                    for (int s = 0; s < shards.Length; s++)
                    {
                        for (int row = 0; row < sums[s].Length; row++)
                        {
                            double weight = shards[s].Weights[shards[s].SlotOfRow[row]];
                            double z = (sums[s][row] - shards[s].Table.Valences[row]) / options.SigmaValence;
                            double root = Math.Sqrt(1 + Math.Pow(z / d, 2));
                            double product = jacobian[first + i][s][row] * jacobian[first + j][s][row] / Math.Pow(options.SigmaValence, 2);
                            hessian += weight / root * product;
                            scores += Math.Pow(weight * z / root, 2) * product;
                        }
                    }

                    double scale = Math.Sqrt(blocks.Hessian(block, i, i) * blocks.Hessian(block, j, j));
                    Assert.That(blocks.Hessian(block, i, j), Is.EqualTo(hessian).Within(1e-6 * scale));
                    double scoreScale = Math.Sqrt(blocks.Scores(block, i, i) * blocks.Scores(block, j, j));
                    Assert.That(blocks.Scores(block, i, j), Is.EqualTo(scores).Within(1e-6 * scoreScale));
                }
            }
        }
    }

    // The covariances with tied B, found block by block, against the inverse of the whole matrix.
    [Test]
    public void Tied_covariances_are_those_of_the_whole_inverse(
        [Range(1, 3)] int seed, [Values(Softness.Fixed, Softness.Global, Softness.PerAnion)] Softness softness)
    {
        Problem problem = Random(seed, PlainFit.Options with { Softness = softness });
        SoftnessTying tying = problem.Tying;
        Matrix<double> inverse = Whole(problem).Inverse();
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(problem.Options, problem.Data.Keys, problem.Shards, problem.Point, Alone);
        ParameterUncertainty[] found = ParameterUncertainty.ComputeTied(blocks, problem.Priors, tying);
        for (int key = 0; key < found.Length; key++)
        {
            Assert.That(found[key].OffsetVariance, Is.EqualTo(inverse[key, key]).Within(1e-6).Percent);
            int tip = tying.PlaceOf(2 * key + 1);
            Assert.That(found[key].LogSoftnessVariance, Is.EqualTo(tip < 0 ? 0 : inverse[tip, tip]).Within(1e-6).Percent);
            if (tip >= 0)
                Assert.That(found[key].Covariance, Is.EqualTo(inverse[key, tip])
                    .Within(1e-6 * Math.Sqrt(inverse[key, key] * inverse[tip, tip])));
        }
    }

    [Test]
    public void A_damped_step_solves_the_whole_system_of_the_free_parameters([Range(1, 3)] int seed, [Values] Softness softness)
    {
        const double damping = 0.3;
        Problem problem = Random(seed, PlainFit.Options with { Softness = softness });
        Matrix<double> whole = Whole(problem);
        int size = whole.RowCount;
        bool[] isFree = [.. Enumerable.Range(0, size).Select(i => i % 3 != 1)];
        double[] right = [.. Enumerable.Range(0, size).Select(i => isFree[i] ? Math.Sin(i) : 0)];
        Matrix<double> damped = whole.MapIndexed((i, j, value) => isFree[i] && isFree[j] ? value * (i == j ? 1 + damping : 1) : i == j ? 1
            : 0);
        double[] expected = [.. damped.Solve(Vector<double>.Build.Dense(right))];
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(problem.Options, problem.Data.Keys, problem.Shards, problem.Point, Alone);
        GaussNewtonSystem system = new(blocks, problem.Priors, problem.Tying);
        Assert.That(system.TryFactor(damping, isFree), Is.True);
        system.Solve(right);
        Assert.That(right, Is.EqualTo(expected).Within(1e-9 * expected.Max(Math.Abs)));
    }

    private static Matrix<double> Whole(Problem problem)
    {
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(problem.Options, problem.Data.Keys, problem.Shards, problem.Point, Alone);
        Matrix<double> whole = Matrix<double>.Build.Dense(problem.Tying.ParameterCount, problem.Tying.ParameterCount);
        for (int block = 0; block < blocks.BlockCount; block++)
        {
            int first = 2 * blocks.FirstKey(block);
            for (int i = 0; i < blocks.Size(block); i++)
            {
                for (int j = 0; j < blocks.Size(block); j++)
                {
                    (int row, int column) = (problem.Tying.PlaceOf(first + i), problem.Tying.PlaceOf(first + j));
                    if (row >= 0 && column >= 0)
                        whole[row, column] += blocks.Hessian(block, i, j) + (i == j ? problem.Priors.Precision(first + i) : 0);
                }
            }
        }

        return whole;
    }

    // At one delta: D²(sqrt 2 - 1), D²/2, D²/2 ln 2 and e^delta - 1.
    [TestCase(Loss.PseudoHuber, 0.41421356237309503)]
    [TestCase(Loss.Squares, 0.5)]
    [TestCase(Loss.Cauchy, 0.34657359027997264)]
    public void Losses_have_known_values(Loss loss, double expected)
    {
        FitOptions options = PlainFit.Options with { Loss = loss, SigmaValence = 0.1, HuberDeltaValence = 0.2 };
        Assert.That(LossFunctions.Evaluate(options, 2).Value, Is.EqualTo(4 * expected).Within(1e-14));
        Assert.That(LossFunctions.Evaluate(options, 0).Value, Is.Zero);
        Assert.That(LossFunctions.Evaluate(options with { Loss = Loss.ExponentialAbsolute }, -2).Value, Is.EqualTo(Math.Exp(0.2) - 1)
            .Within(1e-14));
    }

    [Test]
    public void Exponents_beyond_the_limit_are_cut_and_counted()
    {
        Problem problem = Random(1);
        (FitShard[] shards, BondValenceObjective objective, double[] point) = (problem.Shards, problem.Objective, problem.Point);
        double[] gradient = new double[point.Length];
        double value = objective.Evaluate(point, gradient);
        Assert.That(objective.Cuts, Is.Zero);
        for (int i = 0; i < point.Length; i += 2)
            point[i] = 70;
        value = objective.Evaluate(point, gradient);
        Assert.That(objective.Cuts, Is.EqualTo(shards.Sum(shard => shard.Table.BondCount)));
        Assert.That(double.IsFinite(value) || double.IsNaN(value));
    }

    [Test]
    public void A_point_that_is_not_a_number_gives_a_value_that_is_not_a_number()
    {
        Problem problem = Random(1);
        double[] point = problem.Point;
        point[0] = double.NaN;
        Assert.That(problem.Objective.Evaluate(point, new double[point.Length]), Is.NaN);
    }
}
