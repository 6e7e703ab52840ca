using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Formulas;

/// <summary>Formulas in smallest whole numbers, and the orders they are written in.</summary>
internal static class ReducedFormula
{
    private static readonly Element Hydrogen = Element.Of("H");
    private static readonly Element Carbon = Element.Of("C");

    // Rank of every element in the alphabet of symbols.
    private static readonly byte[] Alphabetical = RankSymbols();

    /// <summary>
    /// Brings amounts to the smallest whole numbers in the same proportion, isotopes added up; false when they do not fit 64 bits.
    /// </summary>
    /// <param name="terms">Ordered by atomic number.</param>
    /// <param name="reduced">The counts, in the same order.</param>
    public static bool TryReduce(ReadOnlySpan<FormulaTerm> terms, out ElementCount[] reduced)
    {
        var amounts = new ElementCount[terms.Length];
        reduced = amounts;
        Int128 denominator = 1, divisor = 0;
        foreach (FormulaTerm term in terms)
        {
            Int128 other = term.Amount.Denominator;
            if (other == 1)
                continue;
            denominator = denominator / Rational.GreatestCommonDivisor(denominator, other) * other;
            if (denominator > long.MaxValue)
                return false;
        }

        Span<Int128> counts = terms.Length <= Element.Count ? stackalloc Int128[terms.Length] : new Int128[terms.Length];
        int elements = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            Rational amount = terms[i].Amount;
            Int128 count = denominator == 1 ? amount.Numerator : amount.Numerator * (denominator / amount.Denominator);
            if (count > Int128.MaxValue / 1024)
                return false;
            bool isNew = i == 0 || terms[i].Element != terms[i - 1].Element;
            if (isNew)
            {
                amounts[elements] = new ElementCount(terms[i].Element, 0);
                counts[elements++] = count;
            }
            else
            {
                counts[elements - 1] += count;
            }
        }

        for (int i = 0; i < elements; i++)
            divisor = Rational.GreatestCommonDivisor(counts[i], divisor);
        for (int i = 0; i < elements; i++)
        {
            Int128 count = divisor == 1 ? counts[i] : counts[i] / divisor;
            if (count > long.MaxValue)
                return false;
            amounts[i] = amounts[i] with { Count = (long)count };
        }

        if (elements < terms.Length)
            reduced = amounts[..elements];
        return true;
    }

    /// <summary>
    /// Carbon, hydrogen, then the rest by symbol; without carbon all by symbol (E. A. Hill, J. Am. Chem. Soc. 22 (1900) 478-494).
    /// </summary>
    public static ElementCount[] InHillOrder(ElementCount[] counts)
    {
        bool isOrganic = Array.Exists(counts, count => count.Element == Carbon);
        ElementCount[] ordered = [.. counts];
        Array.Sort(ordered, (left, right) => HillRank(left.Element, isOrganic).CompareTo(HillRank(right.Element, isOrganic)));
        return ordered;
    }

    /// <summary>The same of terms; isotopes of an element by mass number.</summary>
    public static IEnumerable<FormulaTerm> InHillOrder(FormulaTerm[] terms)
    {
        bool isOrganic = Array.Exists(terms, term => term.Element == Carbon);
        return terms.OrderBy(term => HillRank(term.Element, isOrganic));
    }

    /// <summary>Symbols and counts in the order given; 1 is left out.</summary>
    public static string Write(ElementCount[] counts)
    {
        var text = new StringBuilder(counts.Length * 3);
        foreach ((Element element, long count) in counts)
        {
            text.Append(element.Symbol);
            if (count != 1)
                text.Append(CultureInfo.InvariantCulture, $"{count}");
        }

        return text.ToString();
    }

    /// <summary>Letters instead of symbols, by rising count.</summary>
    public static string Anonymous(ElementCount[] counts)
    {
        var text = new StringBuilder();
        int letter = 0;
        foreach (long count in counts.Select(entry => entry.Count).Order())
        {
            text.Append((char)('A' + letter % 26));
            if (letter >= 26)
                text.Append((char)('a' + letter / 26 - 1));
            if (count != 1)
                text.Append(CultureInfo.InvariantCulture, $"{count}");
            letter++;
        }

        return text.ToString();
    }

    private static int HillRank(Element element, bool isOrganic) =>
        isOrganic && element == Carbon ? -2 : isOrganic && element == Hydrogen ? -1 : Alphabetical[element.AtomicNumber];

    private static byte[] RankSymbols()
    {
        var ranks = new byte[Element.Count + 1];
        byte rank = 0;
        IEnumerable<Element> elements = Enumerable.Range(1, Element.Count).Select(number => new Element((byte)number));
        foreach (Element element in elements.OrderBy(element => element.Symbol, StringComparer.Ordinal))
            ranks[element.AtomicNumber] = rank++;
        return ranks;
    }
}
