using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Formulas;

/// <summary>What a chemical formula means: exact amounts of elements, isotopes where they are named, and a charge.</summary>
public sealed class Formula
{
    private readonly FormulaTerm[] _terms;
    private readonly ElementCount[] _reduced;

    private Formula(FormulaTerm[] terms, ElementCount[] reduced, int charge)
    {
        _terms = terms;
        _reduced = reduced;
        Charge = charge;
    }

    /// <summary>The atoms of a formula unit, ordered by atomic number, then by mass number.</summary>
    public IReadOnlyList<FormulaTerm> Terms => _terms;

    /// <summary>
    /// The elements with the smallest whole numbers of atoms in the same proportion, ordered by atomic number. Isotopes are added up.
    /// </summary>
    public IReadOnlyList<ElementCount> ReducedCounts => _reduced;

    /// <summary>Charge of a formula unit, e.</summary>
    public int Charge { get; }

    /// <summary>
    /// Mass of a formula unit, u. See <see cref="FormulaTerm.AtomMassU"/> for isotopes; the mass of electrons is left out.
    /// </summary>
    public double MassU
    {
        get
        {
            double mass = 0;
            foreach (FormulaTerm term in _terms)
                mass += term.Amount.ToDouble() * term.AtomMassU;
            return mass;
        }
    }

    /// <summary>Reads a formula as people write it (docs/formulas.md says which ways there are).</summary>
    /// <param name="text">The text.</param>
    /// <param name="formula">The formula; null when the text was refused.</param>
    /// <param name="refusal">Why it was refused; null when it was read.</param>
    public static bool TryParse(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out Formula? formula, [NotNullWhen(false)] out FormulaRefusal? refusal)
    {
        formula = FormulaParser.Parse(text, out refusal);
        return formula is not null;
    }

    /// <summary>Makes a formula of terms in the order of <see cref="Terms"/>; false when the reduced counts do not fit 64 bits.</summary>
    internal static bool TryCreate(ReadOnlySpan<FormulaTerm> terms, int charge, [NotNullWhen(true)] out Formula? formula)
    {
        formula = ReducedFormula.TryReduce(terms, out ElementCount[] reduced) ? new Formula(terms.ToArray(), reduced, charge) : null;
        return formula is not null;
    }

    /// <summary>
    /// The reduced formula in the order of Hill (1900), such as <c>Al2O3</c>; D and T count as hydrogen, the charge is left out.
    /// </summary>
    public string Reduced => ReducedFormula.Write(ReducedFormula.InHillOrder(_reduced));

    /// <summary>
    /// The reduced formula as pymatgen writes it, the key that tables are grouped and split by: elements by electronegativity, such as
    /// <c>SrTiO3</c> and <c>Sr(NO3)2</c>, but <c>O2</c> and <c>Na2O2</c>. With an amount that is not whole nothing is reduced and ones are
    /// written: <c>Ga1Sb0.8As0.2</c>. D and T count as hydrogen, the charge is left out.
    /// </summary>
    public string ReducedKey =>
        Array.TrueForAll(_terms, term => term.Amount.IsWhole) ? Formulas.ReducedKey.OfWhole(_reduced) : Formulas.ReducedKey.OfFractional(
            _terms);

    /// <summary>
    /// The reduced formula with letters for elements, by rising amount: <c>A2B3</c> for Al2O3, <c>ABC3</c> for SrTiO3; Aa follows Z.
    /// </summary>
    public string Anonymous => ReducedFormula.Anonymous(_reduced);

    /// <summary>
    /// The formula with its amounts as they are, isotopes and charge, in the order of Hill: <c>D2O</c>, <c>O4S^2-</c>; with blanks, so that
    /// no period can be taken for a separator, when an amount is not whole: <c>Co0.35 Fe0.65</c>. Reads back as the same formula.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        bool isWhole = Array.TrueForAll(_terms, term => term.Amount.IsWhole);
        foreach (FormulaTerm term in ReducedFormula.InHillOrder(_terms))
        {
            text.Append(isWhole || text.Length == 0 ? "" : " ").Append(term.Symbol);
            text.Append(term.Amount == Rational.One ? "" : term.Amount.ToString());
        }

        if (Charge != 0)
            text.Append(CultureInfo.InvariantCulture, $"^{Math.Abs(Charge)}{(Charge > 0 ? '+' : '-')}");
        return text.ToString();
    }
}

/// <summary>A whole number of atoms of an element.</summary>
/// <param name="Element">The element.</param>
/// <param name="Count">How many, at least 1.</param>
public readonly record struct ElementCount(Element Element, long Count);
