using System.Globalization;
using System.Text.RegularExpressions;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Type symbols and labels that stand for something other than one element: several elements on one site (<c>Ca0.9Mg0.1</c>, <c>Ca/Mg</c>,
/// <c>0.75Na + 0.25K</c>), a vacancy, a point that is no atom.
/// </summary>
internal static partial class SiteComposition
{
    // Shares add up to at most one atom, give or take their last digit.
    private const double MostAtoms = 1.01;

    // Elements beyond einsteinium are in no crystal: Cn is a centroid.
    private const int LastInCrystals = 99;

    /// <summary>True for names of vacancies and centroids, which are no atoms.</summary>
    public static bool IsNoAtom(ReadOnlySpan<char> text) => NoAtom().IsMatch(text);

    /// <summary>True for an element of which crystals are known.</summary>
    public static bool OccursInCrystals(Element element) => element.AtomicNumber <= LastInCrystals;

    /// <summary>
    /// True when a text names two elements or more. Single letters directly behind a symbol are often names of sites (<c>AlM1</c>,
    /// <c>FeB</c>),
    /// so in a label they count only behind a separator.
    /// </summary>
    public static bool NamesSeveral(ReadOnlySpan<char> text, bool isLabel)
    {
        Element? first = null;
        foreach (ValueMatch match in Symbols().EnumerateMatches(text))
        {
            ReadOnlySpan<char> symbol = text.Slice(match.Index, match.Length);
            if (symbol is "D" or "T" || !Element.TryParse(symbol, out Element element) || !Stands(text, match.Index, match.Length, isLabel))
                continue;
            if (first is { } earlier && earlier != element)
                return true;
            first ??= element;
        }

        return false;
    }

    /// <summary>The elements of a site with their shares; null unless every element has one and they make up at most one atom.</summary>
    public static IReadOnlyList<(Element Element, double Share)>? Shares(string text)
    {
        Match match = NumbersFirst().Match(text) is { Success: true } leading ? leading : NumbersLast().Match(text);
        if (!match.Success)
            return null;
        CaptureCollection symbols = match.Groups["symbol"].Captures, numbers = match.Groups["number"].Captures;
        var shares = new List<(Element, double)>(symbols.Count);
        double total = 0;
        for (int i = 0; i < symbols.Count; i++)
        {
            double share = double.Parse(numbers[i].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            total += share;
            if (IsNoAtom(symbols[i].Value))
                continue;
            if (symbols[i].Value is "T" || !Element.TryParse(symbols[i].Value, out Element element) || share <= 0)
                return null;
            shares.Add((element, share));
        }

        return shares.Count > 0 && total <= MostAtoms ? shares : null;
    }

    // Whether a symbol at this place is one of its own, given what stands before it.
    private static bool Stands(ReadOnlySpan<char> text, int index, int length, bool isLabel)
    {
        if (index == 0)
            return true;
        char before = text[index - 1];
        if (before is '/' or ',' or '&' or '|' or ';' || (before is '_' && !isLabel))
            return true;
        if (before is '+' && index > 1 && char.IsAsciiLetter(text[index - 2]))
            return true;
        // 'Fe3+B' and 'H(C2)' are labels of one element, '(Ca,Mg)' is none.
        if (before is '+' or '-' or ':' or '(' or ' ')
            return length > 1 ? before != '(' || !isLabel || index == 1 : !isLabel && text[index] != 'H';
        if (before is '.' || (char.IsAsciiDigit(before) && HasDecimals(text[..index])))
            return true;
        // 'MgFe', and 'CaO' in a type symbol; 'OSi' is an oxygen atom at silicon.
        return length > 1 ? !isLabel || (index > 1 && (char.IsAsciiLetterLower(before) || char.IsAsciiDigit(before)))
            : !isLabel && char.IsAsciiLetterLower(before);
    }

    private static bool HasDecimals(ReadOnlySpan<char> text) => Decimals().IsMatch(text);

    [GeneratedRegex(
        @"^(?:vac(?:ancy|ancies|ant)?|va|\[\s*\]|\u25a1|cnt(?:r|rd)?|cent(?:roid|er|re)?|cen|ctr|cg|du|dum|dummy|void|ghost|"
        + @"bq)[\d._-]*[A-Za-z]?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NoAtom();

    [GeneratedRegex("[A-Z][a-z]?(?![a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Symbols();

    [GeneratedRegex(@"\d*\.\d+[-+\d]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Decimals();

    [GeneratedRegex(
        @"^\(?(?:\s*(?<number>\d*\.?\d+)(?:\(\d+\))?\s*\*?\s*(?<symbol>[A-Z][a-z]*)(?:\d[+-]|[+-]\d)?\s*[+,/&;]?)+\s*\)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex NumbersFirst();

    [GeneratedRegex(
        @"^\(?(?:\s*(?<symbol>[A-Z][a-z]*)(?:\d[+-]|[+-]\d)?\s*[:_]?\s*(?<number>\d*\.\d+|[01])(?:\(\d+\))?\s*[+,/&;]?)+\s*\)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex NumbersLast();
}
