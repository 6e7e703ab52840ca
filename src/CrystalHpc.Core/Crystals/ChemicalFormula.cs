using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Core.Crystals;

/// <summary>A composition: how many atoms of each element, in a formula unit or in a cell. Ordered by atomic number.</summary>
public sealed class ChemicalFormula
{
    private readonly SortedDictionary<Element, double> _counts;

    private ChemicalFormula(SortedDictionary<Element, double> counts) => _counts = counts;

    /// <summary>The elements with their counts, by atomic number.</summary>
    public IReadOnlyDictionary<Element, double> Counts => _counts;

    /// <summary>Atoms of an element; 0 when it does not occur.</summary>
    public double this[Element element] => _counts.GetValueOrDefault(element);

    /// <summary>
    /// Reads a formula as a file states it, such as <c>C4 H4 Fe0.5 O</c> or <c>(Mg.88 Fe.12) Ca Si O4</c>; deuterium and tritium count as
    /// hydrogen.
    /// False for what <see cref="Formula"/> refuses. Lines may break wherever blanks may stand.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ChemicalFormula formula)
    {
        var counts = new SortedDictionary<Element, double>();
        formula = new ChemicalFormula(counts);
        if (text.ContainsAny('\r', '\n'))
            text = text.ToString().ReplaceLineEndings(" ");
        if (!Formula.TryParse(text, out Formula? read, out _))
            return false;
        foreach (FormulaTerm term in read.Terms)
            counts[term.Element] = counts.GetValueOrDefault(term.Element) + term.Amount.ToDouble();
        return true;
    }

    /// <summary>What the atom list puts into one cell: multiplicity times occupancy, with the hydrogen atoms said to be attached.</summary>
    public static ChemicalFormula OfCell(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        var counts = new SortedDictionary<Element, double>();
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            AtomSite atom = structure.Sites[site];
            double atoms = structure.Multiplicity(site) * atom.Occupancy;
            counts[atom.Element] = counts.GetValueOrDefault(atom.Element) + atoms;
            if (atom.AttachedHydrogens > 0)
                counts[Hydrogen] = counts.GetValueOrDefault(Hydrogen) + atoms * atom.AttachedHydrogens;
        }

        return new ChemicalFormula(counts);
    }

    /// <summary>Hydrogen.</summary>
    internal static Element Hydrogen { get; } = Element.Of("H");

    /// <summary>The composition divided by the greatest number that leaves whole counts; as it is when its counts are not whole.</summary>
    public ChemicalFormula Reduced()
    {
        int divisor = 0;
        foreach (double count in _counts.Values)
        {
            if (Math.Abs(count - Math.Round(count)) > 1e-6 || count > 1e6)
                return this;
            divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(divisor, (int)Math.Round(count));
        }

        var reduced = new SortedDictionary<Element, double>();
        foreach ((Element element, double count) in _counts)
            reduced[element] = Math.Round(count) / Math.Max(divisor, 1);
        return new ChemicalFormula(reduced);
    }

    /// <summary>
    /// Such as <c>Al2 O3</c>: C and H first when there is carbon, then by symbol (Hill 1900); counts to at most four decimals.
    /// </summary>
    public override string ToString()
    {
        bool organic = _counts.ContainsKey(Element.Of("C"));
        var text = new StringBuilder();
        foreach ((Element element, double count) in _counts.OrderBy(entry => HillKey(entry.Key, organic), StringComparer.Ordinal))
        {
            if (text.Length > 0)
                text.Append(' ');
            text.Append(element.Symbol);
            if (count != 1)
                text.Append(Math.Round(count, 4).ToString("0.####", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static string HillKey(Element element, bool organic) =>
        organic && element.Symbol is "C" or "H" ? " " + element.Symbol : element.Symbol;
}
