using System.Globalization;

namespace CrystalHpc.Engine.Report;

/// <summary>Round values to mark an axis with.</summary>
public static class TickMarks
{
    private const string SuperscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>The multiple of 1, 2 or 5 and a power of ten that divides a range into about so many parts.</summary>
    public static double Step(double low, double high, int about)
    {
        double raw = (high - low) / Math.Max(about, 1);
        double power = PowerOfTen((int)Math.Floor(Math.Log10(raw)));
        double fraction = raw / power;
        return power * (fraction < 1.5 ? 1 : fraction < 3.5 ? 2 : fraction < 7.5 ? 5 : 10);
    }

    /// <summary>The multiples of a step within a range, with as many decimals as the step needs.</summary>
    public static IReadOnlyList<Tick> Linear(double low, double high, double step)
    {
        int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 12);
        var ticks = new List<Tick>();
        for (long i = (long)Math.Ceiling(low / step - 1e-9); i <= (long)Math.Floor(high / step + 1e-9); i++)
            ticks.Add(new Tick(i * step, Number(i * step, decimals)));
        return ticks;
    }

    /// <summary>Powers of ten, every one or every n-th.</summary>
    public static IReadOnlyList<Tick> Logarithmic(double low, double high, int about)
    {
        int first = (int)Math.Ceiling(Math.Log10(low) - 1e-9), last = (int)Math.Floor(Math.Log10(high) + 1e-9);
        int stride = Math.Max(1, (int)Math.Ceiling((last - first) / (double)Math.Max(about, 1)));
        bool isPlain = first >= -2 && last <= 4;
        return [.. Enumerable.Range(first, Math.Max(0, last - first + 1))
            .Where(exponent => (exponent - first) % stride == 0)
            .Select(exponent => new Tick(PowerOfTen(exponent), isPlain ? Number(PowerOfTen(exponent), Math.Max(0, -exponent)) : "10"
                + Superscript(exponent)))];
    }

    /// <summary>A number for people: commas between thousands, a true minus sign.</summary>
    public static string Number(double value, int decimals)
    {
        string text = Math.Abs(value).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return value < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text : text;
    }

    /// <summary>10 to a whole power, correctly rounded.</summary>
    public static double PowerOfTen(int exponent)
        => double.Parse($"1e{exponent.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture);

    private static string Superscript(int number) =>
        (number < 0 ? "⁻" : "") + string.Concat(Math.Abs(number).ToString(CultureInfo.InvariantCulture)
            .Select(digit => SuperscriptDigits[digit - '0']));
}
