using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Validation;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.Validation;

/// <summary>Every rule rejects what it is for, says so, and can be turned off.</summary>
public sealed class StructureValidatorTests
{
    private static readonly string SaltWithoutFormula = CifText.Sites("Na1 0 0 0", "Cl1 .5 .5 .5");
    private static readonly string Salt = "_chemical_formula_sum 'Na Cl'\n" + SaltWithoutFormula;

    private static Verdict Judge(string text, ValidationOptions options, out List<Finding> findings)
    {
        findings = [];
        OxidationResult result = OxidationResolver.Resolve(CifText.Read(text), OxidationOptions.Default, []);
        return StructureValidator.Judge(result.Structure, result.Source, options, findings);
    }

    [Test]
    public void Rock_salt_is_accepted()
    {
        Verdict verdict = Judge(Salt, ValidationOptions.Default, out List<Finding> findings);
        Assert.That(verdict.Accepted, Is.True);
        Assert.That(verdict.ToString(), Is.EqualTo("accepted"));
        Assert.That(findings, Is.Empty);
    }

    [Test]
    public void A_file_without_structure_is_rejected()
    {
        Verdict verdict = StructureValidator.Judge(null, OxidationSource.None, ValidationOptions.Default, []);
        Assert.That(verdict.Reasons, Is.EqualTo(new[] { ValidationFindings.NoStructure }));
    }

    // An item to add to rock salt, and the reason for which it is then rejected.
    [TestCase("_cod_struct_determination_method theoretical", "reject-theoretical")]
    [TestCase("_cod_error_flag errors", "reject-database-error")]
    [TestCase("_cod_error_flag retracted", "reject-database-error")]
    [TestCase("_cod_duplicate_entry 1000041", "reject-duplicate")]
    [TestCase("_cod_related_optimal_struct 1000041", "reject-suboptimal")]
    [TestCase("_cod_hold_until_date 2030-01-01", "reject-on-hold")]
    [TestCase("_diffrn_ambient_temperature 1200", "reject-temperature")]
    [TestCase("_diffrn_ambient_temperature 4", "reject-temperature")]
    [TestCase("_diffrn_ambient_pressure 5e6", "reject-pressure")]
    [TestCase("_refine_ls_R_factor_gt 0.2", "reject-r-factor")]
    [TestCase("_journal_year 1931", "reject-year")]
    public void Entries_and_experiments_outside_the_rules_are_rejected(string item, string reason)
    {
        Verdict verdict = Judge(item + "\n" + Salt, ValidationOptions.Default, out List<Finding> findings);
        Assert.That(verdict.ToString(), Is.EqualTo(reason));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { reason }));
        Assert.That(Judge(item + "\n" + Salt, Everything, out _).Accepted, Is.True);
    }

    [TestCase("_cod_error_flag warnings")]
    [TestCase("_diffrn_ambient_temperature 293")]
    [TestCase("_diffrn_ambient_pressure 100")]
    [TestCase("_cod_duplicate_entry ?")]
    [TestCase("_journal_year 1987")]
    [TestCase("_diffrn_ambient_temperature '293(2) K'")]
    [TestCase("_diffrn_ambient_temperature '20 \\%C'")]
    [TestCase("_diffrn_ambient_temperature 'room temperature'")]
    [TestCase("_diffrn_ambient_temperature n/a")]
    [TestCase("_diffrn_ambient_temperature 293-298")]
    [TestCase("_diffrn_ambient_pressure '1 atm'")]
    [TestCase("_refine_ls_R_factor_gt '4.5 %'")]
    [TestCase("_refine_ls_R_factor_gt 0,045")]
    [TestCase("_exptl_crystal_density_diffrn '2.16 g/cm3'")]
    public void Ordinary_entries_are_accepted(string item) =>
        Assert.That(Judge(item + "\n" + Salt, ValidationOptions.Default, out _).Accepted, Is.True);

    // What is there counts, in whatever unit and words.
    [TestCase("_diffrn_ambient_temperature '1273 K'", "reject-temperature")]
    [TestCase("_diffrn_ambient_temperature '1273(10)K'", "reject-temperature")]
    [TestCase("_cell_measurement_temperature '1000 \\%C'", "reject-temperature")]
    [TestCase("_diffrn_ambient_temperature <20", "reject-temperature")]
    [TestCase("_diffrn_ambient_temperature ~4.2", "reject-temperature")]
    [TestCase("_diffrn_ambient_temperature '293 to 573'", "reject-temperature")]
    [TestCase("loop_\n_diffrn_ambient_temperature\n293\n10", "reject-temperature")]
    [TestCase("_diffrn_ambient_pressure '5 GPa'", "reject-pressure")]
    [TestCase("_diffrn_ambient_pressure '50 kbar'", "reject-pressure")]
    [TestCase("_refine_ls_R_factor_gt '12.5 %'", "reject-r-factor")]
    [TestCase("_refine_ls_R_factor_gt 0,125", "reject-r-factor")]
    [TestCase("_diffrn_ambient_temperature cold", "reject-unreadable-value")]
    [TestCase("_diffrn_ambient_pressure high", "reject-unreadable-value")]
    [TestCase("_refine_ls_R_factor_gt good", "reject-unreadable-value")]
    [TestCase("_exptl_crystal_density_diffrn heavy", "reject-unreadable-value")]
    [TestCase("_cell_formula_units_Z four", "reject-unreadable-value")]
    [TestCase("_journal_year 'in press'", "reject-unreadable-value")]
    [TestCase("_space_group_IT_number P1", "reject-unreadable-value")]
    [TestCase("_refine_ls_R_factor_gt -0.04", "reject-unreadable-value")]
    [TestCase("_cell_formula_units_Z 0", "reject-unreadable-value")]
    [TestCase("_exptl_crystal_density_diffrn -2.1", "reject-unreadable-value")]
    [TestCase("_journal_year 87", "reject-unreadable-value")]
    [TestCase("_journal_year 19870", "reject-unreadable-value")]
    [TestCase("_space_group_IT_number 231", "reject-unreadable-value")]
    [TestCase("_diffrn_ambient_temperature_lt 20", "reject-temperature")]
    [TestCase("_diffrn.ambient_temperature_gt 1000", "reject-temperature")]
    [TestCase("_diffrn_ambient_pressure_gt 4000000", "reject-pressure")]
    [TestCase("_chemical_name_common 'NaCl at 30 GPa'", "reject-pressure")]
    [TestCase("_diffrn_special_details 'T = 10 K'", "reject-temperature")]
    [TestCase("_diffrn_ambient_environment 'helium at 10 K'", "reject-temperature")]
    [TestCase("_chemical_formula_sum 'Na Cl xH2O'", "reject-unreadable-value")]
    [TestCase("_chemical_formula_sum '(Na,K) Cl'", "reject-unreadable-value")]
    [TestCase("_chemical_formula_sum 'sodium chloride'", "reject-unreadable-value")]
    [TestCase("_publ_section_title 'Sample: P = 2.7a GPa'", "reject-unreadable-value")]
    public void A_value_that_is_there_does_not_count_as_absent(string item, string reason) =>
        Assert.That(Judge(item + "\n" + SaltWithoutFormula, ValidationOptions.Default, out _).ToString(), Is.EqualTo(reason));

    // Databases write all of these for want of a formula.
    [TestCase("?")]
    [TestCase("n/a")]
    [TestCase("''")]
    public void A_formula_that_says_nothing_is_absent(string formula) =>
        Assert.That(Judge($"_chemical_formula_sum {formula}\n{SaltWithoutFormula}", ValidationOptions.Default, out _).Accepted, Is.True);

    [Test]
    public void An_unreadable_value_is_reported_with_its_place()
    {
        _ = CifText.Read("_diffrn_ambient_temperature cold\n" + Salt, out List<Finding> findings);
        Assert.That(findings.Select(finding => finding.ToString()), Has.Some.Contains("metadata-unreadable"));
        Assert.That(findings[0].Line, Is.EqualTo(2));
    }

    // GaO6 as in corundum and twice as dense, GeO4: states of the file or assigned ones, the bonds decide.
    [TestCase("Ga", "3", 1.47, true)]
    [TestCase("Ga", "3", 1.99, false)]
    [TestCase("Ge", "4", 1.70, true)]
    [TestCase("Ge", "4", 1.88, false)]
    [TestCase("Ba", "2", 2.75, false)]
    public void Bonds_far_too_short_for_the_radii_reject_whatever_gives_the_states(
        string cation, string state, double distance, bool rejected)
    {
        string text = "loop_\n_atom_type_symbol\n_atom_type_oxidation_number\n" + $"{cation} {state}\nO -2\n"
            + CifText.CubicCell.Replace("_a 4", FormattableString.Invariant($"_a {2 * distance}"))
                .Replace("_b 4", FormattableString.Invariant($"_b {2 * distance}"))
                .Replace("_c 4", FormattableString.Invariant($"_c {2 * distance}"))
            + CifText.Identity + CifText.SiteTags + $"{cation} 0 0 0\nO1 .5 0 0\nO2 0 .5 0\nO3 0 0 .5\n";
        ValidationOptions options = WithoutStates;
        CrystalHpc.Core.Crystals.CrystalStructure structure = CifText.Read(text);
        Verdict verdict = StructureValidator.Judge(structure, OxidationSource.Label, options, []);
        Assert.That(verdict.Reasons.Contains(ValidationFindings.BondsTooShort), Is.EqualTo(rejected));
        Assert.That(StructureValidator.Judge(structure, OxidationSource.Label, options with { MaximumShorteningAngstrom = 0 }, []).Reasons,
            Does.Not.Contain(ValidationFindings.BondsTooShort));
    }

    [Test]
    public void A_cation_without_an_anion_in_reach_rejects_the_structure()
    {
        string far = CifText.Sites("Na1 0 0 0", "Cl1 .5 .5 .5").Replace(" 4\n", " 7\n");
        Assert.That(Judge(far, ValidationOptions.Default, out _).ToString(), Is.EqualTo("reject-no-bonds"));
        Assert.That(Judge(far, ValidationOptions.Default with { RequireBonds = false }, out _).Accepted, Is.True);
    }

    [TestCase(".05", true)]
    [TestCase(".5", false)]
    public void A_slab_in_vacuum_is_rejected(string z, bool rejected)
    {
        string slab = CifText.Sites("Na1 0 0 0", $"Cl1 .5 .5 {z}").Replace("_c 4", "_c 14");
        Assert.That(Judge(slab, ValidationOptions.Default, out _).Reasons.Contains(ValidationFindings.Vacuum), Is.EqualTo(rejected));
    }

    [Test]
    public void Warnings_of_the_database_reject_only_when_asked() =>
        Assert.That(
            Judge("_cod_error_flag warnings\n" + Salt, ValidationOptions.Default with { RejectDatabaseWarnings = true }, out _).ToString(),
            Is.EqualTo("reject-database-warning"));

    [Test]
    public void Structures_without_oxygen_or_halogen_beside_a_cation_are_rejected()
    {
        string sulfide = "_chemical_formula_sum 'Zn S'\n" + CifText.Sites("Zn1 0 0 0", "S1 .5 .5 .5");
        Assert.That(Judge(sulfide, ValidationOptions.Default, out _).ToString(), Is.EqualTo("reject-no-oxygen-or-halogen"));
        Assert.That(Judge(sulfide, ValidationOptions.Default with { RequireOxygenOrHalogen = false }, out _).Accepted, Is.True);
    }

    [Test]
    public void Structures_without_oxidation_states_are_rejected()
    {
        string alloyOxide = "_chemical_formula_sum 'Fe Ti O3'\n" + CifText.Sites("Fe1 0 0 0", "Ti1 .5 .5 .5", "O1 .5 0 0", "O2 0 .5 0",
            "O3 0 0 .5");
        Assert.That(Judge(alloyOxide, ValidationOptions.Default, out _).ToString(), Is.EqualTo("reject-no-oxidation-states"));
        Assert.That(Judge(alloyOxide, ValidationOptions.Default with { RequireOxidationStates = false }, out _).Accepted, Is.True);
    }

    [Test]
    public void Disordered_structures_are_rejected()
    {
        string partial = CifText.CubicCell + CifText.Identity + CifText.SiteTags
            + "_atom_site_occupancy\nNa1 0 0 0 0.5\nK1 0 0 0 0.5\nCl1 .5 .5 .5 1\n";
        Assert.That(Judge(partial, WithoutStates, out _).ToString(), Is.EqualTo("reject-disordered"));
        Assert.That(Judge(partial, WithoutStates with { RequireOrder = false }, out _).Accepted, Is.True);
        string group = CifText.CubicCell + CifText.Identity + CifText.SiteTags + "_atom_site_disorder_group\nNa1 0 0 0 .\nCl1 .5 .5 .5 A\n";
        Assert.That(Judge(group, WithoutStates, out _).ToString(), Is.EqualTo("reject-disordered"));
    }

    [Test]
    public void Two_full_atoms_at_one_place_are_disorder_and_too_close()
    {
        string shared = CifText.Sites("Na1 0 0 0", "K1 0 0 0", "Cl1 .5 .5 .5");
        Assert.That(Judge(shared, ValidationOptions.Default with { RequireOxidationStates = false }, out _).ToString(),
            Is.EqualTo("reject-disordered reject-atoms-too-close"));
    }

    [Test]
    public void Atoms_closer_than_any_bond_reject_the_structure()
    {
        string close = CifText.Sites("Na1 0 0 0", "Cl1 .35 0 0");
        Assert.That(Judge(close, ValidationOptions.Default, out List<Finding> findings).ToString(), Is.EqualTo("reject-atoms-too-close"));
        Assert.That(findings.Single().Message, Does.Contain("1.400 Å"));
        Assert.That(Judge(close, ValidationOptions.Default with { ShortestDistanceFraction = 0 }, out _).Accepted, Is.True);
    }

    // Bonds that are as short as bonds get: uranyl and vanadyl oxygen, carbon monoxide, hydrogen at 0.8 Å.
    [TestCase("U", "O", 1.75)]
    [TestCase("V", "O", 1.57)]
    [TestCase("C", "O", 1.12)]
    [TestCase("O", "H", 0.80)]
    public void True_short_bonds_are_not_too_close(string first, string second, double distance)
    {
        string text = CifText.Sites($"{first}1 0 0 0", FormattableString.Invariant($"{second}1 {distance / 4} 0 0"));
        Assert.That(ShortestDistance.Below(CifText.Read(text), ValidationOptions.Default.ShortestDistanceFraction), Is.Null);
    }

    [TestCase("Na Cl O", true, "reject-formula-differs")]
    [TestCase("Na Cl H2", false, "reject-hydrogen-missing")]
    [TestCase("Na Cl H2", true, "accepted")]
    [TestCase("?", true, "accepted")]
    public void Atom_lists_are_compared_with_the_formula(string formula, bool allowMissingHydrogen, string verdict)
    {
        ValidationOptions options = ValidationOptions.Default with {
            RequireOxidationStates = false, AllowMissingHydrogen = allowMissingHydrogen };
        string text = $"_chemical_formula_sum '{formula}'\n" + CifText.Sites("Na1 0 0 0", "Cl1 .5 .5 .5");
        Assert.That(Judge(text, options, out _).ToString(), Is.EqualTo(verdict));
        Assert.That(Judge(text, options with { RequireCompleteness = false }, out _).Accepted, Is.True);
    }

    [Test]
    public void A_formula_can_be_required() =>
        Assert.That(Judge(CifText.Sites("Na1 0 0 0", "Cl1 .5 .5 .5"), ValidationOptions.Default with { RequireFormula = true }, out _)
            .ToString(),
            Is.EqualTo("reject-no-formula"));

    [Test]
    public void Rows_without_coordinates_make_a_list_incomplete_where_no_formula_tells() =>
        Assert.That(
            Judge(CifText.Sites("Na1 0 0 0", "Cl1 .5 .5 .5", "Cl2 ? ? ?"), WithoutStates, out _).ToString(),
            Is.EqualTo("reject-formula-differs"));

    [TestCase(1, 100)]
    [TestCase(100, 1)]
    public void Large_structures_are_rejected(int sites, int atoms) =>
        Assert.That(Judge(Salt, ValidationOptions.Default with { MaximumSites = sites, MaximumAtoms = atoms }, out _).ToString(),
            Is.EqualTo("reject-too-large"));

    [Test]
    public void All_reasons_are_listed_in_their_fixed_order()
    {
        string text = "_refine_ls_R_factor_gt 0.2\n_cod_struct_determination_method theoretical\n"
            + CifText.Sites("Zn1 0 0 0", "S1 .5 .5 .5");
        Assert.That(Judge(text, ValidationOptions.Default, out _).Reasons, Is.EqualTo(new[]
        {
            ValidationFindings.NoOxygenOrHalogen, ValidationFindings.Theoretical, ValidationFindings.RFactor,
        }));
    }

    [Test]
    public void Every_code_has_its_own_name()
    {
        Assert.That(ValidationFindings.All.Select(code => code.Name), Is.Unique);
        Assert.That(ValidationFindings.All, Has.Count.EqualTo(typeof(ValidationFindings).GetFields().Length));
    }

    private static ValidationOptions WithoutStates { get; } = ValidationOptions.Default with { RequireOxidationStates = false };

    private static ValidationOptions Everything { get; } = new(
        false, false, false, false, true, false, false, false, false, false, false, false, 0, 0, false, 0, false, 0, 0, 1e5, 1e12, 1,
        1_000_000, 10_000_000);
}
