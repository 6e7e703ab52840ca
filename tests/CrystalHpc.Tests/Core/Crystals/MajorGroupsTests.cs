using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Which disorder is resolved, and how.</summary>
public sealed class MajorGroupsTests
{
    private const string Tags = """
        loop_
        _atom_site_label
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z
        _atom_site_occupancy
        _atom_site_disorder_assembly
        _atom_site_disorder_group

        """;

    private static readonly StructureReaderOptions Resolving = StructureReaderOptions.Default;

    [TestCase("O1 0.5 0 0 0.3 A 1\nO2 0.5 0.1 0 0.7 A 2", "Na1 O2", "group 2 (0.7) of 2")]
    [TestCase("O1 0.5 0 0 0.5 A 1\nO2 0.5 0.1 0 0.5 A 2", "Na1 O1", "group 1 (0.5) of 2")]
    [TestCase("O1 0.5 0 0 0.6 . 1\nO2 0.5 0.1 0 0.4 . 2\nO3 0 0.5 0 0.2 B 1\nO4 0 0.6 0 0.8 B 2", "Na1 O1 O4", "group 1 (0.6) of 2")]
    public void The_group_with_the_highest_occupancy_is_kept(string rows, string labels, string message)
    {
        CrystalStructure crystal = Read(rows, out List<Finding> findings);
        Assert.That(string.Join(' ', crystal.Sites.Select(site => site.Label)), Is.EqualTo(labels));
        Assert.That(crystal.Sites.Select(site => (site.Occupancy, site.DisorderGroup)), Is.All.EqualTo((1.0, "")));
        Assert.That(findings.Single().Code, Is.EqualTo(CrystalFindings.DisorderResolved));
        Assert.That(findings.Single().Message, Does.Contain(message));
    }

    [TestCase("O1 0.5 0 0 0.3 A -1\nO2 0.5 0.1 0 0.7 A -2", TestName = "Groups about a symmetry element are not resolved")]
    [TestCase("O1 0.5 0 0 0.4 A 1\nO2 0.5 0.1 0 0.3 A 2\nO3 0.5 0.2 0 0.3 A 3", TestName = "No group with half of the occupancy")]
    [TestCase("O1 0.5 0 0 0.6 A 1\nO2 0.5 0.1 0 0.2 A 2", TestName = "Occupancies that leave a vacancy")]
    [TestCase("O1 0.5 0 0 0.6 A 1", TestName = "A group without its alternative")]
    [TestCase("O1 0.5 0 0 0.6 A 1\nO2 0.5 0.1 0 0.4 A 2\nO3 0 0.5 0 0.5 . .", TestName = "A partly filled site outside the groups")]
    [TestCase("O1 0.5 0 0 0.6 A 1\nO3 0.2 0.2 0 0.3 A 1\nO2 0.5 0.1 0 0.4 A 2", TestName = "Occupancies that differ within a group")]
    [TestCase("O1 0.5 0 0 0.6 A 1\nF1 0.5 0.1 0 0.4 A 2", TestName = "Groups of other elements without a formula")]
    [TestCase("O1 0.5 0 0 0.6 A 1\nF1 0.5 0.1 0 0.4 A 2\n", "Na O0.6 F0.4",
        TestName = "Groups of other elements that the formula averages")]
    public void Other_disorder_stays_as_it_is(string rows, string formula = "?")
    {
        CrystalStructure crystal = Read(rows, out List<Finding> findings, formula);
        Assert.That(crystal.Sites.Count, Is.EqualTo(1 + rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.That(crystal.Sites[1].DisorderGroup, Is.Not.Empty);
        Assert.That(findings.Codes(), Does.Not.Contain("structure-disorder-resolved"));
    }

    [Test]
    public void Without_the_option_nothing_is_left_out()
    {
        CrystalStructure crystal = CifText.Read(
            CifText.CubicCell + CifText.Identity + Tags + "O1 0.5 0 0 0.3 A 1\nO2 0.5 0.1 0 0.7 A 2\n", out _,
            Resolving with { ResolveDisorder = false })!;
        Assert.That(crystal.Sites.Select(site => site.DisorderGroup + site.DisorderAssembly), Is.EqualTo(new[] { "1A", "2A" }));
    }

    private static CrystalStructure Read(string rows, out List<Finding> findings, string formula = "?") => CifText.Read(
        $"_chemical_formula_sum '{formula}'\n" + CifText.CubicCell + CifText.Identity + Tags + "Na1 0 0 0 1 . .\n" + rows + "\n",
        out findings, Resolving)!;
}
