using System.Globalization;
using System.Numerics;

namespace CrystalHpc.Core.Formulas;

/// <summary>An exact amount: a fraction of two 64-bit integers in lowest terms. Arithmetic that would overflow says so.</summary>
public readonly record struct Rational : IComparable<Rational>
{
    private readonly long _denominatorLessOne;

    private Rational(long numerator, long denominator)
    {
        Numerator = numerator;
        _denominatorLessOne = denominator - 1;
    }

    /// <summary>A whole number.</summary>
    public Rational(long whole)
        : this(whole, 1)
    {
    }

    /// <summary>1.</summary>
    public static Rational One { get; } = new(1);

    /// <summary>Numerator; carries the sign.</summary>
    public long Numerator { get; }

    /// <summary>Denominator, at least 1.</summary>
    public long Denominator => _denominatorLessOne + 1;

    /// <summary>True for whole numbers.</summary>
    public bool IsWhole => _denominatorLessOne == 0;

    /// <summary>The nearest double.</summary>
    public double ToDouble() => (double)Numerator / Denominator;

    /// <summary>numerator/denominator in lowest terms; false when that does not fit, or the denominator is not positive.</summary>
    public static bool TryCreate(Int128 numerator, Int128 denominator, out Rational value)
    {
        value = default;
        if (denominator == 1 && numerator <= long.MaxValue && numerator >= -long.MaxValue)
        {
            value = new Rational((long)numerator);
            return true;
        }

        if (denominator <= 0)
            return false;
        Int128 divisor = GreatestCommonDivisor(Int128.Abs(numerator), denominator);
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        if (numerator > long.MaxValue || numerator < -long.MaxValue || denominator > long.MaxValue)
            return false;
        value = new Rational((long)numerator, (long)denominator);
        return true;
    }

    /// <summary>The sum; false when it does not fit.</summary>
    public static bool TryAdd(Rational left, Rational right, out Rational sum)
    {
        if (left.IsWhole && right.IsWhole && Math.Abs(left.Numerator) < long.MaxValue / 2 && Math.Abs(right.Numerator) < long.MaxValue / 2)
        {
            sum = new Rational(left.Numerator + right.Numerator);
            return true;
        }

        // Each product is below 2^126, so their sum fits.
        return TryCreate(
            (Int128)left.Numerator * right.Denominator + (Int128)right.Numerator * left.Denominator,
            (Int128)left.Denominator * right.Denominator,
            out sum);
    }

    /// <summary>The product; false when it does not fit.</summary>
    public static bool TryMultiply(Rational left, Rational right, out Rational product)
    {
        if (left.IsWhole && right.IsWhole && Math.Abs(left.Numerator) < int.MaxValue && Math.Abs(right.Numerator) < int.MaxValue)
        {
            product = new Rational(left.Numerator * right.Numerator);
            return true;
        }

        return TryCreate((Int128)left.Numerator * right.Numerator, (Int128)left.Denominator * right.Denominator, out product);
    }

    /// <summary>The greatest common divisor of two numbers that are not negative; the other when one is 0.</summary>
    internal static Int128 GreatestCommonDivisor(Int128 left, Int128 right)
    {
        while (right != 0)
        {
            if (left <= ulong.MaxValue && right <= ulong.MaxValue)
                return GreatestCommonDivisor((ulong)left, (ulong)right);
            (left, right) = (right, left % right);
        }

        return left;
    }

    private static ulong GreatestCommonDivisor(ulong left, ulong right)
    {
        while (right != 0)
            (left, right) = (right, left % right);
        return left;
    }

    /// <inheritdoc/>
    public int CompareTo(Rational other) => ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    /// <summary>Order by value.</summary>
    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    /// <summary>Order by value.</summary>
    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    /// <summary>Order by value.</summary>
    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    /// <summary>Order by value.</summary>
    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// A decimal where there is an exact one of at most 18 places, such as <c>0.35</c>; else a fraction, such as <c>1/3</c>.
    /// </summary>
    public override string ToString()
    {
        if (IsWhole)
            return Numerator.ToString(CultureInfo.InvariantCulture);
        int twos = BitOperations.TrailingZeroCount(Denominator), fives = 0;
        long rest = Denominator >> twos;
        for (; rest % 5 == 0; rest /= 5)
            fives++;
        int places = Math.Max(twos, fives);
        if (rest != 1 || places > 18)
            return string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
        Int128 scaled = Numerator;
        for (int place = 0; place < places; place++)
            scaled *= 10;
        string digits = Int128.Abs(scaled / Denominator).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(Numerator < 0 ? "-" : "")}{digits.AsSpan(0, digits.Length - places)}.{digits.AsSpan(digits.Length - places)}";
    }
}
