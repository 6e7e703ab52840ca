using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.Core.Numerics;

/// <summary>Values with their errors in parentheses.</summary>
public sealed class ErrorNotationTests
{
    [TestCase(2.218, 0.075, "2.218(75)")]
    [TestCase(1.62312, 0.00123, "1.6231(12)")]
    [TestCase(-0.5, 0.25, "-0.50(25)")]
    [TestCase(2.218, 0.0996, "2.22(10)")]
    [TestCase(2.218, 0.994, "2.22(99)")]
    [TestCase(12.34, 1.5, "12.3(1.5)")]
    [TestCase(12.34, 9.96, "12(10)")]
    [TestCase(152.4, 14.2, "152(14)")]
    public void The_error_shows_two_digits_and_the_value_as_many_decimals(double value, double error, string text) =>
        Assert.That(ErrorNotation.Of(value, error, 3), Is.EqualTo(text));

    [TestCase(null)]
    [TestCase(0.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Without_an_error_the_value_stands_alone(double? error)
        => Assert.That(ErrorNotation.Of(2.21849, error, 3), Is.EqualTo("2.218"));
}
