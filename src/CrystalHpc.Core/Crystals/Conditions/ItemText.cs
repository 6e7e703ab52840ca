using System.Text.RegularExpressions;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Values of items that should be a number in the unit of the dictionary, and often are not: <c>'1273 K'</c>, <c>&lt;20</c>,
/// <c>'12.5 %'</c>, <c>0,05</c>, <c>'room temperature'</c>. Null means that a value is there and cannot be read.
/// </summary>
internal static partial class ItemText
{
    /// <summary>True for words that say that there is no value: <c>n/a</c>, <c>unknown</c>, <c>'?'</c>, <c>--</c>.</summary>
    public static bool SaysNothing(string text) => Absent().IsMatch(text);

    /// <summary>A temperature, K; a bare number below zero was meant in degrees Celsius.</summary>
    public static ValueRange? Temperature(string text)
    {
        if (Room().IsMatch(text))
            return ValueRange.Exactly(ConditionUnits.RoomTemperatureKelvin);
        if (Read(text, UnitOfCondition(), out Match unit) is not { } value || unit.Groups["pressure"].Success)
            return null;
        if (unit.Groups["fahrenheit"].Success)
            return new ValueRange(ConditionUnits.FromFahrenheit(value.Low), ConditionUnits.FromFahrenheit(value.High));
        bool isCelsius = unit.Groups["celsius"].Success || (value.Low is < 0 and >= -273.15 && !unit.Success);
        value = isCelsius ? new ValueRange(ConditionUnits.FromCelsius(value.Low), ConditionUnits.FromCelsius(value.High)) : value;
        return value.Low >= 0 ? value : null;
    }

    /// <summary>A pressure, kPa.</summary>
    public static ValueRange? Pressure(string text)
    {
        if (Room().IsMatch(text))
            return ValueRange.Exactly(ConditionUnits.AtmosphereKilopascal);
        if (Read(text, UnitOfCondition(), out Match unit) is not { } value || (unit.Success && !unit.Groups["pressure"].Success))
            return null;
        return unit.Success ? value.Times(ConditionUnits.Kilopascals(unit.Groups["pressure"].Value)) : value;
    }

    /// <summary>A share, as a fraction: a percent sign is understood.</summary>
    public static ValueRange? Fraction(string text) =>
        Read(text, Percent(), out Match unit) is { } value ? value.Times(unit.Success ? 0.01 : 1) : null;

    /// <summary>A density, g/cm³.</summary>
    public static ValueRange? Density(string text) =>
        Read(text, UnitOfDensity(), out Match unit) is { } value ? value.Times(unit.Groups["kilogram"].Success ? 0.001 : 1) : null;

    /// <summary>A number without a unit.</summary>
    public static ValueRange? Number(string text) => Read(text, Nothing(), out _);

    // A number or several with one of the units, or without; nothing else but a remark in parentheses.
    private static ValueRange? Read(string text, Regex units, out Match unit)
    {
        unit = Match.Empty;
        Match number = Numbers().Match(text);
        if (!number.Success)
            return null;
        ValueRange value = NumberText.Parse(number);
        string rest = Remark().Replace(text[number.Length..], "").Trim(' ', '_', '\n', '\r', '\t');
        if (rest.Length > 0)
        {
            unit = units.Match(rest);
            if (!unit.Success || unit.Length != rest.Length)
                return null;
        }

        return number.Groups["op"].Value switch
        {
            ['<' or '\u2264', ..] => value with { Low = Math.Min(0, value.Low) },
            ['>' or '\u2265', ..] => value with { High = double.PositiveInfinity },
            _ => value,
        };
    }

    [GeneratedRegex(
        @"^\s*(?:(?<op>[<>]=?|[\u2264\u2265])|~|\u2248|=|ca\.?|circa|about|approx\.?|approximately)?\s*" + NumberText.Pattern,
        RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    [GeneratedRegex("^(?:(?<kelvin>k$)|" + ConditionUnits.Pattern + ")", RegexOptions.CultureInvariant)]
    private static partial Regex UnitOfCondition();

    [GeneratedRegex("^%", RegexOptions.CultureInvariant)]
    private static partial Regex Percent();

    [GeneratedRegex(@"^(?:(?:g|gm|Mg|Mgm|t)\s*(?:/|\.|\s)\s*\(?(?:cm|m|cc)\s*\^?[-\u2212]?3?\^?\)?|(?<kilogram>kg)\s*(?:/|\.|"
        + @"\s)\s*m\s*\^?[-\u2212]?3\^?)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex UnitOfDensity();

    [GeneratedRegex("^(?!)", RegexOptions.CultureInvariant)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"\([^()]*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Remark();

    [GeneratedRegex(
        @"^\s*(?:(?:room|ambiente?|laboratory|normal|atmospheric|standard)(?:[\s_-]*(?:temperature|temp\.?|pressure"
        + @"|conditions?|T|P))?|R\.?T\.?|STP"
        + @"|(?:temp\S*rature\s+)?ambiante|Raumtemperatur|Zimmertemperatur)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Room();

    [GeneratedRegex(
        @"^[\s?.*_-]*$|^\s*(?:n\.?\s?/?\s?a\.?|n\.?\s?[dm]\.?|none|null|nan|unknown|see\s+\w+|not?\s+(?:given|known"
        + @"|measured|determined|available|reported|applicable|stated))\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Absent();
}
