using System.Text.RegularExpressions;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>
/// States that a chemical name gives by Stock's numerals, <c>nickel(II) divanadium(V) ditellurium(IV) decaoxide</c>, or by the numbers of
/// Ewens and Bassett, <c>iron(3+)</c>. They come from the authors, so they replace the common states of their element.
/// </summary>
internal static partial class StockNumerals
{
    private static readonly string[] Prefixes =
        ["di", "tri", "tetra", "tetr", "penta", "pent", "hexa", "hepta", "octa", "nona", "deca", "dodeca", "bis", "tris", "oxo",
            "hexahydroxo"];

    private static readonly string[] Numerals = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII"];

    /// <summary>The state of each element that a name gives one state; elements with several (mixed valence) are left out.</summary>
    public static IReadOnlyDictionary<Element, int> Read(string name)
    {
        var states = new Dictionary<Element, int>();
        var several = new HashSet<Element>();
        foreach (Match match in Numeral().Matches(name))
        {
            string numeral = match.Groups["numeral"].Value;
            int state = numeral[^1] == '+' ? numeral[0] - '0' : Array.IndexOf(Numerals, numeral.ToUpperInvariant());
            if (state < 1 || !TryFindElement(match.Groups["name"].Value, out Element element))
                continue;
            if (!states.TryAdd(element, state) && states[element] != state)
                several.Add(element);
        }

        foreach (Element element in several)
            states.Remove(element);
        return states;
    }

    // 'divanadium' is two of vanadium; the longest name at the end of the word counts, so that 'tin' is not found in 'platin'.
    private static bool TryFindElement(string word, out Element element)
    {
        if (ElementNames.TryFind(word, out element))
            return true;
        foreach (string prefix in Prefixes)
        {
            if (word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && ElementNames.TryFind(word[prefix.Length..], out element))
                return true;
        }

        return false;
    }

    [GeneratedRegex(@"(?<name>[A-Za-z]+)\s?\((?<numeral>[IVX]{1,4}|[1-8]\+)\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Numeral();
}
