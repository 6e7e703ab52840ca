using System.Numerics;
using System.Runtime.InteropServices;

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
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (int k = 0; k < vectors.Length; k++)
            vectors[k] = Exp(vectors[k]);
        for (int i = vectors.Length * Vector<double>.Count; i < values.Length; i++)
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

    // Written out: a loop over the coefficients is not unrolled into registers.
    private static Vector<double> Exp(Vector<double> x)
    {
        Vector<double> limit = new(MaximumExponent);
        x = Vector.ConditionalSelect(Vector.GreaterThan(x, limit), limit, x);
        x = Vector.ConditionalSelect(Vector.LessThan(x, -limit), -limit, x);
        Vector<double> rounder = new(Rounder);
        Vector<double> shifted = Vector.FusedMultiplyAdd(x, new(Log2E), rounder);
        Vector<double> n = shifted - rounder;
        Vector<double> r = Vector.FusedMultiplyAdd(n, new(-Ln2Low), Vector.FusedMultiplyAdd(n, new(-Ln2High), x));
        Vector<double> p = new(1.0 / 6227020800);
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 479001600));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 39916800));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 3628800));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 362880));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 40320));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 5040));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 720));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 120));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 24));
        p = Vector.FusedMultiplyAdd(p, r, new(1.0 / 6));
        p = Vector.FusedMultiplyAdd(p, r, new(0.5));
        p = Vector.FusedMultiplyAdd(p, r, Vector<double>.One);
        p = Vector.FusedMultiplyAdd(p, r, Vector<double>.One);
        return Vector.AsVectorDouble(Vector.AsVectorInt64(p) + (Vector.AsVectorInt64(shifted) << 52));
    }
}
