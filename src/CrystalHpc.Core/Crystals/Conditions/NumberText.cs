using System.Globalization;
using System.Text.RegularExpressions;

namespace CrystalHpc.Core.Crystals;

/// <summary>Numbers as people write them: uncertainties, decimal commas, powers of ten, lists and ranges.</summary>
internal static partial class NumberText
{
    /// <summary>
    /// Regular expression of one number or of several that share what follows: <c>4.2</c>, <c>293(2)</c>, <c>293 +/- 2</c>, <c>0,05</c>,
    /// <c>85 x 10^2</c>, <c>4.2, 78 and 299</c>, <c>293-298</c>. Each number is a capture of the group <c>n</c>.
    /// </summary>
    public const string Pattern = Signed + @"(?:\s*(?:,?\s*(?:and|or|und|et|e|to|bis|a|&)\s|,\s|-|–|\.\.+)\s*" + Signed + ")*";

    private const string Signed =
        @"(?<n>[-\u2212+]?(?:\d+(?:[.,]\d+|\.)?|[.,]\d+)(?:[eE][-+]?\d+"
        + @"|\s*[x*]\s*10\s*\^\s*-?\d+)?)(?:\s?\(\d*\))?(?:\s*(?:\+/-|\+-|\\\+-|±)\s*[\d.]+(?:\(\d*\))?)?";

    /// <summary>
    /// The value of one number of <see cref="Pattern"/>. A comma before three digits may separate thousands: both readings count.
    /// </summary>
    public static ValueRange Parse(string number)
    {
        string text = number.Replace('\u2212', '-');
        int power = 0;
        if (PowerOfTen().Match(text) is { Success: true } factor)
        {
            power = int.Parse(factor.Groups["power"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..factor.Index];
        }

        ValueRange value = ValueRange.Exactly(ToDouble(text.Replace(',', '.')));
        if (Thousands().IsMatch(text))
            value = value.Hull(ValueRange.Exactly(ToDouble(text.Replace(",", "", StringComparison.Ordinal))));
        return value.Times(Math.Pow(10, power));
    }

    /// <summary>All numbers of a match of <see cref="Pattern"/> together.</summary>
    public static ValueRange Parse(Match match)
    {
        CaptureCollection numbers = match.Groups["n"].Captures;
        ValueRange all = Parse(numbers[0].Value);
        for (int i = 1; i < numbers.Count; i++)
            all = all.Hull(Parse(numbers[i].Value));
        return all;
    }

    private static double ToDouble(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\s*[x*]\s*10\s*\^\s*(?<power>-?\d{1,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex PowerOfTen();

    // 1,273 but not 0,125.
    [GeneratedRegex(@"^[-+]?[1-9]\d{0,2},\d{3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Thousands();
}
