using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Elements and charges out of type symbols and labels.</summary>
public sealed class SiteSymbolTests
{
    [TestCase("Fe3+", "Fe")]
    [TestCase("O2-", "O")]
    [TestCase("O-2", "O")]
    [TestCase("CU", "Cu")]
    [TestCase("cs+1", "Cs")]
    [TestCase("Cval", "C")]
    [TestCase("Siva", "Si")]
    [TestCase("D", "H")]
    [TestCase("Wat", "O")]
    [TestCase("OH", "O")]
    [TestCase("OH2", "O")]
    [TestCase("Hw", "H")]
    public void Type_symbols_name_their_element(string symbol, string element)
    {
        Assert.That(SiteSymbol.TryParseType(symbol, out Element found), Is.True);
        Assert.That(found.Symbol, Is.EqualTo(element));
    }

    [TestCase("Si/Al")]
    [TestCase("Nb,Zr")]
    [TestCase("Xx")]
    [TestCase("")]
    [TestCase("M1")]
    [TestCase("Ca0.9Mg0.1")]
    [TestCase("Ca/Mg")]
    [TestCase("(Ca,Mg)")]
    [TestCase("Ca-Mg")]
    [TestCase("Ca+Mg")]
    [TestCase("Ca Mg")]
    [TestCase("Na_K")]
    [TestCase("MgFe")]
    [TestCase("0.75Na + 0.25K")]
    [TestCase("Ca0.9")]
    [TestCase("Vac")]
    [TestCase("Va")]
    [TestCase("Cnt")]
    [TestCase("Cg")]
    [TestCase("Du")]
    [TestCase("X")]
    [TestCase("Cn")]
    public void Type_symbols_of_no_one_element_are_refused(string symbol) => Assert.That(SiteSymbol.TryParseType(symbol, out _), Is.False);

    [TestCase("Fe3+", 3.0)]
    [TestCase("O2-", -2.0)]
    [TestCase("O-2", -2.0)]
    [TestCase("Na+", 1.0)]
    [TestCase("F-", -1.0)]
    [TestCase("Sm2.5+", 2.5)]
    [TestCase("Fe0+", 0.0)]
    [TestCase("Fe", null)]
    [TestCase("Fe3", null)]
    [TestCase("+3-", null)]
    public void Charges_of_type_symbols_are_read(string symbol, double? charge)
        => Assert.That(SiteSymbol.ChargeOfType(symbol), Is.EqualTo(charge));

    [TestCase("Si1A", "", "Si")]
    [TestCase("SiT1", "", "Si")]
    [TestCase("OW2", "", "O")]
    [TestCase("Wat1", "", "O")]
    [TestCase("Watz1", "Al2 H34 O29 S3", "O")]
    [TestCase("H2O3w", "C7 H6 N Na O3 S2", "H")]
    [TestCase("H2O", "", "O")]
    [TestCase("O-H5", "", "O")]
    [TestCase("CA1", "Ca O3 C", "Ca")]
    [TestCase("CA1", "C6 H6", "C")]
    [TestCase("HO1", "H2 O", "H")]
    [TestCase("Ho1", "Ho2 O3", "Ho")]
    [TestCase("NO1", "", "N")]
    [TestCase("OS1", "Na2 O4 S", "O")]
    [TestCase("Fe2+A", "", "Fe")]
    [TestCase("D1", "D2 O", "H")]
    [TestCase("P(2)", "", "P")]
    [TestCase("W", "Ca O4 W", "W")]
    [TestCase("AlM1", "", "Al")]
    [TestCase("FeB", "", "Fe")]
    [TestCase("Fe3+B", "", "Fe")]
    [TestCase("OH1", "", "O")]
    [TestCase("OD", "", "O")]
    [TestCase("OAl1", "", "O")]
    [TestCase("H(C2)", "", "H")]
    [TestCase("O(H)", "", "O")]
    [TestCase("H-NH4", "", "H")]
    [TestCase("Va1", "V2 O5", "V")]
    public void Labels_name_their_element_with_the_help_of_the_formula(string label, string formula, string element)
    {
        ChemicalFormula? sum = ChemicalFormula.TryParse(formula, out ChemicalFormula parsed) ? parsed : null;
        Assert.That(SiteSymbol.TryParseLabel(label, sum, out Element found, out _), Is.True);
        Assert.That(found.Symbol, Is.EqualTo(element));
    }

    [TestCase("CA1", true)]
    [TestCase("Os1", true)]
    [TestCase("Ca1", false)]
    [TestCase("C1", false)]
    public void A_label_with_two_readings_is_a_guess(string label, bool guess)
    {
        Assert.That(SiteSymbol.TryParseLabel(label, null, out _, out bool guessed), Is.True);
        Assert.That(guessed, Is.EqualTo(guess));
    }

    [TestCase("M1")]
    [TestCase("T1")]
    [TestCase("X")]
    [TestCase("1")]
    [TestCase("Cl,Br(1)")]
    [TestCase("AsSb")]
    [TestCase("Ca-Mg1")]
    [TestCase("Vac1")]
    [TestCase("Cnt1")]
    [TestCase("D1")]
    public void Labels_of_no_one_element_are_refused(string label)
    {
        Assert.That(ChemicalFormula.TryParse("Na Cl", out ChemicalFormula formula), Is.True);
        Assert.That(SiteSymbol.TryParseLabel(label, formula, out _, out _), Is.False);
    }
}
