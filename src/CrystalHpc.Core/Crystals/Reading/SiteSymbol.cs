using System.Globalization;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Reads the element, and where written the charge, out of a type symbol (<c>Fe3+</c>, <c>O-2</c>, <c>Cval</c>) or a label
/// (<c>Si1A</c>, <c>OW2</c>, <c>SiT1</c>, <c>CA1</c>).
/// </summary>
public static class SiteSymbol
{
    private static readonly Element Vanadium = Element.Of("V");

    // Names of groups and water that are no element symbols; the atom on the site is the one with coordinates.
    private static readonly (string Name, string Element, int Hydrogens)[] Groups =
    [
        ("Wat", "O", 2), ("H2O", "O", 2), ("OH2", "O", 2), ("O-H", "O", 1), ("OH", "O", 1), ("Ow", "O", 0), ("Hw", "H", 0),
        ("D2O", "O", 2), ("H3O", "O", 3),
        ("NO3", "N", 0), ("NH4", "N", 4), ("ND4", "N", 4), ("NH3", "N", 3),
    ];

    /// <summary>
    /// Element of a type symbol: element, optionally followed by letters that name a scattering factor, digits, and a charge.
    /// </summary>
    public static bool TryParseType(ReadOnlySpan<char> symbol, out Element element)
    {
        symbol = symbol.Trim();
        int letters = CountLetters(symbol);
        element = default;
        if (SiteComposition.IsNoAtom(symbol))
            return false;
        if (TryParseGroup(symbol, out element, out _))
            return true;
        if (SiteComposition.NamesSeveral(symbol, isLabel: false) || (symbol.Contains('.') && SiteComposition.Shares(symbol.ToString())
            is not null))
            return false;
        bool isFound = TryParseElement(symbol[..letters], allowIsotopes: true, out element)
            || (letters > 2 && char.IsAsciiLetterLower(symbol[1]) && (TryParseElement(symbol[..2], true, out element)
                || IsVal(symbol, out element)));
        return isFound && SiteComposition.OccursInCrystals(element);
    }

    /// <summary>Charge of a type symbol such as <c>Fe3+</c>, <c>Fe+3</c>, <c>Na+</c>, <c>Sm2.5+</c>; null when none is written.</summary>
    public static double? ChargeOfType(ReadOnlySpan<char> symbol)
    {
        symbol = symbol.Trim();
        ReadOnlySpan<char> rest = symbol[CountLetters(symbol)..];
        if (rest.IsEmpty)
            return null;
        (bool leads, bool trails) = (rest[0] is '+' or '-', rest[^1] is '+' or '-');
        if (leads && rest.Length == 1)
            return rest[0] == '+' ? 1 : -1;
        if (leads == trails)
            return null;
        ReadOnlySpan<char> digits = leads ? rest[1..] : rest[..^1];
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double size))
            return null;
        return (leads ? rest[0] : rest[^1]) == '-' && size != 0 ? -size : size;
    }

    /// <summary>
    /// Element of a label. Where the first two letters and the first alone are both symbols, the sum formula decides; failing that the
    /// longer one when it is written like a symbol or is no exotic element.
    /// </summary>
    /// <param name="label">The label.</param>
    /// <param name="formula">The sum formula, when there is one.</param>
    /// <param name="element">The element.</param>
    /// <param name="guessed">True when both readings were open to the end.</param>
    public static bool TryParseLabel(ReadOnlySpan<char> label, ChemicalFormula? formula, out Element element, out bool guessed)
    {
        label = label.Trim();
        guessed = false;
        element = default;
        int letters = CountLetters(label);
        if (letters == 0)
            return false;
        bool isGroup = TryParseGroup(label, out Element group, out _);
        if (!isGroup && (SiteComposition.NamesSeveral(label, isLabel: true) || IsNoAtom(label, formula)))
            return false;
        bool hasTwo = letters > 1 && TryParseElement(label[..2], false, out element);
        Element two = element;
        bool hydrogenIsotope = label[0] is 'D' or 'd' && (formula is null || formula[ChemicalFormula.Hydrogen] > 0);
        bool hasOne = TryParseElement(label[..1], hydrogenIsotope, out Element one);
        if (hasTwo && hasOne && formula is not null && formula[two] > 0 != formula[one] > 0)
        {
            element = formula[two] > 0 ? two : one;
            return true;
        }

        if (isGroup && !(hasTwo && formula?[two] > 0))
        {
            element = group;
            return true;
        }

        if (hasTwo && hasOne)
        {
            guessed = !char.IsAsciiLetterLower(label[1]) || two.Symbol is "Os" or "Ho";
            element = IsExotic(two) ? one : two;
            return true;
        }

        element = hasTwo ? two : one;
        return hasTwo || hasOne;
    }

    /// <summary>True for a label of a vacancy or of a point that is no atom; with vanadium in the formula, <c>Va</c> is an atom.</summary>
    public static bool IsNoAtom(ReadOnlySpan<char> label, ChemicalFormula? formula) =>
        SiteComposition.IsNoAtom(label) && !(label.StartsWith("Va", StringComparison.Ordinal)
            && !label.StartsWith("Vac", StringComparison.Ordinal)
            && formula?[Vanadium] > 0);

    /// <summary>Hydrogen atoms that a name of a group implies: two for <c>Wat</c>, one for <c>O-H</c>; 0 for everything else.</summary>
    public static int ImpliedHydrogens(ReadOnlySpan<char> name) => TryParseGroup(name.Trim(), out _, out int hydrogens) ? hydrogens : 0;

    private static bool TryParseGroup(ReadOnlySpan<char> name, out Element element, out int hydrogens)
    {
        foreach ((string group, string symbol, int count) in Groups)
        {
            if (name.StartsWith(group, StringComparison.OrdinalIgnoreCase) && EndsThere(name, group))
            {
                (element, hydrogens) = (Element.Of(symbol), count);
                return true;
            }
        }

        (element, hydrogens) = (default, 0);
        return false;
    }

    // 'Watz1' is water, but 'Owen' is nothing, and 'H2O3' is the second hydrogen atom of O3.
    private static bool EndsThere(ReadOnlySpan<char> name, string group) =>
        name.Length == group.Length || group == "Wat" || (group is not ("H2O" or "H3O" or "D2O")
            && !char.IsAsciiLetterLower(name[group.Length]));

    // Elements of which hardly a crystal is known: a label names one only when nothing else fits.
    private static bool IsExotic(Element element) =>
        element.AtomicNumber > 98 || element.Symbol is "He" or "Ne" or "Ar" or "Rn" or "At" or "Fr" or "Po";

    // Scattering factors of valence states: Cval and Siva of International Tables C, 6.1.1.
    private static bool IsVal(ReadOnlySpan<char> symbol, out Element element)
    {
        element = default;
        return symbol[1..].StartsWith("va", StringComparison.OrdinalIgnoreCase) && TryParseElement(symbol[..1], true, out element);
    }

    private static bool TryParseElement(ReadOnlySpan<char> symbol, bool allowIsotopes, out Element element)
    {
        element = default;
        return (allowIsotopes || symbol is not ("D" or "T")) && symbol.Length is 1 or 2 && Element.TryParse(symbol, out element);
    }

    private static int CountLetters(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiLetter(text[count]))
            count++;
        return count;
    }
}
