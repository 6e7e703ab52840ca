using CrystalHpc.Core.Numerics;
using CrystalHpc.Learning.Training;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Learning.Training;

/// <summary>Sums of gradients have the same bits on any number of ranks.</summary>
public sealed class ReproducibleGradientTests
{
    private const int Shards = 12, First = 40, Second = 7;

    [Test]
    public void The_bits_do_not_depend_on_the_ranks_or_the_order_of_shards()
    {
        float[] alone = Sum(1);
        Assert.That(Sum(2), Is.EqualTo(alone));
        Assert.That(Sum(4), Is.EqualTo(alone));
    }

    [Test]
    public void The_sum_is_exact_to_2_to_the_minus_50_of_the_largest_value()
    {
        double[] expected = new double[First + Second + 1];
        for (int shard = 0; shard < Shards; shard++)
        {
            float[] gradient = GradientOf(shard);
            for (int i = 0; i < gradient.Length; i++)
                expected[i] += gradient[i];
            expected[^1] += LossOf(shard);
        }

        Assert.That(SumOf<double>(1), Is.EqualTo(expected).Within(Shards * Math.ScaleB(1e3, -50)));
    }

    [Test]
    public void A_tensor_of_zeros_stays_zero()
    {
        var sum = new ReproducibleGradient([2], 1);
        sum.Observe<double>([0, 0], 0);
        using ICommunicator world = new SerialCommunicator();
        Assert.That(sum.AgreeOnScales(world), Is.Null);
        sum.Add<double>([[0, 0]], [0]);
        double[] total = [5, 5];
        sum.Read<double>(total, [1]);
        Assert.That(total, Is.All.Zero);
    }

    [TestCase(double.NaN)]
    [TestCase(double.NegativeInfinity)]
    public void A_value_that_is_no_number_names_its_tensor(double value)
    {
        var sum = new ReproducibleGradient([1, 2], 1);
        sum.Observe<double>([1, 2, value], 1);
        using ICommunicator world = new SerialCommunicator();
        Assert.That(sum.AgreeOnScales(world), Is.EqualTo(1));
    }

    [TestCase(1e300)]
    [TestCase(1e-300)]
    [TestCase(double.Epsilon)]
    public void Values_of_any_size_are_summed(double size)
    {
        var sum = new ReproducibleGradient([1], 2);
        sum.Observe<double>([size], size);
        using ICommunicator world = new SerialCommunicator();
        sum.AgreeOnScales(world);
        sum.Add<double>([[size], [-0.5 * size]], [size, 0]);
        double[] total = new double[1];
        sum.Read<double>(total, [1]);
        Assert.That(total[0], Is.EqualTo(0.5 * size).Within(1e-290));
    }

    private static float[] Sum(int ranks) => SumOf<float>(ranks);

    private static T[] SumOf<T>(int ranks) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var totals = new T[ranks][];
        ThreadCommunicator.Run(ranks, world =>
        {
            var sum = new ReproducibleGradient([First, Second], Shards);

            // Ranks take shards from the end and in strides, so that order and grouping differ.
            int[] own = [.. Enumerable.Range(0, Shards).Where(shard => shard % ranks == world.Rank).Reverse()];
            foreach (int shard in own)
                sum.Observe<float>(GradientOf(shard), LossOf(shard));
            Assert.That(sum.AgreeOnScales(world), Is.Null);
            sum.Add<float>(own.Select(GradientOf).ToArray(), own.Select(LossOf).ToArray());
            sum.AddRanks(world);
            totals[world.Rank] = new T[First + Second + 1];
            sum.Read<T>(totals[world.Rank], [1, 1]);
            totals[world.Rank][^1] = T.CreateChecked(sum.Loss);
        });
        Assert.That(totals, Is.All.EqualTo(totals[0]));
        return totals[0];
    }

    [Test]
    public void A_loss_that_is_no_number_comes_behind_the_tensors()
    {
        var sum = new ReproducibleGradient([1, 2], 1);
        sum.Observe<double>([1, 2, 3], double.NaN);
        using ICommunicator world = new SerialCommunicator();
        Assert.That(sum.AgreeOnScales(world), Is.EqualTo(2));
    }

    private static double LossOf(int shard) => Math.Pow(shard + 1, 1.0 / 3);

    private static float[] GradientOf(int shard)
    {
        var random = new CounterRandom(8, (ulong)shard);
        return [.. Enumerable.Range(0, First + Second).Select(i => (float)(random.NextNormal() * (i < First ? 100 : 1e-6)))];
    }
}
