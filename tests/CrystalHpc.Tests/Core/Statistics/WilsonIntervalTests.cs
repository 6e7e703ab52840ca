using CrystalHpc.Core.Statistics;

namespace CrystalHpc.Tests.Core.Statistics;

public sealed class WilsonIntervalTests
{
    // Newcombe 1998, Statistics in Medicine 17, 857, table I, method 3: score method of Wilson.
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0.0000, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    public void Intervals_are_those_published(int hits, int cases, double low, double high)
    {
        (double actualLow, double actualHigh) = WilsonInterval.Of(hits, cases);
        Assert.That(actualLow, Is.EqualTo(low).Within(0.00005));
        Assert.That(actualHigh, Is.EqualTo(high).Within(0.00005));
    }

    [Test]
    public void Nothing_known_is_everything_possible() => Assert.That(WilsonInterval.Of(0, 0), Is.EqualTo((0.0, 1.0)));

    [Test]
    public void All_hits_mirror_none()
    {
        (double low, double high) = WilsonInterval.Of(20, 20);
        Assert.That(high, Is.EqualTo(1));
        Assert.That(low, Is.EqualTo(1 - WilsonInterval.Of(0, 20).High).Within(1e-12));
    }
}
