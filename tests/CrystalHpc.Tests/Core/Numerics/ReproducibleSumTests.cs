using System.Numerics;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Tests.Core.Numerics;

/// <summary>Totals that are exact and do not depend on order or grouping.</summary>
public class ReproducibleSumTests
{
    private static readonly GlobalSum Alone = static _ => { };

    private static double[] Addends(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-40, 60)))];
    }

    // The exact total as a fraction over 2^80, which all addends above are whole multiples of once cut off there.
    private static double Exact(IEnumerable<double> addends)
    {
        BigInteger total = 0;
        foreach (double x in addends)
        {
            long bits = BitConverter.DoubleToInt64Bits(x);
            int shift = (int)((bits >> 52) & 0x7FF) - 1075 + 80;
            BigInteger mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | 0x10_0000_0000_0000;
            mantissa = shift >= 0 ? mantissa << shift : mantissa >> -shift;
            total += bits < 0 ? -mantissa : mantissa;
        }

        // Rounded by hand to 53 bits, ties to even.
        BigInteger magnitude = BigInteger.Abs(total);
        int drop = Math.Max(0, (int)magnitude.GetBitLength() - 53);
        BigInteger kept = magnitude >> drop, rest = magnitude - (kept << drop), half = drop == 0 ? 1 : BigInteger.One << (drop - 1);
        if (drop > 0 && (rest > half || (rest == half && !kept.IsEven)))
            kept += 1;
        return total.Sign * Math.ScaleB((double)kept, drop - 80);
    }

    [Test]
    public void The_total_is_the_exact_sum_rounded_once([Range(1, 40)] int seed)
    {
        double[] addends = Addends(seed, 1 + 7 * seed);
        ReproducibleSum sum = new(1);
        foreach (double x in addends)
            sum.Add(0, x);
        Assert.That(sum.Read(0), Is.EqualTo(Exact(addends)));
    }

    [Test]
    public void Any_order_and_grouping_gives_the_same_bits([Range(1, 20)] int seed)
    {
        double[] addends = Addends(seed, 1000);
        ReproducibleSum expected = new(1);
        foreach (double x in addends)
            expected.Add(0, x);

        Random random = new(seed);
        random.Shuffle(addends);
        ReproducibleSum total = new(1);
        for (int start = 0, end; start < addends.Length; start = end)
        {
            end = Math.Min(addends.Length, start + random.Next(1, 300));
            ReproducibleSum part = new(1);
            foreach (double x in addends.AsSpan(start, end - start))
                part.Add(0, x);
            total.Add(part);
        }

        total.AllReduce(Alone);
        Assert.That(BitConverter.DoubleToInt64Bits(total.Read(0)), Is.EqualTo(BitConverter.DoubleToInt64Bits(expected.Read(0))));
    }

    [TestCase(0.0)]
    [TestCase(-0.0)]
    [TestCase(1.0)]
    [TestCase(-1.0 / 3)]
    [TestCase(1e-20)]
    [TestCase(-6.0221e23)]
    [TestCase(3.0e23)]
    public void One_addend_comes_back_unchanged(double value)
    {
        ReproducibleSum sum = new(3);
        sum.Add(1, value);
        double expected = Math.Truncate(value * Math.ScaleB(1, 80)) * Math.ScaleB(1, -80);
        Assert.That(sum.Read(1), Is.EqualTo(expected));
        Assert.That(Math.Abs(sum.Read(1) - value), Is.LessThan(Math.ScaleB(1, -80)));
        Assert.That((sum.Read(0), sum.Read(2)), Is.EqualTo((0.0, 0.0)), "neighbors stay zero");
    }

    [Test]
    public void What_lies_below_the_unit_is_cut_off()
    {
        ReproducibleSum sum = new(1);
        sum.Add(0, Math.ScaleB(1.999, -81));
        sum.Add(0, double.Epsilon);
        Assert.That(sum.Read(0), Is.Zero);
        sum.Add(0, Math.ScaleB(1, -80));
        Assert.That(sum.Read(0), Is.EqualTo(Math.ScaleB(1, -80)));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(6.044629098073146e23, Description = "2^79")]
    public void An_addend_without_representation_makes_its_own_sum_NaN_everywhere(double value)
    {
        ReproducibleSum here = new(2), elsewhere = new(2);
        here.Add(0, value);
        here.Add(1, 2);
        elsewhere.Add(0, 1);
        elsewhere.Add(here);
        elsewhere.AllReduce(Alone);
        Assert.That(elsewhere.Read(0), Is.NaN);
        Assert.That(elsewhere.Read(1), Is.EqualTo(2));
        elsewhere.Clear();
        Assert.That(elsewhere.Read(0), Is.Zero);
    }

    [Test]
    public void Ten_million_large_addends_do_not_overflow()
    {
        const int count = 10_000_000;
        ReproducibleSum sum = new(1);
        for (int i = 0; i < count; i++)
            sum.Add(0, 6e23);
        Assert.That(sum.Read(0), Is.EqualTo(count * 6e23), "a product is rounded once, too");
    }

    [Test]
    public void Cancellation_leaves_the_small_part_whole()
    {
        ReproducibleSum sum = new(1);
        foreach (double x in new[] { 1e23, 1e-9, -1e23 })
            sum.Add(0, x);
        Assert.That(sum.Read(0), Is.EqualTo(1e-9).Within(Math.ScaleB(1, -80)));
    }
}
