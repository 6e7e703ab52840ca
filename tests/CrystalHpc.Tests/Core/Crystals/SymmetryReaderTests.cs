using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Where the symmetry operations of a structure come from, and what is said about it.</summary>
public sealed class SymmetryReaderTests
{
    private const string SaltSites = CifText.SiteTags + "Na1 0 0 0\nCl1 0.5 0.5 0.5\n";
    private const string MonoclinicCell = """
        _cell_length_a 6
        _cell_length_b 7
        _cell_length_c 8
        _cell_angle_alpha 90
        _cell_angle_beta 100
        _cell_angle_gamma 90

        """;

    private static readonly StructureReaderOptions AsWritten = StructureReaderOptions.Default with { SymmetryAsWritten = true };

    private static string HexagonalCell => CifText.CubicCell.Replace("_gamma 90", "_gamma 120");

    [TestCase("_symmetry_space_group_name_Hall '-F 4 2 3'", "symmetry-from-hall")]
    [TestCase("_symmetry_space_group_name_Hall '-F 4 2 3'\n_symmetry_space_group_name_H-M 'P 1'", "symmetry-from-hall")]
    [TestCase("_symmetry_space_group_name_Hall 'nonsense'\n_symmetry_space_group_name_H-M Fm-3m", "symmetry-from-hermann-mauguin")]
    [TestCase("_symmetry_space_group_name_H-M 'F m 3 m'", "symmetry-from-hermann-mauguin")]
    [TestCase("_symmetry_space_group_name_H-M 'F m 3 m'\n_symmetry_Int_Tables_number 1", "symmetry-from-hermann-mauguin")]
    [TestCase("_symmetry_Int_Tables_number 225", "symmetry-from-number")]
    public void Without_operations_the_symbols_are_used_Hall_before_Hermann_Mauguin_before_the_number(string symbols, string code)
    {
        CrystalStructure? salt = CifText.Read(symbols + "\n" + CifText.CubicCell + SaltSites, out List<Finding> findings);
        Assert.That(salt?.AtomCount, Is.EqualTo(8));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { code }));
    }

    [TestCase("x,y,x", "symmetry-unreadable")]
    [TestCase("x,y,z\n-y,x,z", "symmetry-not-a-group")]
    [TestCase("x,y,z\n-y,x-y,z\n-x+y,-x,z", "symmetry-cell-mismatch")]
    public void Operations_that_are_no_group_of_the_cell_give_way_to_the_symbol(string operations, string problem)
    {
        string text = "_symmetry_space_group_name_H-M 'F m -3 m'\n" + CifText.CubicCell + CifText.Identity.Replace("x,y,z", operations)
            + SaltSites;
        CrystalStructure? salt = CifText.Read(text, out List<Finding> findings);
        Assert.That(salt?.AtomCount, Is.EqualTo(8));
        Assert.That(findings.Codes(), Is.EquivalentTo(new[] { "symmetry-from-hermann-mauguin", "symmetry-list-replaced" }));
        Assert.That(findings.Single(f => f.Code.Name == "symmetry-list-replaced").Message, Does.StartWith(problem));
    }

    [TestCase("x,y,z\n-y,x,z", 3, TestName = "As written: a list that is no group")]
    [TestCase("x,y,z\n-y,x-y,z\n-x+y,-x,z", 4, TestName = "As written: a list that does not fit the cell")]
    [TestCase("x,y,x", 2, TestName = "As written: an operation that is none")]
    public void Symmetry_as_written_takes_the_list_as_it_stands(string operations, int atoms)
    {
        string text = "_symmetry_space_group_name_H-M 'F m -3 m'\n" + CifText.CubicCell + CifText.Identity.Replace("x,y,z", operations)
            + CifText.SiteTags + "Na1 0 0 0\nCl1 0.5 0 0.5\n";
        CrystalStructure? crystal = CifText.Read(text, out List<Finding> findings, AsWritten);
        Assert.That(crystal?.AtomCount, Is.EqualTo(atoms));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "symmetry-as-written" }));
    }

    [TestCase("", 2, "none, taken as P 1")]
    [TestCase("_symmetry_space_group_name_H-M 'I 4/m m m'", 4, "'I 4/m m m' taken as I 4/m m m")]
    [TestCase("_symmetry_space_group_name_H-M 'R 3'", 12, "'R 3' taken as R 3 :H")]
    public void Symmetry_as_written_without_a_list_is_the_symbol_in_its_standard_setting_or_none(string symbol, int atoms, string message)
    {
        string text = symbol + "\n" + CifText.CubicCell.Replace("_a 4", "_a 5") + SaltSites;
        Assert.That(CifText.Read(text, out List<Finding> findings, AsWritten)?.AtomCount, Is.EqualTo(atoms));
        Assert.That(findings.Single().Message, Is.EqualTo(message));
    }

    [Test]
    public void A_symbol_that_does_not_fit_the_cell_is_not_used()
    {
        string text = "_symmetry_space_group_name_H-M 'F m -3 m'\n" + CifText.CubicCell.Replace("_a 4", "_a 5") + SaltSites;
        Assert.That(CifText.Read(text, out List<Finding> findings), Is.Null);
        Assert.That(findings.Single().Code.Name, Is.EqualTo("symmetry-missing"));
        Assert.That(findings.Single().Message, Does.EndWith("does not fit the cell"));
    }

    // Diamond: eight atoms with the origin at the atom, sixteen with the origin at the center.
    [TestCase("C 0 0 0", "_cell_formula_units_Z 8", 8)]
    [TestCase("C 0.125 0.125 0.125", "_cell_formula_units_Z 8", 8)]
    [TestCase("C 0 0 0", "", 8)]
    [TestCase("C 0.125 0.125 0.125", "", 8)]
    public void The_atoms_choose_the_origin(string site, string units, int atoms)
    {
        string text = $"_symmetry_space_group_name_H-M 'F d -3 m'\n_chemical_formula_sum C\n{units}\n"
            + CifText.CubicCell.Replace(" 4", " 3.567") + CifText.SiteTags + site + "\n";
        CrystalStructure? diamond = CifText.Read(text, out List<Finding> findings);
        Assert.That(diamond?.AtomCount, Is.EqualTo(atoms));
        Assert.That(findings.Codes(), Does.Contain("symmetry-origin-guessed"));
    }

    [Test]
    public void Listed_operations_choose_the_origin_even_when_they_are_incomplete()
    {
        string text = "_symmetry_space_group_name_H-M 'P n -3'\n" + CifText.CubicCell
            + CifText.Identity.Replace("x,y,z", "x,y,z\n-x+1/2,-y+1/2,z\nz,x,y") + CifText.SiteTags + "Cu 0 0 0\n";
        CrystalStructure? cuprite = CifText.Read(text, out _);
        Assert.That(SpaceGroup.Identify(cuprite!.Operations)?.ToString(), Is.EqualTo("P n -3 :2"));
    }

    [Test]
    public void The_cell_chooses_between_hexagonal_and_rhombohedral_axes()
    {
        const string Symbol = "_symmetry_space_group_name_H-M 'R -3 m'\n";
        CrystalStructure hexagonal = CifText.Read(Symbol + HexagonalCell + SaltSites);
        Assert.That(SpaceGroup.Identify(hexagonal.Operations)?.ToString(), Is.EqualTo("R -3 m :H"));
        CrystalStructure rhombohedral = CifText.Read(Symbol + CifText.CubicCell.Replace(" 90", " 80") + SaltSites);
        Assert.That(SpaceGroup.Identify(rhombohedral.Operations)?.ToString(), Is.EqualTo("R -3 m :R"));
    }

    [TestCase("P 21/c", "beta 100", "P 1 21/c 1")]
    [TestCase("P 21/b", "gamma 100", "P 1 1 21/b")]
    [TestCase("P 21/b", "gamma 90.3", "P 1 1 21/b")]
    [TestCase("P 21/b", "alpha 100", "P 21/b 1 1")]
    [TestCase("14", "gamma 100", "P 1 1 21/a")]
    public void The_cell_chooses_the_unique_axis(string group, string angle, string expected)
    {
        string name = group == "14" ? "_symmetry_Int_Tables_number" : "_symmetry_space_group_name_H-M";
        string cell = MonoclinicCell.Replace("_beta 100", "_beta 90").Replace($"_{angle.Split(' ')[0]} 90", "_" + angle);
        CrystalStructure structure = CifText.Read($"{name} '{group}'\n{cell}{CifText.SiteTags}C .1 .2 .3\n");
        Assert.That(SpaceGroup.Identify(structure.Operations)?.ToString(), Is.EqualTo(expected));
    }

    [TestCase("_symmetry_space_group_name_H-M 'P 1'", false)]
    [TestCase("_symmetry_space_group_name_H-M 'P -1'", true)]
    [TestCase("_symmetry_Int_Tables_number 2", true)]
    [TestCase("_symmetry_space_group_name_Hall '-P 1'", true)]
    [TestCase("_symmetry_space_group_name_H-M 'unheard of'", false)]
    public void Operations_of_another_group_than_the_symbol_are_used_and_reported(string symbol, bool reported)
    {
        CrystalStructure? structure = CifText.Read(symbol + "\n" + CifText.CubicCell + CifText.Identity + SaltSites,
            out List<Finding> findings);
        Assert.That(structure?.AtomCount, Is.EqualTo(2));
        Assert.That(findings.Codes(), reported ? Is.EqualTo(new[] { "symmetry-symbol-mismatch" }) : Is.Empty);
    }

    [Test]
    public void Operations_about_a_shifted_origin_are_not_reported_as_another_group()
    {
        string text = "_symmetry_space_group_name_H-M 'P -1'\n" + CifText.CubicCell
            + CifText.Identity.Replace("x,y,z", "x,y,z\n-x+1/4,-y,-z") + SaltSites;
        Assert.That(CifText.Read(text, out List<Finding> findings), Is.Not.Null);
        Assert.That(findings, Is.Empty);
    }

    [Test]
    public void Operations_of_a_magnetic_structure_count_without_time_reversal_and_with_their_centerings()
    {
        string text = CifText.CubicCell + "loop_\n_space_group_symop_magn_operation.xyz\nx,y,z,+1\n-x,-y,-z,-1\n"
            + "loop_\n_space_group_symop_magn_centering.xyz\nx,y,z,+1\nx,y,z+1/2,-1\n" + CifText.SiteTags + "Fe .1 .2 .3\n";
        Assert.That(
            CifText.Read(text).Operations.Select(SymmetryTriplet.Format),
            Is.EqualTo(new[] { "x,y,z", "-x,-y,-z", "x,y,z+1/2", "-x,-y,-z+1/2" }));
    }
}
