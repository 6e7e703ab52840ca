using System.Globalization;

namespace CrystalHpc.Core.Cif;

/// <summary>Numbers as CIF writes them.</summary>
internal static class CifNumberFormat
{
    private const int LargestTwoDigits = 19;

    /// <summary>The shortest text that reads as the same double.</summary>
    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Value and uncertainty, such as <c>1.234(5)</c>, both rounded to the last digit that the rule of 19 keeps.</summary>
    public static string Format(double value, double uncertainty)
    {
        (int digits, int exponent) = Round(uncertainty, 1);
        if (digits > LargestTwoDigits)
            (digits, exponent) = Round(uncertainty, 0);

        // 0.0096 is 0.010, not 0.01.
        if (digits == 1)
            (digits, exponent) = (10, exponent - 1);

        if (exponent <= 0)
            return string.Create(CultureInfo.InvariantCulture, $"{Fixed(value, -exponent)}({digits})");
        double unit = Math.Pow(10, exponent);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Fixed(Math.Round(value / unit) * unit, 0)}({digits}{new string('0', exponent)})");
    }

    /// <summary>Rounds to one digit and some decimals: the digits as an integer, and the power of ten of the last one.</summary>
    private static (int Digits, int Exponent) Round(double value, int decimals)
    {
        string text = value.ToString(decimals == 0 ? "E0" : "E1", CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        string mantissa = text[..mark].Replace(".", "", StringComparison.Ordinal);
        return (int.Parse(mantissa, CultureInfo.InvariantCulture), int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture) - decimals);
    }

    private static string Fixed(double value, int decimals) =>
        value.ToString(string.Create(CultureInfo.InvariantCulture, $"F{decimals}"), CultureInfo.InvariantCulture);
}
