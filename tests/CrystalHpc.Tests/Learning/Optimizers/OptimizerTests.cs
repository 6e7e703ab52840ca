using CrystalHpc.Learning.Optimizers;

namespace CrystalHpc.Tests.Learning.Optimizers;

/// <summary>Steps of the optimizers.</summary>
public sealed class OptimizerTests
{
    [Test]
    public void Momentum_adds_up_earlier_gradients()
    {
        var sgd = new Sgd<double>([0], 0.5);
        double[] w = [0];
        sgd.Step(w, [1], 1, 0.1);
        sgd.Step(w, [1], 2, 0.1);
        Assert.That(w[0], Is.EqualTo(-0.1 - 0.15).Within(1e-15));
    }

    [Test]
    public void The_first_step_of_Adam_has_the_length_of_the_rate_whatever_the_gradient()
    {
        double[] w = [1, 1];
        new AdamW<double>([0, 0]).Step(w, [1e-3, -50], 1, 0.01);
        Assert.That(w, Is.EqualTo(new[] { 0.99, 1.01 }).Within(1e-6));
    }

    [Test]
    public void Decay_shrinks_weights_apart_from_the_gradient()
    {
        double[] w = [2, 2];
        new AdamW<double>([0.1, 0]).Step(w, [0, 0], 1, 0.5);
        Assert.That(w, Is.EqualTo(new[] { 1.9, 2.0 }).Within(1e-15));
    }

    [Test]
    public void Both_find_the_bottom_of_a_bowl()
    {
        foreach (IOptimizer<double> optimizer in (IOptimizer<double>[])[new Sgd<double>([0, 0], 0.9), new AdamW<double>([0, 0])])
        {
            double[] w = [3, -2];
            for (int step = 1; step <= 3000; step++)
                optimizer.Step(w, [2 * (w[0] - 1), 20 * (w[1] - 0.5)], step, 0.01);
            Assert.That(w, Is.EqualTo(new[] { 1, 0.5 }).Within(1e-3));
        }
    }

    [Test]
    public void State_that_is_given_back_continues_alike()
    {
        AdamW<double> whole = new([0.01]), before = new([0.01]), after = new([0.01]);
        double[] a = [1], b = [1];
        for (int step = 1; step <= 6; step++)
            whole.Step(a, [a[0] * a[0]], step, 0.05);
        for (int step = 1; step <= 3; step++)
            before.Step(b, [b[0] * b[0]], step, 0.05);
        foreach ((double[] from, double[] to) in before.State.Zip(after.State))
            from.CopyTo(to, 0);
        for (int step = 4; step <= 6; step++)
            after.Step(b, [b[0] * b[0]], step, 0.05);
        Assert.That(b, Is.EqualTo(a));
    }
}
