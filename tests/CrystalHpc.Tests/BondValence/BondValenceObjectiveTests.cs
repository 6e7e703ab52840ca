using CrystalHpc.Core.BondValence;
using CrystalHpc.Core.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;
using MathNet.Numerics.LinearAlgebra;

namespace CrystalHpc.Tests.BondValence;

/// <summary>The function of the fit: value, gradient and Gauss-Newton Hessian against definitions and differences.</summary>
public class BondValenceObjectiveTests
{
    private static readonly GlobalSum Alone = static _ => { };

    private static (SyntheticEquations Data, FitShard[] Shards, BondValenceObjective Objective, FitPriors Priors, double[] Point) Random(
        int seed, Loss loss = Loss.PseudoHuber)
    {
        FitOptions options = FitOptions.Default with { Loss = loss };
        SyntheticEquations data = new(seed, cationCount: 3, equationCount: 60, dirtFraction: 0.3, grossFraction: loss == Loss.ExponentialAbsolute ? 0 : 0.1);
        FitShard[] shards = [.. data.Shards(3).Select(table => new FitShard(table))];
        Random random = new(seed);

        // The exponential loss overflows, as it must, for wild valence sums; shorter mean lengths keep them tame.
        double[] lengths = [.. data.Keys.Select(_ => (loss == Loss.ExponentialAbsolute ? 1 : 2) + random.NextDouble())];
        for (int i = 0; i < shards.Length; i++)
        {
            shards[i].SetMeanLengths(lengths);
            shards[i].Weights[shards[i].SlotOfRow[0]] = 0;
            shards[i].Weights[shards[i].SlotOfRow[1]] = 0.25;
        }

        FitPriors priors = new(FitOptions.Default, data.Keys.Count);
        for (int key = 0; key < data.Keys.Count; key += 2)
            (priors.OffsetMeans[key], priors.OffsetPrecisions[key]) = (random.NextDouble() - 1, 20 * random.NextDouble());
        double[] point = [.. Enumerable.Range(0, 2 * data.Keys.Count)
            .Select(i => i % 2 == 0 ? -0.7 + 0.8 * (random.NextDouble() - 0.5) : Math.Log(0.3 + 0.15 * random.NextDouble()))];
        return (data, shards, new BondValenceObjective(options, data.Keys.Count, shards, priors, 17.5, Alone), priors, point);
    }

    // The function as the method page writes it, from the equations themselves, in one loop without any of the machinery.
    private static double ByDefinition(FitShard[] shards, FitPriors priors, double[] point, double[] meanLengths)
    {
        FitOptions options = FitOptions.Default;
        double d = options.HuberDeltaValence / options.SigmaValence, sum = 0;
        foreach (FitShard shard in shards)
        {
            for (int row = 0; row < shard.Table.EquationCount; row++)
            {
                double valence = 0;
                for (int bond = shard.Table.BondOffsets[row]; bond < shard.Table.BondOffsets[row + 1]; bond++)
                {
                    int key = shard.Table.KeyIndices[bond];
                    double softness = Math.Exp(point[2 * key + 1]);
                    double r0 = meanLengths[key] + point[2 * key] * softness;
                    valence += BondValenceModel.Valence(shard.Table.DistancesAngstrom[bond], r0, softness);
                }

                double z = (valence - shard.Table.Valences[row]) / options.SigmaValence;
                sum += shard.Weights[shard.SlotOfRow[row]] * d * d * (Math.Sqrt(1 + Math.Pow(z / d, 2)) - 1);
            }
        }

        for (int key = 0; key < point.Length / 2; key++)
        {
            sum += Math.Pow(point[2 * key + 1] - Math.Log(options.SoftnessPriorMeanAngstrom), 2) / (2 * Math.Pow(options.SoftnessPriorWidth, 2));
            sum += 0.5 * priors.OffsetPrecisions[key] * Math.Pow(point[2 * key] - priors.OffsetMeans[key], 2);
        }

        return sum / 17.5;
    }

    [Test]
    public void The_value_is_the_one_of_the_definition([Range(1, 5)] int seed)
    {
        (SyntheticEquations data, FitShard[] shards, BondValenceObjective objective, FitPriors priors, double[] point) = Random(seed);
        Random random = new(seed);
        double[] lengths = [.. data.Keys.Select(_ => 2 + random.NextDouble())];
        double expected = ByDefinition(shards, priors, point, lengths);
        Assert.That(objective.Evaluate(point, new double[point.Length]), Is.EqualTo(expected).Within(1e-11).Percent);
    }

    [Test]
    public void The_gradient_agrees_with_central_differences([Range(1, 5)] int seed, [Values] Loss loss, [Values] bool isShared)
    {
        (_, _, BondValenceObjective inner, _, double[] point) = Random(seed, loss);
        IObjective objective = isShared ? new SharedSoftnessObjective(inner) : inner;
        point = point[..objective.ParameterCount];
        if (isShared)
            point = [.. point.Select((_, i) => -0.7 + 0.01 * i).SkipLast(1), Math.Log(0.35)];
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
    public void The_Gauss_Newton_Hessian_is_the_one_of_the_differences_of_the_valence_sums([Range(1, 5)] int seed)
    {
        (SyntheticEquations data, FitShard[] shards, BondValenceObjective objective, _, double[] point) = Random(seed);
        FitOptions options = FitOptions.Default;
        double d = options.HuberDeltaValence / options.SigmaValence;
        double[] inverse = new double[data.Keys.Count];
        double[][] Sums(double[] at)
        {
            BondValenceObjective.SetInverseSoftness(at, inverse);
            return [.. shards.Select(shard =>
            {
                objective.ComputeValences(shard, at, inverse);
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
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(options, data.Keys, shards, objective, point, Alone);
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

    // The covariances with a shared B, found block by block, against the inverse of the whole matrix.
    [Test]
    public void Shared_covariances_are_those_of_the_whole_inverse([Range(1, 3)] int seed)
    {
        (SyntheticEquations data, FitShard[] shards, BondValenceObjective objective, FitPriors priors, double[] point) = Random(seed);
        GaussNewtonBlocks blocks = GaussNewtonBlocks.Compute(FitOptions.Default, data.Keys, shards, objective, point, Alone);
        int count = data.Keys.Count;
        Matrix<double> whole = Matrix<double>.Build.Dense(count + 1, count + 1);
        for (int block = 0; block < blocks.BlockCount; block++)
        {
            int first = 2 * blocks.FirstKey(block);
            int Place(int i) => i % 2 == 0 ? (first + i) / 2 : count;
            for (int i = 0; i < blocks.Size(block); i++)
            {
                for (int j = 0; j < blocks.Size(block); j++)
                    whole[Place(i), Place(j)] += blocks.Hessian(block, i, j) + (i == j ? priors.Precision(first + i) : 0);
            }
        }

        Matrix<double> inverse = whole.Inverse();
        ParameterUncertainty[] found = ParameterUncertainty.ComputeShared(blocks, priors, count);
        for (int key = 0; key < count; key++)
        {
            Assert.That(found[key].OffsetVariance, Is.EqualTo(inverse[key, key]).Within(1e-6).Percent);
            Assert.That(found[key].Covariance, Is.EqualTo(inverse[key, count]).Within(1e-6 * Math.Sqrt(inverse[key, key] * inverse[count, count])));
            Assert.That(found[key].LogSoftnessVariance, Is.EqualTo(inverse[count, count]).Within(1e-6).Percent);
        }
    }

    // At one delta: D²(sqrt 2 - 1), D²/2, D²/2 ln 2 and e^delta - 1.
    [TestCase(Loss.PseudoHuber, 0.41421356237309503)]
    [TestCase(Loss.Squares, 0.5)]
    [TestCase(Loss.Cauchy, 0.34657359027997264)]
    public void Losses_have_known_values(Loss loss, double expected)
    {
        FitOptions options = FitOptions.Default with { Loss = loss, SigmaValence = 0.1, HuberDeltaValence = 0.2 };
        Assert.That(LossFunctions.Evaluate(options, 2).Value, Is.EqualTo(4 * expected).Within(1e-14));
        Assert.That(LossFunctions.Evaluate(options, 0).Value, Is.Zero);
        Assert.That(LossFunctions.Evaluate(options with { Loss = Loss.ExponentialAbsolute }, -2).Value, Is.EqualTo(Math.Exp(0.2) - 1).Within(1e-14));
    }

    [Test]
    public void Exponents_beyond_the_limit_are_cut_and_counted()
    {
        (_, FitShard[] shards, BondValenceObjective objective, _, double[] point) = Random(1);
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
        (_, _, BondValenceObjective objective, _, double[] point) = Random(1);
        point[0] = double.NaN;
        Assert.That(objective.Evaluate(point, new double[point.Length]), Is.NaN);
    }
}
