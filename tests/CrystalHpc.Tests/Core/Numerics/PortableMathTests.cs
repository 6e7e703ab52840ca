using System.Numerics;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.Core.Numerics;

/// <summary>Exponential and logarithm against the platform's, and vector against scalar.</summary>
public class PortableMathTests
{
    private static double UnitsInLastPlace(double actual, double expected)
        => Math.Abs(actual - expected) / Math.BitIncrement(Math.Abs(expected)) * Math.ScaleB(1, 52);

    [TestCase(1e-3)]
    [TestCase(1.0)]
    [TestCase(50.0)]
    [TestCase(700.0)]
    public void The_exponential_is_good_to_two_units_in_the_last_place(double range)
    {
        Random random = new(3);
        double worst = 0;
        for (int i = 0; i < 200_000; i++)
        {
            double x = range * (2 * random.NextDouble() - 1);
            worst = Math.Max(worst, UnitsInLastPlace(PortableMath.Exp(x), Math.Exp(x)));
        }

        Assert.That(worst, Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void The_exponential_of_many_has_the_bits_of_the_exponential_of_one([Range(0, 40)] int length)
    {
        Random random = new(length);
        double[] values = [.. Enumerable.Range(0, length).Select(_ => 1500 * (random.NextDouble() - 0.5) * random.NextDouble())];
        double[] expected = [.. values.Select(PortableMath.Exp)];
        PortableMath.Exp(values.AsSpan());
        Assert.That(values, Is.EqualTo(expected));
    }

    // Hard-coded bits: another processor, runtime or vector width must give the same ones.
    [TestCase(1.0, 0x4005BF0A8B145769)]
    [TestCase(-0.5, 0x3FE368B2FC6F960A)]
    [TestCase(0.0, 0x3FF0000000000000)]
    public void The_exponential_has_known_bits(double x, long bits)
    {
        Assert.That(BitConverter.DoubleToInt64Bits(PortableMath.Exp(x)), Is.EqualTo(bits));
    }

    [Test]
    public void Arguments_out_of_range_count_as_the_limit_and_NaN_stays()
    {
        double[] values = [.. Enumerable.Repeat(1e9, Vector<double>.Count), -1e9, double.NaN];
        PortableMath.Exp(values.AsSpan());
        Assert.That(values[0], Is.EqualTo(PortableMath.Exp(PortableMath.MaximumExponent)));
        Assert.That(values[^2], Is.EqualTo(PortableMath.Exp(-PortableMath.MaximumExponent)));
        Assert.That(values[^1], Is.NaN);
    }

    [Test]
    public void The_logarithm_is_good_to_two_units_in_the_last_place()
    {
        Random random = new(4);
        double worst = 0;
        for (int i = 0; i < 200_000; i++)
        {
            double x = Math.ScaleB(0.5 + random.NextDouble(), i % 3 == 0 ? 0 : random.Next(-60, 60));
            if (x == 1)
                continue;
            worst = Math.Max(worst, UnitsInLastPlace(PortableMath.Log(x), Math.Log(x)));
        }

        Assert.That(worst, Is.LessThanOrEqualTo(2));
        Assert.That(PortableMath.Log(1), Is.Zero);
    }

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void The_logarithm_of_anything_but_a_positive_number_is_NaN(double x)
    {
        Assert.That(PortableMath.Log(x), Is.NaN);
    }
}
