using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Tests.Core.Formulas;

/// <summary>Texts that are no formula to rely on: why, and where.</summary>
public sealed class FormulaRefusalTests
{
    [TestCase("", "formula-missing", 1)]
    [TestCase("NaN", "formula-missing", 1)]
    [TestCase("None", "formula-missing", 1)]
    [TestCase("LnFeAsO", "formula-unknown-symbol", 1)]
    [TestCase("Uuo", "formula-unknown-symbol", 1)]
    [TestCase("nacl", "formula-letter-case", 1)]
    [TestCase("N a Cl", "formula-letter-case", 3)]
    [TestCase("C\u200bo", "formula-letter-case", 3)]
    [TestCase("Ba1-xSrxTiO3", "formula-variable", 5)]
    [TestCase("SrxTiO3", "formula-variable", 3)]
    [TestCase("La_{1-x}Sr_{x}MnO_{3}", "formula-variable", 7)]
    [TestCase("YBa₂Cu₃O₇₋ₓ", "formula-variable", 10)]
    [TestCase("MgSO4x7H2O", "formula-variable", 6)]
    [TestCase("Ba1-0.3Sr0.3TiO3", "formula-arithmetic", 4)]
    [TestCase("LaNi4.5-5.0", "formula-range", 8)]
    [TestCase("LaNi4-5", "formula-range", 6)]
    [TestCase("Li<1CoO2", "formula-range", 3)]
    [TestCase("Fe0O3", "formula-bad-amount", 3)]
    [TestCase("Fe-2O3", "formula-bad-amount", 3)]
    [TestCase("Fe1.5.2O3", "formula-bad-amount", 4)]
    [TestCase("Fe1e400", "formula-bad-amount", 3)]
    [TestCase("H2O1e", "formula-bad-amount", 5)]
    [TestCase("FeO1/0", "formula-bad-amount", 5)]
    [TestCase("Fe99999999999999999999O", "formula-bad-amount", 3)]
    [TestCase("Fe999999999999999999(Fe999999999999999999)999", "formula-bad-amount", 21)]
    [TestCase("Fe2O3 159.69", "formula-bad-amount", 7)]
    [TestCase("1 2 3", "formula-bad-amount", 3)]
    [TestCase("Ca(OH", "formula-bad-bracket", 3)]
    [TestCase("CaOH)2", "formula-bad-bracket", 5)]
    [TestCase("Ca[OH)2", "formula-bad-bracket", 6)]
    [TestCase("Ca()2", "formula-bad-bracket", 3)]
    [TestCase("CuSO4·", "formula-bad-separator", 7)]
    [TestCase("·H2O", "formula-bad-separator", 1)]
    [TestCase("Al2O3.2SiO2", "formula-ambiguous-period", 6)]
    [TestCase("3CaO.2SiO2.4H2O", "formula-ambiguous-period", 5)]
    [TestCase("ZnSO4,7H2O", "formula-ambiguous-period", 6)]
    [TestCase("Fe1,000Co2", "formula-ambiguous-period", 4)]
    [TestCase("(Mg,Fe)2SiO4", "formula-shared-site", 4)]
    [TestCase("Fe-18Cr-8Ni (wt%)", "formula-percent", 16)]
    [TestCase("Y:ZrO2", "formula-dopant", 2)]
    [TestCase("Fe2O3/TiO2", "formula-mixture", 6)]
    [TestCase("Fe2O3/3TiO2", "formula-mixture", 6)]
    [TestCase("Fe2O3 + TiO2", "formula-mixture", 7)]
    [TestCase("2H2 + O2 -> 2H2O", "formula-mixture", 10)]
    [TestCase("Na+Cl-", "formula-bad-charge", 3)]
    [TestCase("SO42-", "formula-bad-charge", 3)]
    [TestCase("Fe(III)2O3", "formula-bad-charge", 3)]
    [TestCase("Fe²O³", "formula-bad-isotope", 4)]
    [TestCase("H2O(l)", "formula-label", 5)]
    [TestCase("α-Al2O3", "formula-label", 1)]
    [TestCase("mp-149", "formula-identifier", 1)]
    [TestCase("COD 9008678", "formula-identifier", 1)]
    [TestCase("Fe2O3 (ref. 12)", "formula-text", 8)]
    [TestCase("Na\u0421l", "formula-character", 3)]
    [TestCase("\u202eFe2O3", "formula-character", 1)]
    [TestCase("'Fe2O3", "formula-character", 1)]
    [TestCase("Fe2\nO3", "formula-character", 4)]
    [TestCase("<b>Fe2O3</b>", "formula-markup", 1)]
    public void What_is_no_formula_is_refused_with_its_place(string text, string code, int position)
    {
        Assert.That(Formula.TryParse(text, out _, out FormulaRefusal? refusal), Is.False);
        Assert.That((refusal!.Code.Name, refusal.Position), Is.EqualTo((code, position)), refusal.Reason);
    }

    [Test]
    public void A_refusal_becomes_a_finding_of_a_table()
    {
        Assert.That(Formula.TryParse("Fe0", out _, out FormulaRefusal? refusal), Is.False);
        Assert.That(refusal!.ToFinding(line: 7), Is.EqualTo(new Finding(FormulaFindings.BadAmount, 7, 3, "the amount is zero")));
    }

    [TestCase("SIO2")]
    [TestCase("CaCI2")]
    [TestCase("Ti02")]
    [TestCase("H20")]
    [TestCase("CoSO47H2O")]
    [TestCase("YBCO")]
    [TestCase("Tl2212")]
    public void Legal_formulas_that_look_like_slips_are_read_with_a_warning(string text)
    {
        Assert.That(Formula.TryParse(text, out Formula? formula, out _), Is.True);
        Assert.That(FormulaSuspicion.Of(text, formula!)?.Code, Is.EqualTo(FormulaFindings.Suspicious));
    }

    [TestCase("CO")]
    [TestCase("HF")]
    [TestCase("CS2")]
    [TestCase("C60")]
    [TestCase("C4H10")]
    [TestCase("C6H12O6")]
    [TestCase("Al12O20")]
    [TestCase("CuSO4·5H2O")]
    [TestCase("Ba0.5Sr0.5TiO3")]
    public void Usual_formulas_have_no_warning(string text)
    {
        Assert.That(Formula.TryParse(text, out Formula? formula, out _), Is.True);
        Assert.That(FormulaSuspicion.Of(text, formula!), Is.Null);
    }
}
