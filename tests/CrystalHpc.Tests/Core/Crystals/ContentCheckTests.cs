using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Z and density that a file states, against the atoms it lists. Halite: 2.16 g/cm³ (CRC Handbook), four formula units.</summary>
public sealed class ContentCheckTests
{
    [Test]
    public void The_density_follows_from_cell_and_atoms() =>
        Assert.That(ContentCheck.DensityOf(Read("4", "2.16", []))!, Is.EqualTo(2.16).Within(0.01));

    [TestCase("4", "2.16", "")]
    [TestCase("?", "?", "")]
    [TestCase("8", "2.16", "content-z-differs")]
    [TestCase("4", "2.60", "content-density-differs")]
    [TestCase("1", "1.08", "content-z-differs content-density-differs")]
    public void A_contradiction_is_noted(string units, string density, string codes)
    {
        var findings = new List<Finding>();
        Read(units, density, findings);
        Assert.That(string.Join(' ', findings.Select(finding => finding.Code)
            .Where(code => code.Name.StartsWith("content", StringComparison.Ordinal))), Is.EqualTo(codes));
    }

    private static CrystalStructure Read(string units, string density, List<Finding> findings)
    {
        string text = $"""
            data_halite
            _chemical_formula_sum 'Cl Na'
            _cell_formula_units_Z {units}
            _exptl_crystal_density_diffrn {density}
            _cell_length_a 5.6402
            _cell_length_b 5.6402
            _cell_length_c 5.6402
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 90
            _space_group_name_H-M_alt 'F m -3 m'
            loop_
            _atom_site_label
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            Na 0 0 0
            Cl 0.5 0.5 0.5
            """;
        CifDocument document = CifDocument.Parse(Encoding.UTF8.GetBytes(text), findings);
        return StructureReader.Read(document.Blocks[0], StructureReaderOptions.Default, findings)!;
    }
}
