using CrystalHpc.BondValence.Fit;

namespace CrystalHpc.Tests.BondValence.Fit.Laws;

public sealed class ValenceCurveTests
{
    private static readonly ValenceCurve Curve = new(BondLaw.Exponential, 2.0, 0.03, 0.4, 0.02, -0.5);

    [Test]
    public void The_error_is_that_of_the_propagation_by_hand()
    {
        // u = -1: (0.0009 - 2 (-1)(-0.0003) + 0.0004)/0.16 = 0.0007/0.16.
        Assert.That(Curve.LogValenceError(2.4), Is.EqualTo(Math.Sqrt(0.0007 / 0.16)).Within(1e-14));
        Assert.That(Curve.LogValenceError(2.0), Is.EqualTo(0.03 / 0.4).Within(1e-14), "at r0 only the error of r0 counts");
    }

    [Test]
    public void The_error_agrees_with_differences_of_the_curve([Values] BondLaw law, [Values(1.7, 2.3, 3.1)] double distance)
    {
        const double H = 1e-5;
        double Log(double r0, double softness) => Math.Log(BondLaws.Of(law).Valence(distance, r0, softness));
        double byR0 = (Log(2.0 + H, 0.4) - Log(2.0 - H, 0.4)) / (2 * H);
        double bySoftness = (Log(2.0, 0.4 + H) - Log(2.0, 0.4 - H)) / (2 * H);
        double variance = byR0 * byR0 * 0.03 * 0.03 + bySoftness * bySoftness * 0.02 * 0.02 + 2 * byR0 * bySoftness * -0.5 * 0.03 * 0.02;
        Assert.That((Curve with { Law = law }).LogValenceError(distance), Is.EqualTo(Math.Sqrt(variance)).Within(1e-8));
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
}
