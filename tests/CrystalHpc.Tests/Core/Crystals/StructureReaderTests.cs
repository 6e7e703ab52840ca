using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Crystals;

/// <summary>Data blocks become structures; what is odd becomes a finding of the right code.</summary>
public sealed class StructureReaderTests
{
    private const string Salt = CifText.CubicCell + CifText.Identity + CifText.SiteTags + "Na1 0 0 0\nCl1 0.5 0.5 0.5\n";

    [Test]
    public void Rock_salt_with_its_symmetry_has_eight_atoms_and_six_neighbors_at_half_the_edge()
    {
        string operations = string.Join('\n', FaceCentered().Distinct());
        CrystalStructure salt = CifText.Read(
            CifText.CubicCell.Replace("_a 4", "_a 5.6402(2)").Replace("_b 4", "_b 5.6402").Replace("_c 4", "_c 5.6402")
            + "loop_\n_space_group_symop_operation_xyz\n" + operations + "\n" + CifText.SiteTags + "Na1 0 0 0\nCl1 0.5 0.5 0.5\n");
        Assert.That(salt.Operations, Has.Count.EqualTo(192));
        Assert.That(salt.AtomCount, Is.EqualTo(8));
        Assert.That(salt.Multiplicity(0), Is.EqualTo(4));
        Assert.That(salt.Cell.Volume, Is.EqualTo(5.6402 * 5.6402 * 5.6402).Within(1e-9));
    }

    [Test]
    public void Dotted_names_are_read_like_underscored_ones()
    {
        string dotted = Salt.Replace("_cell_", "_cell.").Replace("_atom_site_", "_atom_site.")
            .Replace("_symmetry_equiv_pos_as_xyz", "_space_group_symop.operation_xyz");
        Assert.That(CifText.Read(dotted).AtomCount, Is.EqualTo(2));
    }

    [Test]
    public void P1_needs_no_operations()
    {
        string text = "_symmetry_space_group_name_H-M 'P 1'\n" + Salt.Replace(CifText.Identity, "");
        Assert.That(CifText.Read(text).Operations, Is.EqualTo(new[] { SymmetryOperation.Identity }));
    }

    [Test]
    public void Numbers_of_the_oxidation_column_are_the_charges_of_the_sites()
    {
        string types = "loop_\n_atom_type_symbol\n_atom_type_oxidation_number\nNa1+ 1\nCl1- -1\n";
        CrystalStructure structure = CifText.Read(types + Salt);
        Assert.That(structure.Sites.Select(site => site.Charge), Is.EqualTo(new double?[] { 1, -1 }));
    }

    [Test]
    public void A_rounded_position_on_a_mirror_plane_is_one_atom()
    {
        string mirror = "loop_\n_symmetry_equiv_pos_as_xyz\nx,y,z\ny,x,z\n";
        CrystalStructure structure = CifText.Read(Salt.Replace(CifText.Identity, mirror).Replace("0.5 0.5 0.5", "0.123 0.124 0.5"));
        Assert.That(structure.Multiplicity(1), Is.EqualTo(1));
        Assert.That(structure.Positions[1].X, Is.EqualTo(0.1235).Within(1e-12));
    }

    // Each row: what to replace in the file of rock salt, by what, and the code that must be found.
    [TestCase("_atom_site_fract_x", "_other", "structure-no-atom-sites")]
    [TestCase("_atom_site_fract_z", "_other", "structure-no-atom-sites")]
    [TestCase("_atom_site_fract", "_atom_site_Cartn", "site-cartesian-only")]
    [TestCase("_cell_length_b 4", "", "cell-missing")]
    [TestCase("_cell_length_b 4", "_cell_length_b ?", "cell-missing")]
    [TestCase("_cell_length_b 4", "_cell_length_b four", "cell-missing")]
    [TestCase("_cell_length_b 4", "_cell_length_b -4", "cell-invalid")]
    [TestCase("_cell_angle_beta 90", "_cell_angle_beta 180", "cell-invalid")]
    [TestCase("_cell_length_a 4", "_cell_length_a 0.5", "structure-too-dense", "_cell_length_b 4", "_cell_length_b 0.4")]
    [TestCase("x,y,z", "x,y,x", "symmetry-unreadable")]
    [TestCase("x,y,z", "x,y,z\n-y,x,z", "symmetry-not-a-group")]
    [TestCase("x,y,z", "x,y,z\ny,x,z", "symmetry-cell-mismatch", "_cell_length_a 4", "_cell_length_a 5")]
    [TestCase("_symmetry_equiv_pos_as_xyz", "_other", "symmetry-missing")]
    [TestCase("Na1", "M1", "site-element-unknown")]
    [TestCase("0.5 0.5 0.5", "0.5 N1 0.5", "site-coordinates-unreadable")]
    [TestCase("_cell_length_a 4", "_cell_modulation_dimension 1\n_cell_length_a 4", "structure-modulated")]
    public void What_cannot_be_a_structure_is_rejected_with_its_code(
        string part, string replacement, string code, string part2 = "@", string replacement2 = "")
    {
        string text = Salt.Replace(part, replacement).Replace(part2, replacement2);
        Assert.That(CifText.Read(text, out List<Finding> findings), Is.Null);
        Assert.That(findings.Codes(), Does.Contain(code));
    }

    [TestCase("0.5 0.5 0.5", "0.5 0.5 0.5\nCl2 ? ? ?", "site-without-coordinates")]
    [TestCase("0.5 0.5 0.5", "0.5 0.5 0.5\nCl2 . . .", "site-without-coordinates")]
    [TestCase("x,y,z", "-x,-y,-z", "symmetry-identity-missing")]
    [TestCase("x,y,z", "x,y,z\nx,y,1+z", "symmetry-duplicate")]
    [TestCase("x,y,z", "x,y,z\n-x,-y,-z", "site-near-special-position", "0.5 0.5 0.5", "0.5 0.5 0.46")]
    [TestCase("_cell_length_a 4", "_cell_volume 66\n_cell_length_a 4", "cell-volume-differs")]
    [TestCase("_cell_length_a 4", "_refine_ls_R_factor_gt 4.5\n_cell_length_a 4", "metadata-repaired")]
    [TestCase("_cell_length_a 4", "_diffrn_ambient_temperature -100\n_cell_length_a 4", "metadata-repaired")]
    [TestCase("Na1", "CO1", "site-element-guessed")]
    public void What_was_repaired_or_left_out_is_said(
        string part, string replacement, string code, string part2 = "@", string replacement2 = "")
    {
        string text = Salt.Replace(part, replacement).Replace(part2, replacement2);
        Assert.That(CifText.Read(text, out List<Finding> findings), Is.Not.Null);
        Assert.That(findings.Codes(), Does.Contain(code));
    }

    [TestCase("dum 1", "site-dummy", 1)]
    [TestCase("d 0", "site-occupancy-zero", 1)]
    [TestCase("d 1.01", "site-occupancy-above-one", 2)]
    [TestCase("d '50 %'", null, 2)]
    [TestCase("d 1/2", null, 2)]
    [TestCase("d 0,5", null, 2)]
    [TestCase("d ?", null, 2)]
    public void Occupancies_and_dummies_are_read(string values, string? code, int sites)
    {
        string text = CifText.CubicCell + CifText.Identity + CifText.SiteTags + "_atom_site_calc_flag\n_atom_site_occupancy\n"
            + $"Na1 0 0 0 d 1\nCl1 0.5 0.5 0.5 {values}\n";
        CrystalStructure? structure = CifText.Read(text, out List<Finding> findings);
        Assert.That(structure?.Sites.Count, Is.EqualTo(sites));
        Assert.That(findings.Codes(), code is null ? Is.Empty : Is.EqualTo(new[] { code }));
    }

    [TestCase("-1")]
    [TestCase("x")]
    [TestCase("1.03")]
    [TestCase("2")]
    [TestCase("11.0")]
    public void An_impossible_occupancy_rejects_the_structure(string occupancy)
    {
        string text = CifText.CubicCell + CifText.Identity + CifText.SiteTags + "_atom_site_occupancy\n" + $"Na1 0 0 0 {occupancy}\n";
        Assert.That(CifText.Read(text, out List<Finding> findings), Is.Null);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "site-occupancy-invalid" }));
    }

    [Test]
    public void Cells_and_operator_lists_beyond_the_limits_are_rejected()
    {
        var many = new System.Text.StringBuilder(CifText.CubicCell + CifText.Identity + CifText.SiteTags);
        for (int i = 0; i <= 100_000; i++)
            many.Append("Na 0 0 0\n");
        Assert.That(CifText.Read(many.ToString(), out List<Finding> findings), Is.Null);
        Assert.That(findings.Codes(), Does.Contain("structure-too-many-atoms"));

        string operations = string.Concat(Enumerable.Repeat("x,y,z\n", 1025));
        Assert.That(CifText.Read(Salt.Replace("x,y,z\n", operations), out findings), Is.Null);
        Assert.That(findings.Codes(), Does.Contain("symmetry-too-many"));
    }

    [Test]
    public void Water_of_label_lists_brings_its_hydrogen_unless_hydrogen_is_listed()
    {
        Assert.That(CifText.Read(CifText.Sites("Na 0 0 0", "Wat1 .5 .5 .5")).Sites[1].AttachedHydrogens, Is.EqualTo(2));
        Assert.That(CifText.Read(CifText.Sites("Na 0 0 0", "Wat1 .5 .5 .5", "H1 .3 .5 .5")).Sites[1].AttachedHydrogens, Is.Zero);
    }

    [Test]
    public void Metadata_are_read_from_their_names()
    {
        StructureMetadata metadata = CifText.Read("""
            _cod_database_code 1000041
            _journal_paper_doi 10.1000/1
            _journal_year 1999
            _chemical_name_mineral Halite
            _chemical_formula_sum 'Cl Na'
            _space_group_name_H-M_alt 'P 1'
            _space_group_name_Hall 'P 1'
            _space_group_IT_number 1
            _cell_formula_units_Z 1
            _cell_measurement_temperature 293(2)
            _cell_measurement_pressure 100
            _refine_ls_R_factor_all 0.08
            _refine_ls_R_factor_gt 0.031
            _cod_struct_determination_method theoretical
            _[local]_cod_error_flag 'errors'
            _cod_duplicate_entry 1000042

            """ + Salt).Metadata;
        Assert.That(metadata with { DatabaseFlags = [] }, Is.EqualTo(new StructureMetadata
        {
            BlockName = "test",
            CodId = "1000041",
            Doi = "10.1000/1",
            Year = 1999,
            CompoundName = "Halite",
            FormulaSum = "Cl Na",
            SpaceGroup = "P 1",
            HallSymbol = "P 1",
            SpaceGroupNumber = 1,
            FormulaUnits = 1,
            TemperatureKelvin = ValueRange.Exactly(293),
            PressureKilopascal = ValueRange.Exactly(100),
            RFactor = 0.031,
            IsTheoretical = true,
        } with { DatabaseFlags = metadata.DatabaseFlags }).Using<StructureMetadata>((a, b)
        => a with { DatabaseFlags = b.DatabaseFlags, UnreadableItems = b.UnreadableItems } == b));
        Assert.That(metadata.DatabaseFlags, Is.EqualTo(new[] { "cod-errors", "cod-duplicate" }));
    }

    [Test]
    public void Every_code_has_its_own_name()
    {
        Assert.That(CrystalFindings.All.Select(code => code.Name), Is.Unique);
        Assert.That(CrystalFindings.All.Select(code => code.Name), Has.All.Match("^[a-z]+(-[a-z]+)+$"));
        Assert.That(CrystalFindings.All, Has.Count.EqualTo(typeof(CrystalFindings).GetFields().Length));
    }

    // All signed permutations of the axes, with the centering of F.
    private static IEnumerable<string> FaceCentered()
    {
        string[][] permutations = [["x", "y", "z"], ["y", "z", "x"], ["z", "x", "y"], ["y", "x", "z"], ["x", "z", "y"], ["z", "y", "x"]];
        string[][] centerings = [["", "", ""], ["", "+1/2", "+1/2"], ["+1/2", "", "+1/2"], ["+1/2", "+1/2", ""]];
        foreach (string[] center in centerings)
        {
            foreach (string[] axes in permutations)
            {
                for (int signs = 0; signs < 8; signs++)
                    yield return string.Join(',', axes.Select((axis, i) => ((signs >> i & 1) == 1 ? "-" : "") + axis + center[i]));
            }
        }
    }
}
