using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Values of items in the units and words that files use.</summary>
public sealed class ItemTextTests
{
    [TestCase("293", "293")]
    [TestCase("293(2)", "293")]
    [TestCase("293 +/- 2 K", "293")]
    [TestCase("295 (2) K", "295")]
    [TestCase("1000 oC", "1273.15")]
    [TestCase("1273 K", "1273")]
    [TestCase("100(2)_K", "100")]
    [TestCase("-100", "173.15")]
    [TestCase("20 \\%C", "293.15")]
    [TestCase("25 deg. C", "298.15")]
    [TestCase("68 \\%F", "293.15")]
    [TestCase("298 K (25 C)", "298")]
    [TestCase("<20", "0 to 20")]
    [TestCase(">1000 K", "1000 to Infinity")]
    [TestCase("~293", "293")]
    [TestCase("293-298", "293 to 298")]
    [TestCase("290 to 295 K", "290 to 295")]
    [TestCase("293,15", "293.15")]
    [TestCase("1,273 K", "1.273 to 1273")]
    [TestCase("ambient", "295")]
    [TestCase("RT", "295")]
    [TestCase("5 GPa", null)]
    [TestCase("cold", null)]
    [TestCase("293 K or so", null)]
    [TestCase("-400 K", null)]
    public void Temperatures(string text, string? kelvin) => Assert.That(ItemText.Temperature(text)?.ToString(), Is.EqualTo(kelvin));

    [TestCase("101.3", "101.3")]
    [TestCase("5 GPa", "5000000")]
    [TestCase("0.5 MPa", "500")]
    [TestCase("3 kbar", "300000")]
    [TestCase("1 atm", "101.325")]
    [TestCase("760 Torr", "101.325")]
    [TestCase("0.0001 GPa", "100")]
    [TestCase("12 kilobars", "1200000")]
    [TestCase("1.3 Mbar", "130000000")]
    [TestCase("1.3 megabar", "130000000")]
    [TestCase("5 mbar", "0.5")]
    [TestCase("2 gigapascals", "2000000")]
    [TestCase("100 kilopascals", "100")]
    [TestCase("100000 Pa", "100")]
    [TestCase("5 kb", "500000")]
    [TestCase("760 mm Hg", "101.325")]
    [TestCase("300 K", null)]
    [TestCase("high", null)]
    public void Pressures(string text, string? kilopascal) => Assert.That(ItemText.Pressure(text)?.ToString(), Is.EqualTo(kilopascal));

    [TestCase("0.05", "0.05")]
    [TestCase("12.5 %", "0.125")]
    [TestCase("0,125", "0.125")]
    [TestCase(",064", "0.064")]
    [TestCase("<0.03", "0 to 0.03")]
    [TestCase("5.1%", "0.051")]
    [TestCase("good", null)]
    public void Fractions(string text, string? fraction) => Assert.That(ItemText.Fraction(text)?.ToString(), Is.EqualTo(fraction));

    [TestCase("2.165", "2.165")]
    [TestCase("2.165 g/cm3", "2.165")]
    [TestCase("2.165 Mg m^-3^", "2.165")]
    [TestCase("2165 kg/m^3^", "2.165")]
    [TestCase("2.165 lb", null)]
    public void Densities(string text, string? density) => Assert.That(ItemText.Density(text)?.ToString(), Is.EqualTo(density));

    [TestCase("n/a")]
    [TestCase("unknown")]
    [TestCase("not measured")]
    [TestCase("?")]
    [TestCase("--")]
    [TestCase("")]
    public void Words_for_no_value_are_known(string text) => Assert.That(ItemText.SaysNothing(text), Is.True);

    [TestCase("85 x 10^2", "8500")]
    [TestCase("1.5e3", "1500")]
    public void Powers_of_ten_are_read(string text, string number) => Assert.That(ItemText.Number(text)?.ToString(), Is.EqualTo(number));
}
