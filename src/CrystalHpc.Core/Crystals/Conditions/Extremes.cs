using System.Text.RegularExpressions;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Words for conditions far from those of a room, without a number: <c>at high pressure</c>, <c>low-temperature neutron diffraction</c>,
/// <c>a basse temperature</c>. Names of phases (<c>high-pressure form</c>) and of syntheses are none: such samples are often measured in a
/// room.
/// </summary>
internal static partial class Extremes
{
    /// <summary>Regular expression of such words; the group <c>low</c> is set where the condition is a low one.</summary>
    public const string Pattern = "(?i:" + Preposition + "|" + French + "|" + German + "|" + Attribute
        + @"|\b(?:under|sous)[\s-]+(?:pressure|pression|compression)\b)";

    // 'and high-temperature ...' names a phase more often than not.
    private const string Preposition =
        @"\b(?:at|under|(?:to|and)(?=(?:\s\w+)?\s(?:high|low)\s(?:temperatures|pressures)\b))\s+"
        + @"(?:very\s+|extremely\s+|lower[\s-]+|upper[\s-]+)?"
        + @"(?:high|elevated|mantle|megabar|mbar|cryogenic(?<low>)|liquid[\s-]+(?:helium|hydrogen|nitrogen|air)(?<low>)|(?<low>low))[\s-]+"
        + @"(?:pressures?|temperatures?)(?:\s+and\s+(?:high[\s-]+)?(?:pressures?|temperatures?))?\b";

    private const string French = @"\b[aà]\s+(?:tr[eè]s\s+)?(?:hautes?|(?<low>basses?))\s+(?:temp[eé]ratures?|pressions?)\b";

    private const string German = @"\b(?:bei|unter)\s+(?:sehr\s+)?(?:hoh\w+|(?<low>tief\w+|niedrig\w+))\s+(?:Temperatur\w*|Dr[uü]e?ck\w*)";

    // The condition of a study, not that of a phase: 'high-temperature crystal structures', 'low-temperature behavior', 'high-pressure
    // single-crystal X-ray diffraction', but not 'high-pressure synthesis', 'high-temperature modification'.
    private const string Attribute =
        @"\b(?:high|(?<low>low))[\s-]+(?:temperature|pressure)[\s-]+(?:(?:in[\s-]situ|single[\s-]crystal|powder|x-ray|neutron"
        + @"|synchrotron|crystal|magnetic|structural|and|comparative)[\s-]+)*"
        + @"(?:diffraction|stud(?:y|ies)|structures?|investigations?|behaviou?r|crystallography|chemistry|refinements?|compressibility)\b";

    /// <summary>True when the words are of temperature.</summary>
    public static bool NamesTemperature(string words) => words.Contains("temp", StringComparison.OrdinalIgnoreCase);

    /// <summary>True when the words are of pressure.</summary>
    public static bool NamesPressure(string words) => Pressure().IsMatch(words);

    /// <summary>The places where a text speaks of temperature or pressure in whatever way, factors of thermal motion aside.</summary>
    public static IReadOnlyList<string> Spoken(string text) => [.. AnyWord().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("press|druck|dr[uü]e?ck", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pressure();

    [GeneratedRegex(
        @"(?:[\w-]+\s)?(?:[\w-]*(?:temp[eé]ratur|pressure)\w*|\bpressions?|(?:hi|high|low|lo)-[TP])\b(?!\s+(?:factor|parameter))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AnyWord();
}
