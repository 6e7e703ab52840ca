using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Tests.Core.Formulas;

/// <summary>Exact amounts.</summary>
public sealed class RationalTests
{
    [TestCase(6, 4, "1.5")]
    [TestCase(-1, 8, "-0.125")]
    [TestCase(2, 6, "1/3")]
    [TestCase(7, 1, "7")]
    [TestCase(1, 1_000_000_000_000_000_000, "0.000000000000000001")]
    public void Fractions_are_in_lowest_terms_and_written_exactly(long numerator, long denominator, string text)
    {
        Assert.That(Rational.TryCreate(numerator, denominator, out Rational value), Is.True);
        Assert.That(value.ToString(), Is.EqualTo(text));
        Cultures.UnderEach(() => Assert.That(value.ToString(), Is.EqualTo(text)));
    }

    [Test]
    public void What_does_not_fit_is_said()
    {
        var large = new Rational(long.MaxValue);
        Assert.That(Rational.TryAdd(large, Rational.One, out _), Is.False);
        Assert.That(Rational.TryMultiply(large, new Rational(2), out _), Is.False);
        Assert.That(Rational.TryCreate(1, 0, out _), Is.False);
        Assert.That(Rational.TryCreate(1, 3, out Rational third) && Rational.TryMultiply(large, third, out _), Is.True);
    }

    [Test]
    public void Order_is_that_of_values()
    {
        Assert.That(Rational.TryCreate(1, 3, out Rational third) && Rational.TryCreate(1, 2, out Rational half) && third < half, Is.True);
        Assert.That(default(Rational), Is.EqualTo(new Rational(0)));
    }
}
