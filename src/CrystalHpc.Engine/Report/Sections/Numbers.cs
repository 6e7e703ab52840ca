using System.Globalization;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Engine.Report;

/// <summary>Numbers for people.</summary>
public static class Numbers
{
    /// <summary>A whole number with commas.</summary>
    public static string Count(long count) => TickMarks.Number(count, 0);

    /// <summary>So many decimals; empty where there is no number.</summary>
    public static string Fixed(double? value, int decimals) =>
        value is { } number && double.IsFinite(number) ? TickMarks.Number(number, decimals) : "";

    /// <summary>
    /// A value with its standard error in parentheses, in units of its last digit: 2.218(75); without an error, so many decimals.
    /// </summary>
    public static string WithError(double? value, double? error, int decimals) =>
        value is { } number && double.IsFinite(number) ? ErrorNotation.Of(number, error, decimals).Replace('-', '−') : "";

    /// <summary>A share in percent, one decimal.</summary>
    public static string Percent(double fraction) => TickMarks.Number(100 * fraction, 1) + " %";

    /// <summary>Three significant digits, powers of ten written out as people do.</summary>
    public static string Significant(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value == 0 ? "0" : "";
        double size = Math.Abs(value);
        return size is >= 0.001 and < 10000
            ? TickMarks.Number(value, Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 5))
            : value.ToString("0.0e0", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>"1 site", "2 sites".</summary>
    public static string Of(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>Seconds, minutes or hours.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 60 => $"{TickMarks.Number(seconds, seconds < 10 ? 2 : 1)} s",
        < 3600 => $"{TickMarks.Number(Math.Floor(seconds / 60), 0)} min {TickMarks.Number(Math.Floor(seconds % 60), 0)} s",
        _ => $"{TickMarks.Number(Math.Floor(seconds / 3600), 0)} h {TickMarks.Number(Math.Floor(seconds % 3600 / 60), 0)} min",
    };

    /// <summary>Bytes in the unit that suits them.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000_000 => $"{TickMarks.Number(bytes / 1e3, 1)} kB",
        < 1_000_000_000 => $"{TickMarks.Number(bytes / 1e6, 1)} MB",
        _ => $"{TickMarks.Number(bytes / 1e9, 1)} GB",
    };
}
