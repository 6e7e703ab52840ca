using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Core.Numerics;

/// <summary>
/// Exponential and logarithm with the same bits on every processor and vector width: only additions, products and fused
/// multiply-adds in a fixed order, each lane on its own. The libraries of the platform differ in the last bit.
/// </summary>
public static class PortableMath
{
    /// <summary>Largest magnitude of an argument of <see cref="Exp(double)"/>; larger ones count as this.</summary>
    public const double MaximumExponent = 700;

    private const double Log2E = 1.4426950408889634;

    // ln 2 in two parts: the first has 32 bits, so that its products with exponents are exact (Cody and Waite 1980).
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    // 1.5 * 2^52: adding it rounds to a whole number and leaves that number in the low bits.
    private const double Rounder = 6755399441055744.0;

    // Taylor series of the exponential, highest power first: for |r| <= ln(2)/2 the remainder after r^13 is below 5e-18.
    private static readonly double[] InverseFactorials =
    [
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
        1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0, 1.0,
    ];

    /// <summary>e^x, good to 1 unit in the last place or so, for |x| up to <see cref="MaximumExponent"/>; NaN stays NaN.</summary>
    public static double Exp(double x)
    {
        x = x > MaximumExponent ? MaximumExponent : x < -MaximumExponent ? -MaximumExponent : x;
        double shifted = Math.FusedMultiplyAdd(x, Log2E, Rounder);
        double n = shifted - Rounder;
        double r = Math.FusedMultiplyAdd(n, -Ln2Low, Math.FusedMultiplyAdd(n, -Ln2High, x));
        double p = InverseFactorials[0];
        for (int k = 1; k < InverseFactorials.Length; k++)
            p = Math.FusedMultiplyAdd(p, r, InverseFactorials[k]);
        return BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(p) + (BitConverter.DoubleToInt64Bits(shifted) << 52));
    }

    /// <summary>Replaces each x by e^x: the same bits as <see cref="Exp(double)"/>, many at a time.</summary>
    public static void Exp(Span<double> values)
    {
        Span<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(values);
        Vector512<double> limit = Vector512.Create(MaximumExponent);
        for (int k = 0; k < vectors.Length; k++)
        {
            Vector512<double> x = vectors[k];
            x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, limit), limit, x);
            vectors[k] = ExpInRange(Vector512.ConditionalSelect(Vector512.LessThan(x, -limit), -limit, x));
        }

        for (int i = vectors.Length * Vector512<double>.Count; i < values.Length; i++)
            values[i] = Exp(values[i]);
    }

    /// <summary>Natural logarithm, good to 2 units in the last place or so, for positive normal numbers; NaN for anything else.</summary>
    public static double Log(double x)
    {
        if (!(double.IsNormal(x) && x > 0))
            return double.NaN;
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xF_FFFF_FFFF_FFFF) | (1023L << 52));
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        // ln m = 2 artanh f with f = (m - 1) / (m + 1), |f| < 0.172: the series to f^23 leaves less than 1e-19.
        double f = (m - 1) / (m + 1);
        double square = f * f;
        double series = 0;
        for (int k = 23; k >= 3; k -= 2)
            series = Math.FusedMultiplyAdd(series, square, 1.0 / k);
        double tail = Math.FusedMultiplyAdd(exponent, Ln2Low, 2 * f * (square * series));
        return Math.FusedMultiplyAdd(exponent, Ln2High, 2 * f + tail);
    }

    // Eight at a time: x within the range of Exp. Written out, as a loop over the coefficients would not be unrolled into registers.
    /// <summary>exp(x) of eight numbers whose exponentials neither overflow nor underflow.</summary>
    public static Vector512<double> ExpInRange(Vector512<double> x)
    {
        Vector512<double> rounder = Vector512.Create(Rounder);
        Vector512<double> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(Log2E), rounder);
        Vector512<double> n = shifted - rounder;
        Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), Vector512.FusedMultiplyAdd(
            n, Vector512.Create(-Ln2High), x));
        Vector512<double> p = Vector512.Create(1.0 / 6227020800);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 479001600));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 39916800));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 3628800));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 362880));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 40320));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 5040));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.0 / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<double>.One);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<double>.One);
        return (p.AsInt64() + (shifted.AsInt64() << 52)).AsDouble();
    }
}
