using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Temperature and pressure in titles, as the American Mineralogist database writes them.</summary>
public sealed class TitleConditionsTests
{
    [TestCase("Sample: T = 300 K", 300.0, null)]
    [TestCase("Sample: T = 25 C", 298.15, null)]
    [TestCase("Note: at 1000 deg C", 1273.15, null)]
    [TestCase("Note: T = -100 C, P = 5.2 GPa", 173.15, 5.2e6)]
    [TestCase("Sample: P = 32 kbar", null, 3.2e6)]
    [TestCase("Sample at 0.1 MPa", null, 100.0)]
    [TestCase("The crystal structure of quartz", null, null)]
    [TestCase("Structure at 298 K and at 15 K", null, null)]
    [TestCase("Structure between 4 and 300 K", null, null)]
    [TestCase("Compression at 0 to 8.2 GPa", null, null)]
    [TestCase("Cs K Cl at room temperature", null, null)]
    [TestCase("Sample: annealed at 450 deg C", null, null)]
    [TestCase("Sample: synthesized at P = 7.25 GPa", null, null)]
    [TestCase("Note: sample was heat-treated at 904 C, then quenched", null, null)]
    [TestCase("T = 900 C crystals, grown at 25, 500 and 900 C", null, null)]
    public void One_value_is_read_and_ranges_are_not(string title, double? kelvin, double? kilopascal)
    {
        Assert.That(TitleConditions.TemperatureKelvin(title), Is.EqualTo(kelvin).Within(1e-9));
        Assert.That(TitleConditions.PressureKilopascal(title), Is.EqualTo(kilopascal).Within(1e-3));
    }

    [Test]
    public void Conditions_taken_from_the_title_are_noted()
    {
        List<Finding> findings = [];
        CifDocument document = CifDocument.Parse("data_x\n_publ_section_title 'Quartz. T = 300 K, P = 5.2 GPa'\n"u8.ToArray(), findings);
        StructureMetadata metadata = MetadataReader.Read(document.Blocks[0], findings);
        Assert.That((metadata.TemperatureKelvin, metadata.PressureKilopascal), Is.EqualTo((300.0, 5.2e6)));
        Assert.That(findings.Select(finding => finding.Code.Name), Is.EqualTo(new[] { "metadata-from-title", "metadata-from-title" }));
    }
}
