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
}
