using System.Globalization;
using System.Text;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Numbers straight from the file's bytes: sign, digits with an optional point, optional exponent, optional standard uncertainty in
/// units of the last digit. Results are correctly rounded: an integer below 2^53 times or over an exact power of ten is one rounding.
/// </summary>
internal static class CifNumberParser
{
    private const ulong MaxExactInteger = 1UL << 53;
    private const int MaxDigits = 19;

    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a number; false when the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CifNumber number)
    {
        number = default;
        int position = 0;
        bool negative = false;
        if (text.Length > 0 && text[0] is (byte)'+' or (byte)'-')
        {
            negative = text[0] == '-';
            position = 1;
        }

        ulong mantissa = 0;
        int integerDigits = ReadDigits(text, ref position, ref mantissa);
        int decimals = 0;
        if (position < text.Length && text[position] == '.')
        {
            position++;
            decimals = ReadDigits(text, ref position, ref mantissa);
        }

        int digits = integerDigits + decimals;
        if (digits == 0 || !TryReadExponent(text, ref position, out int exponent))
            return false;
        int numberEnd = position;
        if (!TryReadUncertainty(text, ref position, exponent - decimals, out double uncertainty) || position != text.Length)
            return false;

        if (digits > MaxDigits || !TryScale(mantissa, exponent - decimals, out double value))
            value = Math.Abs(ParseSlowly(text[..numberEnd]));
        if (!double.IsFinite(value))
            return false;
        number = new CifNumber(negative ? -value : value, uncertainty, decimals);
        return true;
    }

    private static int ReadDigits(ReadOnlySpan<byte> text, ref int position, ref ulong value)
    {
        int start = position;
        while (position < text.Length)
        {
            uint digit = text[position] - (uint)'0';
            if (digit > 9)
                break;
            value = (value * 10) + digit;
            position++;
        }

        return position - start;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int position, out int exponent)
    {
        // Beyond this every number is zero or infinite, whatever its digits: the slow path decides.
        const int Limit = 100_000_000;
        exponent = 0;
        if (position >= text.Length || text[position] is not ((byte)'e' or (byte)'E'))
            return true;
        position++;
        bool negative = false;
        if (position < text.Length && text[position] is (byte)'+' or (byte)'-')
        {
            negative = text[position] == '-';
            position++;
        }

        int start = position;
        while (position < text.Length && char.IsAsciiDigit((char)text[position]))
        {
            exponent = Math.Min((exponent * 10) + (text[position] - '0'), Limit);
            position++;
        }

        exponent = negative ? -exponent : exponent;
        return position > start;
    }

    /// <summary>Reads <c>(5)</c>; nothing and an empty pair of parentheses give NaN. False when parentheses hold anything else.</summary>
    private static bool TryReadUncertainty(ReadOnlySpan<byte> text, ref int position, int exponent, out double uncertainty)
    {
        uncertainty = double.NaN;
        if (position >= text.Length)
            return true;
        if (text[position] != '(' || text[^1] != ')')
            return false;
        position++;
        ulong value = 0;
        int start = position;
        int digits = ReadDigits(text, ref position, ref value);
        if (digits > 0 && (digits > MaxDigits || !TryScale(value, exponent, out uncertainty)))
        {
            string integer = Encoding.ASCII.GetString(text[start..position]);
            string scaled = string.Create(CultureInfo.InvariantCulture, $"{integer}e{exponent}");
            uncertainty = double.Parse(scaled, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        position++;
        return true;
    }

    private static bool TryScale(ulong integer, int exponent, out double value)
    {
        value = integer;
        if (integer > MaxExactInteger || Math.Abs(exponent) >= PowersOfTen.Length)
            return integer == 0;
        value = exponent < 0 ? value / PowersOfTen[-exponent] : value * PowersOfTen[exponent];
        return true;
    }

    private static double ParseSlowly(ReadOnlySpan<byte> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
