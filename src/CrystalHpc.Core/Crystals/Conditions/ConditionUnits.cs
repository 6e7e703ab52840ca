namespace CrystalHpc.Core.Crystals;

/// <summary>The two conditions of a measurement that files state.</summary>
internal enum ConditionKind
{
    /// <summary>Temperature, in K.</summary>
    Temperature,

    /// <summary>Pressure, in kPa.</summary>
    Pressure,
}

/// <summary>Units of temperature and pressure, as files write them.</summary>
internal static class ConditionUnits
{
    /// <summary>Temperature of a laboratory, K.</summary>
    public const double RoomTemperatureKelvin = 295;

    /// <summary>Pressure of the atmosphere, kPa.</summary>
    public const double AtmosphereKilopascal = 101.325;

    /// <summary>
    /// Regular expression of a unit: group <c>kelvin</c>, <c>celsius</c>, <c>fahrenheit</c> or <c>pressure</c>. <c>\%</c> is the degree
    /// sign of CIF 1.1. A letter or digit after the unit makes it none (<c>3 Cu</c>), and <c>3C</c> is a polytype.
    /// </summary>
    public const string Pattern =
        @"(?:(?<kelvin>(?:[°º]|\\%|deg(?:rees?|\.)?)?\s*(?:K|[Kk]elvins?))"
        + @"|(?<celsius>(?:[°º˚]|\\%|o(?=C)|deg(?:rees?|\.)?)?\s*(?:(?<!(?<![\d.])\d)C|[Cc]elsius|[Cc]entigrade))"
        + @"|(?<fahrenheit>(?:[°º˚]|\\%|deg(?:rees?|\.)?)\s*(?:F|[Ff]ahrenheit))"
        + @"|(?<pressure>[GMkm]?[Pp][Aa]|(?i:(?:kilo|mega|giga)(?:pascals?|bars?))|[kKMm]?bars?|[kK]b|atm(?:ospheres?|\.)?|[Tt]orr"
        + @"|mm\s?Hg))(?![A-Za-z0-9])";

    /// <summary>Kilopascals of one unit of pressure.</summary>
    public static double Kilopascals(string unit)
    {
        if (unit.StartsWith("atm", StringComparison.OrdinalIgnoreCase))
            return AtmosphereKilopascal;
        bool isBar = unit.Contains("bar", StringComparison.OrdinalIgnoreCase) || unit is "kb" or "Kb";
        if (!isBar && !unit.Contains("pa", StringComparison.OrdinalIgnoreCase))
            return AtmosphereKilopascal / 760;
        double factor = unit switch
        {
            ['G' or 'g', ..] => 1e9,
            ['M', ..] or ['m', 'e' or 'E', ..] => 1e6,
            ['k' or 'K', ..] => 1e3,
            ['m', ..] => 1e-3,
            _ => 1,
        };
        return isBar ? factor * 100 : factor / 1000;
    }

    /// <summary>Kelvin of a temperature in degrees Celsius.</summary>
    public static double FromCelsius(double celsius) => celsius + 273.15;

    /// <summary>Kelvin of a temperature in degrees Fahrenheit.</summary>
    public static double FromFahrenheit(double fahrenheit) => FromCelsius((fahrenheit - 32) / 1.8);
}
