using System.Globalization;
using System.Text.RegularExpressions;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Temperature and pressure that an entry states only in its title, as those of the American Mineralogist database do: "T = 300 K",
/// "P = 5.2 GPa", "at 1000 deg C". Believed only where the title names one
/// value, no range, and no treatment of the sample (annealed, quenched, synthesized at ...).
/// </summary>
internal static partial class TitleConditions
{
    /// <summary>The one temperature named, K; null when none or several are.</summary>
    public static double? TemperatureKelvin(string title)
    {
        MatchCollection found = Temperatures().Matches(title);
        double?[] values = [.. found.Select(match => (double?)(Number(match) + (match.Groups["unit"].Value == "K" ? 0 : 273.15))).Distinct()];
        return values.Length == 1 && values[0] >= 0 && IsPlain(title) ? values[0] : null;
    }

    /// <summary>The one pressure named, kPa; null when none or several are.</summary>
    public static double? PressureKilopascal(string title)
    {
        MatchCollection found = Pressures().Matches(title);
        double?[] values = [.. found.Select(match => (double?)(Number(match) * Kilopascals(match.Groups["unit"].Value))).Distinct()];
        return values.Length == 1 && IsPlain(title) ? values[0] : null;
    }

    private static bool IsPlain(string title) => !Range().IsMatch(title) && !Treatment().IsMatch(title);

    private static double Number(Match match) => double.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture);

    private static double Kilopascals(string unit) => unit switch
    {
        "GPa" => 1e6,
        "MPa" => 1e3,
        "kbar" or "kb" => 1e5,
        "bar" => 1e2,
        _ => 1,
    };

    [GeneratedRegex(@"\b(?:T\s*=|at)\s*(?<value>-?\d{1,4}(?:\.\d+)?)\s*(?:deg(?:rees)?\.?\s*)?(?<unit>K|C)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Temperatures();

    [GeneratedRegex(@"\b(?:P\s*=|at)\s*(?<value>\d{1,4}(?:\.\d+)?)\s*(?<unit>GPa|MPa|kPa|kbar|kb|bar)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Pressures();

    [GeneratedRegex(
        "anneal|quench|heat|synthesi|prepar|grown|growth|crystalli[sz]ed|treat|recover|calcin|fired|method|equilibrat|sinter|melt|induced|hydrothermal|dehydrat|deformed|shock",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Treatment();

    // "between 4 and 300 K", "up to 10 GPa", "at 25, 500 and 900 C", "5-300 K": what was measured here is not said.
    [GeneratedRegex(
        @"(?:\b(?:up to|between|from|to|and)\s+|\d\s*[-,]\s*)-?\d+(?:\.\d+)?\s*(?:deg(?:rees)?\.?\s*)?(?:K|C|GPa|MPa|kPa|kbar|kb|bar)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Range();
}
