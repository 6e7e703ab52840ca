using CrystalHpc.Engine.Report;

namespace CrystalHpc.Tests.Engine.Report.Charts;

public sealed class ScaleTests
{
    [TestCase(0, 10, 5, 2)]
    [TestCase(0, 1, 4, 0.2)]
    [TestCase(0, 7, 5, 1)]
    [TestCase(1.45, 1.86, 5, 0.1)]
    [TestCase(0, 530_000, 4, 100_000)]
    [TestCase(-1.5, 1.5, 6, 0.5)]
    public void Steps_are_round(double low, double high, int about, double expected) =>
        Assert.That(TickMarks.Step(low, high, about), Is.EqualTo(expected).Within(1e-12 * expected));

    [Test]
    public void Ticks_are_the_multiples_of_the_step_that_lie_between_the_ends()
    {
        IReadOnlyList<Tick> ticks = new LinearScale(1.43, 1.87, 0, 100).Ticks(5);
        Assert.That(ticks.Select(tick => tick.Label), Is.EqualTo(new[] { "1.5", "1.6", "1.7", "1.8" }));
        Assert.That(ticks.Select(tick => tick.Value), Is.EqualTo(new[] { 1.5, 1.6, 1.7, 1.8 }).Within(1e-12));
    }

    [Test]
    public void An_end_that_is_a_multiple_is_marked_though_it_is_not_exact_in_binary()
    {
        IReadOnlyList<Tick> ticks = new LinearScale(0, 0.1 + 0.2, 0, 100).Ticks(3);
        Assert.That(ticks.Select(tick => tick.Label), Is.EqualTo(new[] { "0.0", "0.1", "0.2", "0.3" }));
    }

    [Test]
    public void A_round_scale_ends_at_its_own_ticks([Values(137, 1028, 7, 0.4, 99.9)] double largest, [Values(2, 3, 4, 5)] int about)
    {
        LinearScale scale = LinearScale.Round(0, largest, 100, 0, about);
        IReadOnlyList<Tick> ticks = scale.Ticks(1);
        Assert.That(scale.High, Is.GreaterThanOrEqualTo(largest * (1 - 1e-9)));
        Assert.That(ticks[0].Value, Is.EqualTo(scale.Low));
        Assert.That(ticks[^1].Value, Is.EqualTo(scale.High).Within(1e-9 * scale.High),
            "the axis ends where it is marked, whatever is asked of it later");
    }

    [Test]
    public void A_range_without_extent_still_makes_a_scale()
    {
        LinearScale scale = LinearScale.Round(0.37, 0.37, 0, 100, 4);
        Assert.That(scale.High, Is.GreaterThan(scale.Low));
        Assert.That(scale.Holds(0.37), Is.True);
        Assert.That(scale.Ticks(4), Has.Count.GreaterThan(1));
    }

    [Test]
    public void Minus_signs_and_thousands_are_for_people()
    {
        Assert.That(new LinearScale(-1, 1, 0, 1).Ticks(4).Select(tick => tick.Label),
            Is.EqualTo(new[] { "−1.0", "−0.5", "0.0", "0.5", "1.0" }));
        Assert.That(new LinearScale(0, 20_000, 0, 1).Ticks(2).Select(tick => tick.Label), Is.EqualTo(new[] { "0", "10,000", "20,000" }));
        Assert.That(TickMarks.Number(-0.0004, 3), Is.EqualTo("0.000"), "no minus before nothing");
    }

    [Test]
    public void Values_are_mapped_in_proportion_also_downward()
    {
        var x = new LinearScale(2, 4, 50, 150);
        Assert.That(new[] { x.Map(2), x.Map(2.5), x.Map(4), x.Map(5) }, Is.EqualTo(new double[] { 50, 75, 150, 200 }));
        Assert.That(new LinearScale(0, 10, 200, 0).Map(2.5), Is.EqualTo(150));
        Assert.That(new[] { x.MapInside(1), x.MapInside(9) }, Is.EqualTo(new double[] { 50, 150 }));
    }

    [Test]
    public void Decades_are_equally_far_apart()
    {
        LogScale scale = LogScale.Round(3e-8, 1.2, 0, 90);
        Assert.That((scale.Low, scale.High), Is.EqualTo((1e-8, 10.0)));
        Assert.That(scale.Map(1e-5), Is.EqualTo(30).Within(1e-9));
        Assert.That(scale.Ticks(3).Select(tick => tick.Label), Is.EqualTo(new[] { "10⁻⁸", "10⁻⁵", "10⁻²", "10¹" }));
    }

    [Test]
    public void Few_decades_near_one_are_written_out() =>
        Assert.That(LogScale.Round(0.02, 900, 0, 1).Ticks(9).Select(tick => tick.Label),
            Is.EqualTo(new[] { "0.01", "0.1", "1", "10", "100", "1,000" }));

    [Test]
    public void A_single_value_has_a_decade_around_it()
    {
        LogScale scale = LogScale.Round(10, 10, 0, 1);
        Assert.That(scale.High, Is.GreaterThan(scale.Low));
        Assert.That(scale.Holds(10), Is.True);
    }
}
