using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Tests.Core.Formulas;

/// <summary>What formulas mean that are read.</summary>
public sealed class FormulaTests
{
    [TestCase("K3[Fe(CN)6]", "C6FeK3N6", TestName = "Brackets are nested")]
    [TestCase("OFe2O2", "Fe2O3", TestName = "An element can occur twice")]
    [TestCase("Li2O2", "LiO", TestName = "Amounts are reduced without exceptions")]
    [TestCase("CuSO4·5H2O", "CuH10O9S", TestName = "A middle dot separates")]
    [TestCase("MgCl2 * 6 H2O", "Cl2H12MgO6", TestName = "A star separates")]
    [TestCase("Na2CO3.10H2O", "CH20Na2O13", TestName = "A period before water separates")]
    [TestCase("CaSO4.0.5H2O", "Ca2H2O9S2", TestName = "Of two periods before water the first separates")]
    [TestCase("Ca(NO3)2.4H2O", "CaH8N2O10", TestName = "A period after a bracket separates water")]
    [TestCase("Cu S O4.5 H2 O", "Cu2H4O11S2", TestName = "In a sum with blanks a period is a decimal point")]
    [TestCase("La.67Sr.33MnO3", "La67Mn100O300Sr33", TestName = "Decimals without zero")]
    [TestCase("Mg0,667Nb1,333O3", "Mg667Nb1333O3000", TestName = "Decimal commas, three places where another number shows what they are")]
    [TestCase("LiNi1/3Mn1/3Co1/3O2", "CoLi3MnNiO6", TestName = "Fractions")]
    [TestCase("LiNi⅓Mn⅓Co⅓O₂", "CoLi3MnNiO6", TestName = "Fractions of one character")]
    [TestCase("CaSO4·1½H2O", "Ca2H6O11S2", TestName = "A whole number and a fraction of one character")]
    [TestCase("Nb1O1.9S1e-1", "Nb10O19S", TestName = "Powers of ten")]
    [TestCase("Fe2Es", "EsFe2", TestName = "Einsteinium is no power of ten")]
    [TestCase("Fe1.50000000000000000000000000O", "Fe3O2", TestName = "Zeros at the end take no room")]
    [TestCase("Fe₂O₃", "Fe2O3", TestName = "Subscripts of Unicode")]
    [TestCase("CuSO₄.5H₂O", "CuH10O9S", TestName = "A period between a subscript and a number on the line separates")]
    [TestCase("Ｆｅ２Ｏ３", "Fe2O3", TestName = "Full-width characters")]
    [TestCase("Fe\u200b2O3", "Fe2O3", TestName = "Characters without width")]
    [TestCase("Li<sub>3</sub>PO<SUB>4</SUB>", "Li3O4P", TestName = "HTML")]
    [TestCase(@"Li$_3$PO$_{4}$", "Li3O4P", TestName = "LaTeX subscripts")]
    [TestCase(@"$\mathrm{Li}_3\mathrm{PO}_4$", "Li3O4P", TestName = "A LaTeX subscript is that of the last symbol in the braces before it")]
    [TestCase(@"\ce{SO4^2-}", "O4S", TestName = "LaTeX chemistry")]
    [TestCase("{[Co(NH3)6]Cl3}2", "Cl3CoH18N6", TestName = "Braces group atoms")]
    [TestCase("Dy3N@C80", "C80Dy3N", TestName = "Cages and guests")]
    [TestCase("C O", "CO", TestName = "A blank parts symbols")]
    [TestCase("Dy2O3", "Dy2O3", TestName = "Dysprosium is not deuterium")]
    public void Formulas_are_read(string text, string reduced)
    {
        Assert.That(Formula.TryParse(text, out Formula? formula, out FormulaRefusal? refusal), Is.True, refusal?.Reason);
        Assert.That(formula!.Reduced, Is.EqualTo(reduced));
    }

    [TestCase("SO4^2-", -2)]
    [TestCase("SO4^{2-}", -2)]
    [TestCase("SO₄²⁻", -2)]
    [TestCase("SO4<sup>2-</sup>", -2)]
    [TestCase("SO4-2", -2)]
    [TestCase("SO4 2-", -2)]
    [TestCase("SO4(2-)", -2)]
    [TestCase("SO4--", -2)]
    [TestCase("H2PO4-", -1)]
    [TestCase("[Fe(CN)6]4-", -4)]
    [TestCase("Fe3+", 3)]
    [TestCase("Fe+3", 3)]
    [TestCase("Fe2O3", 0)]
    public void Charges_stand_at_the_end(string text, int charge) => Assert.That(Read(text).Charge, Is.EqualTo(charge));

    [Test]
    public void A_charge_takes_no_atoms()
    {
        Assert.That(Read("SO4-2").ToString(), Is.EqualTo("O4S^2-"));
        Assert.That(Read("Fe3+").ToString(), Is.EqualTo("Fe^3+"));
        Assert.That(Read("NH4+").ToString(), Is.EqualTo("H4N^1+"));
    }

    [TestCase("D2O", "D2O", 20.0272)]
    [TestCase("²H₂O", "D2O", 20.0272)]
    [TestCase("T2O", "T2O", 22.0311)]
    [TestCase("C[2H3]OH", "CHD3O", 35.0603)]
    [TestCase("¹³CO₂", "[13C]O2", 44.998)]
    public void Isotopes_are_kept_and_count_as_their_elements(string text, string exact, double mass)
    {
        Formula formula = Read(text);
        Assert.That(formula.ToString(), Is.EqualTo(exact));
        Assert.That(formula.MassU, Is.EqualTo(mass).Within(1e-4));
        Assert.That(formula.ReducedCounts.Select(count => count.Element), Is.Unique);
    }

    // Molar masses as the CRC Handbook of Chemistry and Physics (97th edition) has them, in g/mol.
    [TestCase("H2O", 18.015)]
    [TestCase("CuSO4·5H2O", 249.685)]
    [TestCase("Fe2O3", 159.688)]
    [TestCase("CaCO3", 100.087)]
    public void Masses_are_those_of_handbooks(string text, double mass) => Assert.That(Read(text).MassU, Is.EqualTo(mass).Within(0.01));

    [Test]
    public void Amounts_are_exact()
    {
        FormulaTerm oxygen = Read("Ba0.1O0.3").Terms[0];
        Assert.That(oxygen.Element, Is.EqualTo(Element.Of("O")));
        Assert.That((oxygen.Amount.Numerator, oxygen.Amount.Denominator), Is.EqualTo((3, 10)));
        Assert.That(Read("H0.1H0.2").Terms[0].Amount.ToString(), Is.EqualTo("0.3"));
    }

    [TestCase("Al2O3", "A2B3")]
    [TestCase("SrTiO3", "ABC3")]
    [TestCase("Fe", "A")]
    [TestCase("Ba0.5Sr0.5TiO3", "ABC2D6")]
    public void Anonymous_formulas_rise(string text, string anonymous) => Assert.That(Read(text).Anonymous, Is.EqualTo(anonymous));

    [Test]
    public void Letters_of_anonymous_formulas_go_on_after_Z()
    {
        string all = string.Concat(Enumerable.Range(1, 28).Select(z => new Element((byte)z).Symbol));
        Assert.That(Read(all).Anonymous, Does.EndWith("XYZAaBa"));
    }

    [Test]
    public void Long_texts_take_linear_time_and_bounded_depth()
    {
        const int Megabytes = 1 << 20;
        Assert.That(Formula.TryParse(new string('(', 10 * Megabytes), out _, out FormulaRefusal? refusal), Is.False);
        Assert.That(refusal!.Code, Is.EqualTo(FormulaFindings.TooDeep));
        Assert.That(Read(new string('C', Megabytes)).Reduced, Is.EqualTo("C"));
        Assert.That(Read(string.Concat(Enumerable.Repeat("(CH)2", Megabytes / 8))).Reduced, Is.EqualTo("CH"));
        Assert.That(Read(string.Concat(Enumerable.Repeat("O2.5", Megabytes / 4))).Reduced, Is.EqualTo("O"));
    }

    private static Formula Read(string text)
    {
        Assert.That(Formula.TryParse(text, out Formula? formula, out FormulaRefusal? refusal), Is.True, $"{text}: {refusal?.Reason}");
        return formula!;
    }
}
