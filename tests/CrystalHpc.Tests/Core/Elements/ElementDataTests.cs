using CrystalHpc.Core.Elements;

namespace CrystalHpc.Tests.Core.Elements;

/// <summary>The table of the elements.</summary>
public sealed class ElementDataTests
{
    // Covalent radii of Cordero et al. 2008, table 2; Pauling electronegativities and weights of the CRC Handbook.
    [TestCase("H", 0.31, 2.20, 1.008)]
    [TestCase("O", 0.66, 3.44, 15.999)]
    [TestCase("Na", 1.66, 0.93, 22.990)]
    [TestCase("Fe", 1.52, 1.83, 55.845)]
    [TestCase("U", 1.96, 1.38, 238.029)]
    public void Known_values_are_in_the_table(string symbol, double radius, double electronegativity, double weight)
    {
        Element element = Element.Of(symbol);
        Assert.That(ElementData.CovalentRadiusAngstrom(element), Is.EqualTo(radius));
        Assert.That(ElementData.ElectronegativityPauling(element), Is.EqualTo(electronegativity));
        Assert.That(ElementData.AtomicWeight(element), Is.EqualTo(weight).Within(0.001));
    }

    [Test]
    public void Every_element_has_a_radius_and_a_weight_and_noble_gases_have_no_electronegativity()
    {
        for (byte number = 1; number <= 118; number++)
        {
            Assert.That(ElementData.CovalentRadiusAngstrom(new Element(number)), Is.InRange(0.2, 2.7));
            Assert.That(ElementData.AtomicWeight(new Element(number)), Is.InRange(number, 3.0 * number));
        }

        Assert.That(ElementData.ElectronegativityPauling(Element.Of("Ar")), Is.NaN);
    }

    // Pyykkö and Atsumi 2009, table 2; Alvarez 2013, table 1; Slater 1964; Allen 1989, table I.
    [TestCase("C", 0.75, 1.77, 0.70, 2.544)]
    [TestCase("Fe", 1.16, 2.44, 1.40, 1.80)]
    [TestCase("Cs", 2.32, 3.48, 2.60, 0.659)]
    public void Radii_say_of_which_kind_they_are(string symbol, double pyykko, double vanDerWaals, double atomic, double allen)
    {
        Element element = Element.Of(symbol);
        Assert.That(ElementData.PyykkoRadiusAngstrom(element), Is.EqualTo(pyykko));
        Assert.That(ElementData.VanDerWaalsRadiusAngstrom(element), Is.EqualTo(vanDerWaals));
        Assert.That(ElementData.AtomicRadiusAngstrom(element), Is.EqualTo(atomic));
        Assert.That(ElementData.ElectronegativityAllen(element), Is.EqualTo(allen));
    }

    [TestCase("H", "hydrogen", 1, 1, 's')]
    [TestCase("He", "helium", 18, 1, 's')]
    [TestCase("Al", "aluminum", 13, 3, 'p')]
    [TestCase("Fe", "iron", 8, 4, 'd')]
    [TestCase("La", "lanthanum", null, 6, 'f')]
    [TestCase("Lu", "lutetium", 3, 6, 'd')]
    [TestCase("Og", "oganesson", 18, 7, 'p')]
    public void Elements_have_their_place_in_the_periodic_table(string symbol, string name, int? group, int period, char block)
    {
        Element element = Element.Of(symbol);
        Assert.That(
            (ElementData.Name(element), ElementData.Group(element), ElementData.Period(element), ElementData.Block(element)),
            Is.EqualTo((name, group, period, block)));
    }

    [Test]
    public void Every_element_has_a_name_of_its_own() => Assert.That(
        Enumerable.Range(1, Element.Count).Select(number => ElementData.Name(new Element((byte)number))),
        Is.Unique.And.All.Match("^[a-z]+$"));
}
