using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Formulas;

/// <summary>One kind of atom in a formula, and how many there are.</summary>
/// <param name="Element">The element; deuterium and tritium are hydrogen.</param>
/// <param name="MassNumber">Mass number of the isotope that the formula names; 0 for the natural mixture.</param>
/// <param name="Amount">Atoms a formula unit, above 0.</param>
public readonly record struct FormulaTerm(Element Element, int MassNumber, Rational Amount)
{
    private const double DeuteriumMass = 2.01410177812;
    private const double TritiumMass = 3.0160492779;

    /// <summary>
    /// Mass of one atom, u: deuterium and tritium as measured, other named isotopes by their mass number, which errs by 0.1 % at most.
    /// </summary>
    /// <remarks>M. Wang et al., Chin. Phys. C 36 (2012) 1603-2014, doi 10.1088/1674-1137/36/12/003.</remarks>
    public double AtomMassU => (Element.AtomicNumber, MassNumber) switch
    {
        (_, 0) => ElementData.AtomicWeight(Element),
        (1, 2) => DeuteriumMass,
        (1, 3) => TritiumMass,
        _ => MassNumber,
    };

    /// <summary>Symbol, such as <c>Si</c>, <c>D</c>, <c>[13C]</c>.</summary>
    public string Symbol => (Element.AtomicNumber, MassNumber) switch
    {
        (_, 0) => Element.Symbol,
        (1, 2) => "D",
        (1, 3) => "T",
        _ => FormattableString.Invariant($"[{MassNumber}{Element.Symbol}]"),
    };
}
