using CrystalHpc.Learning.Layers;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Tests.Learning.Layers;

/// <summary>What is dropped depends on seed, epoch and sample alone.</summary>
public sealed class DropoutTests
{
    private static readonly int[] Samples = [7, 3, 900_000];

    [Test]
    public void About_the_rate_is_dropped_and_the_mean_is_kept()
    {
        double[] values = Drop(0.25, 1, 0, [.. Enumerable.Range(0, 4000)], 100);
        Assert.That(values.Count(value => value == 0) / (double)values.Length, Is.EqualTo(0.25).Within(0.003));
        Assert.That(values.Average(), Is.EqualTo(1).Within(0.004));
    }

    [Test]
    public void A_sample_loses_the_same_wherever_it_stands()
    {
        double[] whole = Drop(0.5, 1, 0, Samples, 40), alone = Drop(0.5, 1, 0, [Samples[2]], 40);
        Assert.That(alone, Is.EqualTo(whole[80..]));
    }

    [Test]
    public void Another_epoch_or_seed_drops_others()
    {
        double[] first = Drop(0.5, 1, 0, Samples, 40);
        Assert.That(Drop(0.5, 1, 1, Samples, 40), Is.Not.EqualTo(first));
        Assert.That(Drop(0.5, 2, 0, Samples, 40), Is.Not.EqualTo(first));
    }

    [Test]
    public void Nothing_is_dropped_in_prediction()
    {
        Tensor<double> input = GradientCheck.Draw(3, 4, 1);
        Assert.That(new Dropout<double>(0.5, 1).Forward(input, ForwardPass.Prediction).Values.ToArray(),
            Is.EqualTo(input.Values.ToArray()));
    }

    private static double[] Drop(double rate, ulong seed, int epoch, int[] samples, int columns)
    {
        var input = new Tensor<double>(samples.Length, columns);
        input.Values.Fill(1);
        return new Dropout<double>(rate, 1).Forward(input, ForwardPass.Training(seed, epoch, samples)).Values.ToArray();
    }
}
