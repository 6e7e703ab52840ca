using System.Globalization;

namespace CrystalHpc.Core.Numerics;

/// <summary>Numbers with their standard errors as people read them: 2.218(75) is 2.218 with a standard error of 0.075.</summary>
public static class ErrorNotation
{
    private const int ErrorDigits = 2;
    private const int MostDecimals = 9;

    /// <summary>
    /// The value to as many decimals as two digits of its error need, and these digits in parentheses; an error above 9 stands in full,
    /// 152(14). Without a positive finite error the value alone.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="error">Its standard error in the same unit; null where it is not known.</param>
    /// <param name="decimals">Decimals of a value without error.</param>
    public static string Of(double value, double? error, int decimals)
    {
        if (error is not { } size || !(size > 0) || !double.IsFinite(size))
            return Fixed(value, decimals);
        int places = Math.Clamp(ErrorDigits - 1 - (int)Math.Floor(Math.Log10(size)), 0, MostDecimals);

        // 0.0996 rounds to 0.100: one decimal fewer holds its two digits.
        if (places > 0 && Math.Round(size * Math.Pow(10, places)) >= Math.Pow(10, ErrorDigits))
            places--;
        double digits = size * Math.Pow(10, places);
        string shown = size >= 1 && places > 0 ? Fixed(size, places) : digits.ToString("0", CultureInfo.InvariantCulture);
        return $"{Fixed(value, places)}({shown})";
    }

    private static string Fixed(double value, int decimals)
        => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
