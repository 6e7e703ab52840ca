using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Sum formulas and their comparison with the cell.</summary>
public sealed class ChemicalFormulaTests
{
    [TestCase("Al2 O3", "Al2 O3")]
    [TestCase("Fe2O3", "Fe2 O3")]
    [TestCase("C12 H22 O11", "C12 H22 O11")]
    [TestCase("Na0.98 D2 O", "H2 Na0.98 O")]
    [TestCase("Co C O", "C Co O")]
    [TestCase("O3 Sr Ti", "O3 Sr Ti")]
    [TestCase("(Mg.88 Fe.12) Ca Si O4", "Ca Fe0.12 Mg0.88 O4 Si")]
    [TestCase("C12 H17 N4 O S 1+", "C12 H17 N4 O S")]
    [TestCase("C30.5 H45.5 Cl1.5 P2 Rh", "C30.5 H45.5 Cl1.5 P2 Rh")]
    [TestCase("C12 H22\n O11", "C12 H22 O11")]
    public void Sum_formulas_are_read(string text, string hill)
    {
        Assert.That(ChemicalFormula.TryParse(text, out ChemicalFormula formula), Is.True);
        Assert.That(formula.ToString(), Is.EqualTo(hill));
    }

    [TestCase("")]
    [TestCase("?")]
    [TestCase("Ca (OH")]
    [TestCase("Xx2 O")]
    [TestCase("fe O")]
    [TestCase("Fe1.2.3")]
    public void What_is_no_sum_formula_is_refused(string text) => Assert.That(ChemicalFormula.TryParse(text, out _), Is.False);

    [Test]
    public void A_formula_is_reduced_by_its_greatest_common_divisor()
    {
        Assert.That(ChemicalFormula.TryParse("Al12 O18", out ChemicalFormula formula), Is.True);
        Assert.That(formula.Reduced().ToString(), Is.EqualTo("Al2 O3"));
        Assert.That(ChemicalFormula.TryParse("Fe2.5 O4", out formula), Is.True);
        Assert.That(formula.Reduced().ToString(), Is.EqualTo("Fe2.5 O4"));
    }

    [TestCase("Na Cl", FormulaAgreement.Agrees)]
    [TestCase("Na2 Cl2", FormulaAgreement.Agrees)]
    [TestCase("Na Cl H2", FormulaAgreement.HydrogenMissing)]
    [TestCase("Na Cl O", FormulaAgreement.Differs)]
    [TestCase("Na", FormulaAgreement.Differs)]
    [TestCase("?", FormulaAgreement.NoFormula)]
    public void Cell_and_formula_are_compared_up_to_a_factor(string formula, FormulaAgreement expected)
    {
        CrystalStructure structure = CifText.Read($"_chemical_formula_sum '{formula}'\n" + CifText.Sites("Na1 0 0 0", "Cl1 0.5 0.5 0.5"));
        Assert.That(structure.FormulaComparison.Agreement, Is.EqualTo(expected));
    }

    [Test]
    public void Missing_hydrogen_is_counted_per_cell()
    {
        CrystalStructure structure = CifText.Read("_chemical_formula_sum 'H4 O2'\n"
            + CifText.Sites("O1 0 0 0", "O2 0.5 0.5 0.5", "H1 0.2 0 0"));
        FormulaComparison comparison = structure.FormulaComparison;
        Assert.That(comparison.MissingHydrogen, Is.EqualTo(3));
        Assert.That(comparison.FormulaUnits, Is.EqualTo(1));
    }
}
