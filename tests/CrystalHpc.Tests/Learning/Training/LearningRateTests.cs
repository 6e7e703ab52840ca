using CrystalHpc.Learning.Training;

namespace CrystalHpc.Tests.Learning.Training;

/// <summary>Schedules of the learning rate.</summary>
public sealed class LearningRateTests
{
    [Test]
    public void One_cycle_rises_for_a_quarter_and_falls_to_almost_nothing()
    {
        Assert.That(LearningRate.At(RateSchedule.OneCycle, 2, 1, 101), Is.EqualTo(2.0 / 25).Within(1e-12));
        Assert.That(LearningRate.At(RateSchedule.OneCycle, 2, 26, 101), Is.EqualTo(2).Within(1e-12));
        Assert.That(LearningRate.At(RateSchedule.OneCycle, 2, 101, 101), Is.EqualTo(2.0 / 250_000).Within(1e-12));
    }

    [Test]
    public void A_cosine_is_a_cosine()
    {
        for (int step = 1; step <= 50; step++)
            Assert.That(LearningRate.At(RateSchedule.Cosine, 1, step, 50), Is.EqualTo(0.5 * (1 + Math.Cos(Math.PI * (step - 1) / 50)))
                .Within(1e-14));
    }

    [TestCase(RateSchedule.Constant)]
    [TestCase(RateSchedule.Cosine)]
    public void A_training_of_one_step_has_the_full_rate(RateSchedule schedule)
        => Assert.That(LearningRate.At(schedule, 3, 1, 1), Is.EqualTo(3));
}
