using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Formulas;

/// <summary>
/// The reduced formula as pymatgen writes it, by which tables of compounds are grouped and split
/// (S. P. Ong et al., Comput. Mater. Sci. 68 (2013) 314-319, doi 10.1016/j.commatsci.2012.10.028).
/// </summary>
internal static class ReducedKey
{
    // Two last elements whose electronegativities differ by less are written in brackets, as a polyatomic anion: Li3Mn(NiO3)2.
    private const double AnionDifference = 1.65;

    // Molecules and peroxides keep two atoms.
    private static readonly Dictionary<string, string> Doubled = new(StringComparer.Ordinal)
    {
        ["H"] = "H2", ["N"] = "N2", ["O"] = "O2", ["F"] = "F2", ["Cl"] = "Cl2",
        ["HO"] = "H2O2", ["LiO"] = "Li2O2", ["NaO"] = "Na2O2", ["KO"] = "K2O2", ["RbO"] = "Rb2O2", ["CsO"] = "Cs2O2",
    };

    /// <summary>The key of whole amounts without a common divisor.</summary>
    public static string OfWhole(ElementCount[] reduced)
    {
        ElementCount[] ordered = [.. reduced];
        Array.Sort(ordered, (left, right) => Compare(left.Element, right.Element));
        string key = EndsWithAnion(ordered, out long anions)
            ? $"{ReducedFormula.Write(ordered[..^2])}({ReducedFormula.Write(Divided(ordered[^2..], anions))}){anions}"
            : ReducedFormula.Write(ordered);
        return Doubled.GetValueOrDefault(key, key);
    }

    /// <summary>The key when an amount is not whole: amounts as they are, to eight places, ones written.</summary>
    public static string OfFractional(FormulaTerm[] terms)
    {
        var text = new StringBuilder();
        foreach (IGrouping<Element, FormulaTerm> atoms in terms.GroupBy(term => term.Element)
            .OrderBy(atoms => atoms.Key, Comparer<Element>.Create(Compare)))
            text.Append(atoms.Key.Symbol).Append(atoms.Sum(term => term.Amount.ToDouble())
                .ToString("0.########", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    private static bool EndsWithAnion(ElementCount[] ordered, out long anions)
    {
        anions = 1;
        if (ordered.Length < 3 || !(Electronegativity(ordered[^1]) - Electronegativity(ordered[^2]) < AnionDifference))
            return false;
        anions = (long)Rational.GreatestCommonDivisor(ordered[^1].Count, ordered[^2].Count);
        return anions > 1;
    }

    private static double Electronegativity(ElementCount count) => ElementData.ElectronegativityPauling(count.Element);

    private static ElementCount[] Divided(ElementCount[] counts, long divisor) =>
        Array.ConvertAll(counts, count => count with { Count = count.Count / divisor });

    // By rising electronegativity, then by symbol; elements without one (He, Ne, Ar) last.
    private static int Compare(Element left, Element right)
    {
        double first = ElementData.ElectronegativityPauling(left), second = ElementData.ElectronegativityPauling(right);
        int order = double.IsNaN(first) || double.IsNaN(second) ? double.IsNaN(first)
            .CompareTo(double.IsNaN(second)) : first.CompareTo(second);
        return order != 0 ? order : string.CompareOrdinal(left.Symbol, right.Symbol);
    }
}
