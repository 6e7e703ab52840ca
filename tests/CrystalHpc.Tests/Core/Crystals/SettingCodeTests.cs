using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Settings told by codes and unusual symbols, and lists of operations that are a part of the group named.</summary>
public sealed class SettingCodeTests
{
    private const string SaltSites = CifText.SiteTags + "Na1 0 0 0\nCl1 0.5 0.5 0.5\n";
    private const string Code = "_space_group.IT_coordinate_system_code ";

    private static readonly string Monoclinic = CifText.CubicCell.Replace("_beta 90", "_beta 101");

    [TestCase("_symmetry_Int_Tables_number 14\n" + Code + "b2", "P 1 21/n 1")]
    [TestCase("_space_group.name_H-M_ref 'P 1 21/c 1'\n" + Code + "b2", "P 1 21/n 1")]
    [TestCase("_symmetry_Int_Tables_number 14:b2", "P 1 21/n 1")]
    [TestCase("_symmetry_Int_Tables_number '14 (b3)'", "P 1 21/a 1")]
    [TestCase("_symmetry_Int_Tables_number 14\n" + Code + "b7", "P 1 21/c 1")]
    public void The_code_of_a_setting_chooses_it(string symmetry, string expected)
    {
        CrystalStructure structure = CifText.Read(symmetry + "\n" + Monoclinic + CifText.SiteTags + "C .1 .2 .3\n");
        Assert.That(SpaceGroup.Identify(structure.Operations)?.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void Where_the_operations_come_from_is_said()
    {
        _ = CifText.Read("_symmetry_Int_Tables_number 14:b2\n" + Monoclinic + CifText.SiteTags + "C .1 .2 .3\n",
            out List<Finding> findings);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "symmetry-from-code" }));
    }

    [TestCase(62, "cab", "P b n m")]
    [TestCase(62, "abc", "P n m a")]
    [TestCase(227, "2", "F d -3 m :2")]
    [TestCase(50, "1cab", "P n c b :1")]
    [TestCase(167, "r", "R -3 c :R")]
    [TestCase(62, "xyz", null)]
    public void Codes_name_settings(int number, string code, string? expected) =>
        Assert.That(SpaceGroup.FromCode(number, code).Select(group => group.ToString()),
            expected is null ? Is.Empty : Is.EqualTo(new[] { expected }));

    [TestCase("F 4/m 3 2/m", "F m -3 m")]
    [TestCase("P 4/m 3 2/m", "P m -3 m")]
    [TestCase("P 21/a 3", "P a -3")]
    [TestCase("I 41/a 3 2/d", "I a -3 d")]
    [TestCase("R -3 c RS", "R -3 c :R")]
    [TestCase("R -3 c rh", "R -3 c :R")]
    [TestCase("R -3 c HEX", "R -3 c :H")]
    [TestCase("P 1 21/c 1:b2", "P 1 21/n 1")]
    [TestCase("P 1 21/c 1 (b2)", "P 1 21/n 1")]
    [TestCase("P 2_{1}/n", "P 1 21/n 1")]
    [TestCase("P 1 2~1~/n 1", "P 1 21/n 1")]
    [TestCase("P2<sub>1</sub>/n", "P 1 21/n 1")]
    [TestCase("F m \\=3 m", "F m -3 m")]
    [TestCase("Fm\\bar{3}m", "F m -3 m")]
    public void Old_and_rare_symbols_are_known(string symbol, string expected) =>
        Assert.That(HermannMauguinSymbol.Find(symbol).Select(group => group.ToString()), Has.Some.EqualTo(expected));

    // Cut at a bracket it would be P 2, a wrong group.
    [TestCase("P 2{1/n")]
    [TestCase("P 2[1]c")]
    public void A_symbol_with_a_bracket_in_its_middle_is_none(string symbol) => Assert.That(HermannMauguinSymbol.Find(symbol), Is.Empty);

    [Test]
    public void A_code_of_another_group_than_the_symbol_names_is_not_believed()
    {
        string text = "_symmetry_space_group_name_H-M 'F m -3 m'\n_symmetry_Int_Tables_number 14:b1\n" + CifText.CubicCell + SaltSites;
        Assert.That(CifText.Read(text).AtomCount, Is.EqualTo(8));
    }

    [TestCase("_symmetry_space_group_name_Hall '-F 4 2 3'\n_cell_formula_units_Z 4\n", 8)]
    [TestCase("_symmetry_space_group_name_H-M 'F m -3 m'\n", 12)]
    public void A_Hall_symbol_and_a_formula_decide_against_a_short_list_too(string facts, int atoms)
    {
        // Rock salt from the identity; fluorite from the centerings, which make Ca F of it.
        string sites = atoms == 8 ? SaltSites : CifText.SiteTags + "Ca1 0 0 0\nF1 .25 .25 .25\n";
        string list = atoms == 8 ? CifText.Identity : CifText.Identity + "x,y+1/2,z+1/2\nx+1/2,y,z+1/2\nx+1/2,y+1/2,z\n";
        string formula = atoms == 8 ? "Na Cl" : "Ca F2";
        string text = $"_chemical_formula_sum '{formula}'\n{facts}" + CifText.CubicCell.Replace(" 4\n", " 5.6\n") + list + sites;
        CrystalStructure? structure = CifText.Read(text, out List<Finding> findings);
        Assert.That(structure?.AtomCount, Is.EqualTo(atoms));
        Assert.That(findings.Codes(), Does.Contain("symmetry-list-replaced"));
    }

    [Test]
    public void Operations_with_blanks_and_no_quotes_are_read_line_by_line()
    {
        const string List = "loop_\n_symmetry_equiv_pos_site_id\n_symmetry_equiv_pos_as_xyz\n"
            + "1 x, y, z\n2 x, y + 0.5, z + 0.5\n3 x + 1/2, y, z + 1/2\n4 x + 1/2, y + 1/2, z\n";
        CrystalStructure? structure = CifText.Read(CifText.CubicCell + List + SaltSites, out List<Finding> findings);
        Assert.That(structure?.AtomCount, Is.EqualTo(8));
        Assert.That(findings.Codes(), Does.Contain("symmetry-unquoted"));
        Assert.That(CifText.Read(CifText.CubicCell + List.Replace("2 x,", "2 x, w,") + SaltSites, out findings), Is.Null);
    }

    // Rock salt in a cell of 5.64 Å with the identity alone: the symbol's centerings and inversions are missing.
    [TestCase("_chemical_formula_sum 'Na Cl'\n_cell_formula_units_Z 4\n", 8, "symmetry-list-replaced")]
    [TestCase("_exptl_crystal_density_diffrn 2.163\n", 8, "symmetry-list-replaced")]
    [TestCase("_chemical_formula_sum 'Na Cl'\n_cell_formula_units_Z 1\n", 2, "symmetry-symbol-mismatch")]
    [TestCase("", null, "symmetry-list-incomplete")]
    public void Z_density_or_nothing_decide_between_a_short_list_and_the_symbol(string facts, int? atoms, string code)
    {
        string text = "_symmetry_space_group_name_H-M 'F m -3 m'\n" + facts + CifText.CubicCell.Replace(" 4\n", " 5.64\n")
            + CifText.Identity + SaltSites;
        CrystalStructure? structure = CifText.Read(text, out List<Finding> findings);
        Assert.That(structure?.AtomCount, Is.EqualTo(atoms));
        Assert.That(findings.Codes(), Does.Contain(code));
    }

    [Test]
    public void A_cell_written_out_whole_keeps_its_list_whatever_the_symbol()
    {
        string text = "_symmetry_space_group_name_H-M 'I m -3 m'\n" + CifText.Sites("Fe1 0 0 0", "Fe2 .5 .5 .5");
        CrystalStructure? structure = CifText.Read(text, out List<Finding> findings);
        Assert.That(structure?.AtomCount, Is.EqualTo(2));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "symmetry-symbol-mismatch" }));
    }

    [TestCase("1", true)]
    [TestCase("1\n_symmetry_space_group_name_H-M '?'", true)]
    [TestCase("4", false)]
    public void Without_a_word_on_symmetry_a_list_of_Z_formula_units_is_the_whole_cell(string units, bool isRead)
    {
        string text = $"_chemical_formula_sum 'Na Cl'\n_cell_formula_units_Z {units}\n" + CifText.CubicCell + SaltSites;
        CrystalStructure? structure = CifText.Read(text, out List<Finding> findings);
        Assert.That(structure?.AtomCount, isRead ? Is.EqualTo(2) : Is.Null);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { isRead ? "symmetry-none-needed" : "symmetry-missing" }));
    }
}
