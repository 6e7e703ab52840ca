using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Rows of atom lists that are more or less than one atom.</summary>
public sealed class SiteListTests
{
    private const string TypedTags = CifText.SiteTags + "_atom_site_type_symbol\n";
    private static readonly string Head = CifText.CubicCell + CifText.Identity;

    [TestCase("Ca0.9Mg0.1", "Ca 0.9 Mg 0.1")]
    [TestCase("'0.75Na + 0.25K'", "Na 0.75 K 0.25")]
    [TestCase("'Ca2+0.5 Mg2+0.5'", "Ca 0.5 Mg 0.5")]
    [TestCase("Fe0.9Vac0.1", "Fe 0.9")]
    [TestCase("'0.967(4)Mg + 0.033(4)Fe'", "Mg 0.967 Fe 0.033")]
    [TestCase("Ca0.9", "Ca 0.9")]
    public void Elements_with_shares_are_a_mixed_site(string type, string atoms)
    {
        CrystalStructure structure = CifText.Read(Head + TypedTags + $"M1 0 0 0 {type}\nO1 .5 .5 .5 O\n");
        string found = string.Join(' ', structure.Sites.SkipLast(1).Select(site
            => FormattableString.Invariant($"{site.Element} {site.Occupancy}")));
        Assert.That(found, Is.EqualTo(atoms));
    }

    [TestCase("Ca/Mg")]
    [TestCase("(Ca,Mg)")]
    [TestCase("Ca-Mg")]
    [TestCase("M")]
    [TestCase("Cn")]
    [TestCase("Ca0.9Mg0.9")]
    public void A_type_that_cannot_be_read_never_gives_way_to_the_label(string type)
    {
        Assert.That(CifText.Read(Head + TypedTags + $"Ca1 0 0 0 {type}\nO1 .5 .5 .5 O\n", out List<Finding> findings), Is.Null);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "site-element-unknown" }));
    }

    // A label is all there is: tetrahedral sites are no tritium, and Na+K no sodium.
    [TestCase("T1")]
    [TestCase("T")]
    [TestCase("M2")]
    [TestCase("Na+K")]
    [TestCase("Na/K")]
    [TestCase("Lp1")]
    public void A_label_that_names_no_element_or_several_is_not_read_as_its_first_letter(string label)
    {
        Assert.That(CifText.Read(Head + CifText.SiteTags + $"{label} 0 0 0\nO1 .5 .5 .5\n", out List<Finding> findings), Is.Null);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "site-element-unknown" }));
    }

    [TestCase("Vac1", "Vac")]
    [TestCase("V1", "vacancy")]
    [TestCase("C1", "Cnt")]
    [TestCase("Du1", "Du")]
    [TestCase("Vac1", "?")]
    [TestCase("Cnt1", "?")]
    public void Vacancies_and_centroids_are_no_atoms(string label, string type)
    {
        CrystalStructure? structure = CifText.Read(Head + TypedTags + $"Na1 0 0 0 Na\n{label} .5 .5 .5 {type}\n",
            out List<Finding> findings);
        Assert.That(structure?.Sites.Count, Is.EqualTo(1));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "site-dummy" }));
    }

    [Test]
    public void A_second_list_of_sites_leaves_no_list_to_believe()
    {
        string text = Head + CifText.SiteTags + "Na1 0 0 0\n" + CifText.SiteTags + "Cl1 .5 .5 .5\n";
        Assert.That(CifText.Read(text, out List<Finding> findings), Is.Null);
        Assert.That(findings.Codes(), Does.Contain("site-loops-several"));
        string dots = Head + CifText.SiteTags + "Na1 0 0 0\n" + CifText.SiteTags.Replace("site_fract", "site.fract")
            .Replace("site_label", "site.label") + "Cl1 .5 .5 .5\n";
        Assert.That(CifText.Read(dots, out _), Is.Null);
    }

    [Test]
    public void A_column_in_another_loop_is_not_ignored()
    {
        string text = Head + "loop_\n_atom_site_occupancy\n1\n.5\n.5\n" + CifText.SiteTags + "Na1 0 0 0\nCl1 .5 .5 .5\n";
        Assert.That(CifText.Read(text, out List<Finding> findings), Is.Null);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "site-column-mismatch" }));
        Assert.That(CifText.Read(text.Replace("1\n.5\n.5\n", "?\n?\n?\n"), out _), Is.Not.Null);
    }

    [TestCase("1/3", 1.0 / 3)]
    [TestCase("-2/3", -2.0 / 3)]
    [TestCase("0.3333", 0.3333)]
    public void Fractions_are_exact_coordinates(string text, double value)
    {
        AtomSite site = CifText.Read(CifText.Sites($"Na1 {text} 0 0")).Sites[0];
        Assert.That(site.Position.X, Is.EqualTo(value));
        Assert.That(site.PositionResolution, text.Contains('/') ? Is.Zero : Is.Positive);
    }

    [Test]
    public void Atoms_drawn_on_corners_and_faces_of_a_cell_without_symmetry_are_read_once()
    {
        string text = CifText.Sites("Na1 0 0 0", "Na2 1 0 0", "Na3 1 1 1", "Cl1 .5 .5 0", "Cl2 .5 .5 1");
        CrystalStructure? structure = CifText.Read(text, out List<Finding> findings);
        Assert.That(structure?.Sites.Select(site => site.Label), Is.EqualTo(new[] { "Na1", "Cl1" }));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "site-repeated" }));
    }

    [Test]
    public void Two_atoms_written_at_one_place_are_left_as_they_are() =>
        Assert.That(CifText.Read(CifText.Sites("Na1 0 0 0", "Na2 0 0 0", "Cl1 .5 .5 .5")).Sites, Has.Count.EqualTo(3));
}
