using CrystalHpc.Core.BondValence;

namespace CrystalHpc.Tests.BondValence;

public sealed class ValenceCurveTests
{
    private static readonly ValenceCurve Curve = new(2.0, 0.03, 0.4, 0.02, -0.5);

    [Test]
    public void The_error_is_that_of_the_propagation_by_hand()
    {
        // u = -1: (0.0009 - 2 (-1)(-0.0003) + 0.0004)/0.16 = 0.0007/0.16.
        Assert.That(Curve.LogValenceError(2.4), Is.EqualTo(Math.Sqrt(0.0007 / 0.16)).Within(1e-14));
        Assert.That(Curve.LogValenceError(2.0), Is.EqualTo(0.03 / 0.4).Within(1e-14), "at r0 only the error of r0 counts");
    }

    [TestCase(1.7)]
    [TestCase(2.3)]
    [TestCase(3.1)]
    public void The_error_agrees_with_differences_of_the_curve(double distance)
    {
        const double H = 1e-6;
        double dR0 = (Log(2.0 + H, 0.4, distance) - Log(2.0 - H, 0.4, distance)) / (2 * H);
        double dB = (Log(2.0, 0.4 + H, distance) - Log(2.0, 0.4 - H, distance)) / (2 * H);
        double variance = dR0 * dR0 * 0.03 * 0.03 + dB * dB * 0.02 * 0.02 + 2 * dR0 * dB * -0.5 * 0.03 * 0.02;
        Assert.That(Curve.LogValenceError(distance), Is.EqualTo(Math.Sqrt(variance)).Within(1e-8));
    }

    [Test]
    public void The_interval_lies_around_the_valence_by_equal_factors()
    {
        (double low, double high) = Curve.Interval(2.4);
        double s = Curve.Valence(2.4);
        Assert.That(s, Is.EqualTo(Math.Exp(-1)).Within(1e-15));
        Assert.That(high / s, Is.EqualTo(s / low).Within(1e-14));
        Assert.That(Math.Log(high / s), Is.EqualTo(1.959963984540054 * Curve.LogValenceError(2.4)).Within(1e-12));
    }

    private static double Log(double r0, double softness, double distance) => (r0 - distance) / softness;
}
