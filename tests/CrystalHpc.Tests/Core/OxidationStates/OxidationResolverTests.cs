using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Tests.Core.Crystals;

namespace CrystalHpc.Tests.Core.OxidationStates;

/// <summary>Which oxidation states are believed, and which are assigned.</summary>
public sealed class OxidationResolverTests
{
    private const string TypedTags = """
        loop_
        _atom_site_label
        _atom_site_type_symbol
        _atom_site_fract_x
        _atom_site_fract_y
        _atom_site_fract_z

        """;

    private static OxidationResult Resolve(string text, out List<Finding> findings, OxidationOptions? options = null)
    {
        findings = [];
        return OxidationResolver.Resolve(CifText.Read(text), options ?? OxidationOptions.Default, findings);
    }

    // A cell of two sites, Na at the corner and Cl in the middle, with these types and oxidation numbers.
    private static string Salt(string sodiumType, string chlorineType, params string[] numbers)
    {
        string types = numbers.Length == 0
            ? ""
            : $"loop_\n_atom_type_symbol\n_atom_type_oxidation_number\n{sodiumType} {numbers[0]}\n{chlorineType} {numbers[1]}\n";
        return types + CifText.CubicCell + CifText.Identity + TypedTags + $"Na1 {sodiumType} 0 0 0\nCl1 {chlorineType} .5 .5 .5\n";
    }

    [Test]
    public void Neutral_labels_are_believed_first()
    {
        OxidationResult result = Resolve(Salt("Na", "Cl", "1", "-1"), out List<Finding> findings);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.Label));
        Assert.That(result.Structure.Sites.Select(site => site.Charge), Is.EqualTo(new double?[] { 1, -1 }));
        Assert.That(findings, Is.Empty);
    }

    [Test]
    public void Charges_of_type_symbols_are_believed_where_there_are_no_numbers()
    {
        OxidationResult result = Resolve(Salt("Na1+", "Cl1-"), out _);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.Type));
        Assert.That(result.Structure.Sites.Select(site => site.Charge), Is.EqualTo(new double?[] { 1, -1 }));
    }

    [Test]
    public void A_column_of_zeros_is_absent()
    {
        Assert.That(Resolve(Salt("Na1+", "Cl1-", "0", "0"), out List<Finding> findings).Source, Is.EqualTo(OxidationSource.Type));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-all-zero" }));
    }

    [Test]
    public void Numbers_and_symbols_that_disagree_cancel()
    {
        OxidationResult result = Resolve(Salt("Na2+", "Cl1-", "1", "-1"), out List<Finding> findings);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.None));
        Assert.That(result.Structure.Sites.Select(site => site.Charge), Is.All.Null);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-conflict" }));
    }

    [TestCase("2", "-1", "oxidation-not-neutral")]
    [TestCase("0.5", "-0.5", "oxidation-fractional")]
    [TestCase("9", "-9", "oxidation-implausible")]
    [TestCase("1", "0", "oxidation-implausible")]
    [TestCase("1", "1", "oxidation-implausible")]
    [TestCase("1", "?", "oxidation-partial")]
    public void Labels_that_cannot_be_right_are_not_used(string sodium, string chlorine, string code)
    {
        var labelsOnly = OxidationOptions.Default with { AssignByChargeBalance = false };
        OxidationResult result = Resolve(Salt("Na", "Cl", sodium, chlorine), out List<Finding> findings, labelsOnly);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.None));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { code }));
    }

    [Test]
    public void Positive_oxygen_is_implausible()
    {
        string text = "loop_\n_atom_type_symbol\n_atom_type_oxidation_number\nO 2\nS -2\n" + CifText.CubicCell + CifText.Identity
            + TypedTags
            + "O1 O 0 0 0\nS1 S .5 .5 .5\n";
        Assert.That(Resolve(text, out List<Finding> findings, OxidationOptions.Default with { AssignByChargeBalance = false }).Source,
            Is.EqualTo(OxidationSource.None));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-implausible" }));
    }

    [Test]
    public void Labels_are_neutral_with_the_hydrogen_that_the_formula_has_and_the_list_lacks()
    {
        string text = "_chemical_formula_sum 'Na O H'\nloop_\n_atom_type_symbol\n_atom_type_oxidation_number\nNa 1\nO -2\n"
            + CifText.CubicCell + CifText.Identity + TypedTags + "Na1 Na 0 0 0\nO1 O .5 .5 .5\n";
        Assert.That(Resolve(text, out _).Source, Is.EqualTo(OxidationSource.Label));
    }

    [Test]
    public void An_assigned_state_may_not_contradict_a_label()
    {
        Assert.That(Resolve(Salt("Na", "Cl", "2", "-1"), out List<Finding> findings).Source, Is.EqualTo(OxidationSource.None));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-not-neutral", "oxidation-not-assigned-against-label" }));
    }

    // Iron in the middle of six oxygen atoms at 1.80 Å is no Fe2+, at 2.15 Å it may be.
    [TestCase(1.80, false)]
    [TestCase(2.15, true)]
    public void Labels_that_the_bonds_contradict_are_not_believed(double distance, bool believed)
    {
        string cell = CifText.CubicCell.Replace(" 4\n", FormattableString.Invariant($" {2 * distance}\n"));
        string text = "_symmetry_space_group_name_H-M 'F m -3 m'\nloop_\n_atom_type_symbol\n_atom_type_oxidation_number\nFe 2\nO -2\n"
            + cell + TypedTags + "Fe1 Fe 0 0 0\nO1 O .5 .5 .5\n";
        OxidationResult result = Resolve(text, out List<Finding> findings, OxidationOptions.Default with { AssignByChargeBalance = false });
        Assert.That(result.Source, Is.EqualTo(believed ? OxidationSource.Label : OxidationSource.None));
        Assert.That(findings.Codes().Contains("oxidation-label-against-radii"), Is.Not.EqualTo(believed));
    }

    // FeVO in whatever geometry: the name says which of the neutral combinations is meant.
    [TestCase("iron(II) vanadium(IV) trioxide", 2, 4)]
    [TestCase("Iron(III) vanadate(III)", 3, 3)]
    [TestCase("iron(2+) vanadium(4+) trioxide", 2, 4)]
    public void Stock_numerals_of_the_name_are_the_states(string name, int iron, int vanadium)
    {
        string text = $"_chemical_formula_sum 'Fe V O3'\n_chemical_name_systematic '{name}'\n"
            + CifText.CubicCell.Replace(" 4\n", " 3.9\n") + CifText.Identity + TypedTags
            + "Fe1 Fe 0 0 0\nV1 V .5 .5 .5\nO1 O .5 .5 0\nO2 O .5 0 .5\nO3 O 0 .5 .5\n";
        OxidationResult result = Resolve(text, out _, OxidationOptions.Default with { MaximumMisfitAngstrom = 10 });
        Assert.That(result.Structure.Sites.Take(2).Select(site => site.Charge), Is.EqualTo(new double?[] { iron, vanadium }));
    }

    // Hematite is no iron(II) oxide, whatever its name says: the bonds are too short.
    [TestCase("iron(III) oxide", 3.0)]
    [TestCase("iron(II) oxide", null)]
    public void States_of_a_name_that_the_bonds_contradict_are_not_believed(string name, double? state)
    {
        OxidationResult result = Resolve($"_chemical_name_systematic '{name}'\n{Hematite}", out _);
        Assert.That(result.Structure.Sites[0].Charge, Is.EqualTo(state));
    }

    // Without a formula hydrogen could be missing, but the oxygen atoms of hematite have no room for it: Fe3+ is believed. Those of
    // goethite without its hydrogen have.
    [Test]
    public void Where_oxygen_has_all_its_valence_no_hydrogen_is_missing()
    {
        OxidationResult result = Resolve(Hematite, out _);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.Assigned));
        Assert.That(result.Structure.Sites[0].Charge, Is.EqualTo(3));
        double?[] states = [3, -2];
        Assert.That(OxygenValence.LeastSum(CifText.Read(Hematite), states), Is.EqualTo(2).Within(0.15));
        string pyrolusite = Rutile("Mn", 4.404, 2.877, 0.3046);
        Assert.That(Resolve(pyrolusite, out _).Structure.Sites[0].Charge, Is.EqualTo(4));
        Assert.That(Resolve(Rutile("Mn", 4.75, 3.10, 0.3046), out List<Finding> findings).Source, Is.EqualTo(OxidationSource.None));
        Assert.That(findings.Codes(), Does.Contain("oxidation-not-assigned-incomplete"));
    }

    // A formula made of the list does not say that hydrogen is missing; bonds do that are long for V5+, right for V4+, beside oxygen that
    // lacks valence.
    [TestCase(1.00, true)]
    [TestCase(1.08, false)]
    public void A_lower_state_with_hydrogen_that_the_formula_lacks_forbids_the_higher_one(double scale, bool assigned)
    {
        string cell = FormattableString.Invariant(
            $"_cell_length_a {11.512 * scale}\n_cell_length_b {3.564 * scale}\n_cell_length_c {4.368 * scale}\n");
        string text = "_chemical_formula_sum 'V2 O5'\n_symmetry_space_group_name_H-M 'P m m n :2'\n" + cell
            + "_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n" + CifText.SiteTags
            + "V1 .1012 .25 .8917\nO1 .1043 .25 .531\nO2 .9311 .25 .003\nO3 .25 .25 .001\n";
        OxidationResult result = Resolve(text, out List<Finding> findings);
        Assert.That(result.Source == OxidationSource.Assigned, Is.EqualTo(assigned), string.Join("; ", findings));
        Assert.That(findings.Exists(finding => finding.Message.Contains("a lower state and hydrogen", StringComparison.Ordinal)),
            Is.Not.EqualTo(assigned));
    }

    // O1- names a scattering factor; a half-filled template says nothing either.
    [TestCase("Zn2+", "O1-")]
    [TestCase("Zn2+", "O-")]
    [TestCase("Zn", "O1-")]
    [TestCase("Zn2+", "O0")]
    [TestCase("Zn2.5+", "O2-")]
    public void Charges_that_are_no_states_do_not_forbid_an_assignment(string cation, string anion)
    {
        string text = CifText.CubicCell + CifText.Identity + TypedTags + $"Zn1 {cation} 0 0 0\nO1 {anion} .5 0 0\n";
        OxidationResult result = Resolve(text, out _);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.Assigned));
        Assert.That(result.Structure.Sites.Select(site => site.Charge), Is.EqualTo(new double?[] { 2, -2 }));
    }

    // Formula of a cell of 8 Å, its sites on a grid of 4 Å unless a bond is meant, and the states of the sites.
    [TestCase("Fe2 O3", "Fe 0 0 0|Fe .5 0 0|O 0 .5 0|O 0 0 .5|O .5 .5 0", "3 3 -2 -2 -2")]
    [TestCase("Fe O", "Fe 0 0 0|O .5 0 0", "2 -2")]
    [TestCase("Na2 O4 S", "S 0 0 0|O .1 .1 .1|O -.1 -.1 .1|O -.1 .1 -.1|O .1 -.1 -.1|Na .5 .5 .5|Na .5 0 .5", "6 -2 -2 -2 -2 1 1")]
    [TestCase("K Cl O4", "Cl 0 0 0|O .1 .1 .1|O -.1 -.1 .1|O -.1 .1 -.1|O .1 -.1 -.1|K .5 .5 .5", "7 -2 -2 -2 -2 1")]
    [TestCase("Na N O3", "N 0 0 0|O .15 0 0|O -.075 .13 0|O -.075 -.13 0|Na .5 .5 .5", "5 -2 -2 -2 1")]
    [TestCase("C O2", "C 0 0 0|O .145 0 0|O -.145 0 0", "4 -2 -2")]
    [TestCase("Ca C O3", "C 0 0 0|O .16 0 0|O -.08 .138 0|O -.08 -.138 0|Ca .5 .5 .5", "4 -2 -2 -2 2")]
    [TestCase("N H4 Cl", "N 0 0 0|H .07 .07 .07|H -.07 -.07 .07|H -.07 .07 -.07|H .07 -.07 -.07|Cl .5 .5 .5", "-3 1 1 1 1 -1")]
    [TestCase("Na2 S", "Na 0 0 0|Na .5 0 0|S 0 .5 0", "1 1 -2")]
    [TestCase("Na H O", "Na 0 0 0|O .5 .5 0|H .5 .5 .12", "1 -2 1")]
    [TestCase("Fe S2", "Fe .5 .5 .5|S 0 0 0|S .27 0 0", "2 -1 -1")]
    [TestCase("Na2 O2", "Na .5 .5 .5|Na 0 0 .5|O 0 0 0|O .186 0 0", "1 1 -1 -1")]
    [TestCase("Ti2 O3", "Ti 0 0 0|Ti .5 0 0|O 0 .5 0|O 0 0 .5|O .5 .5 0", "3 3 -2 -2 -2")]
    public void The_only_neutral_combination_is_assigned(string formula, string sites, string states)
    {
        OxidationResult result = Resolve(Grid(formula, sites), out List<Finding> findings, AnyDistance);
        Assert.That(findings, Is.Empty);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.Assigned));
        Assert.That(string.Join(' ', result.Structure.Sites.Select(site => site.Charge)), Is.EqualTo(states));
    }

    // Two octahedra with a common edge, their centers this far apart: 0.27 Å beyond the covalent radii is no bond where oxygen bridges the
    // two, and 0.10 Å is one in any case. The formula lacks the hydrogen that makes them neutral.
    [TestCase("Sb", 5, 3.05, true)]
    [TestCase("Te", 6, 3.04, true)]
    [TestCase("Sb", 5, 2.88, false)]
    public void Like_atoms_of_octahedra_with_a_common_edge_are_not_bonded(string element, int state, double distance, bool apart)
    {
        double x = distance / 16, y = Math.Sqrt(4 - distance * distance / 4) / 8;
        double far = x + .18;
        string oxygens = FormattableString.Invariant($"O 0 {y} 0|O 0 {-y} 0|O {far} .18 0|O {far} -.18 0|O {-far} .18 0|O {-far} -.18 0|")
            + FormattableString.Invariant($"O {x} 0 .25|O {x} 0 -.25|O {-x} 0 .25|O {-x} 0 -.25|");
        string centers = FormattableString.Invariant($"{element} {x} 0 0|{element} {-x} 0 0");
        string text = Grid($"{element}2 O10 H{20 - 2 * state}", oxygens + centers);
        OxidationResult result = Resolve(text, out List<Finding> findings, AnyDistance);
        Assert.That(findings.Codes().Contains("oxidation-not-assigned-like-bond"), Is.Not.EqualTo(apart));
        Assert.That(result.Structure.Sites[^1].Charge, Is.EqualTo(apart ? state : (double?)null));
    }

    // Without a bridge the same distance is a bond, as in the chains of antimony and in Sb2(2-).
    [Test]
    public void Like_atoms_that_nothing_bridges_are_bonded_up_to_a_longer_distance()
    {
        Resolve(Grid("Ca Sb", "Sb 0 0 0|Sb .38 0 0|Ca .5 .5 .5|Ca 0 .5 .5"), out List<Finding> findings, AnyDistance);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-not-assigned-like-bond" }));
    }

    // Bonds between metal atoms show in their states: calomel, molybdenum dioxide.
    [TestCase("Hg2 Cl2", "Hg 0 0 0|Hg .31 0 0|Cl 0 .3 0|Cl .31 -.3 0", 1)]
    [TestCase("Mo2 O4", "Mo 0 0 0|Mo .31 0 0|O .155 .18 0|O .155 -.18 0|O 0 0 .25|O .31 0 .25", 4)]
    public void Bonds_between_metal_atoms_do_not_keep_them_from_a_state(string formula, string sites, int state)
    {
        OxidationResult result = Resolve(Grid(formula, sites), out _, AnyDistance);
        Assert.That(result.Structure.Sites[0].Charge, Is.EqualTo(state));
    }

    [TestCase("Na3 Cl4", "Na 0 0 0|Na .5 0 0|Na 0 .5 0|Cl 0 0 .5|Cl .5 .5 0|Cl .5 0 .5|Cl 0 .5 .5", "no-solution")]
    [TestCase("Cu Fe O2", "Cu 0 0 0|Fe .5 0 0|O 0 .5 0|O 0 0 .5", "several-solutions")]
    [TestCase("Na O2", "Na .5 .5 .5|O 0 0 0|O .17 0 0", "like-bond")]
    [TestCase("Na S3", "Na .5 .5 .5|S 0 0 0|S .25 0 0|S -.25 0 0", "like-bond")]
    [TestCase("Fe Ni", "Fe 0 0 0|Ni .5 0 0", "no-anion")]
    [TestCase("Na H", "Na 0 0 0|H .5 0 0", "hydride")]
    [TestCase("Na C N", "Na .5 .5 .5|C 0 0 0|N .145 0 0", "organic")]
    [TestCase("C O", "C 0 0 0|O .14 0 0", "organic")]
    [TestCase("Ca C O2", "C 0 0 0|O .16 .05 0|O -.16 .05 0|Ca .5 .5 .5", "organic")]
    [TestCase("Fe3 C", "Fe .5 0 0|Fe 0 .5 0|Fe 0 0 .5|C .5 .5 .5", "organic")]
    [TestCase("He O", "He 0 0 0|O .5 0 0", "no-common-state")]
    [TestCase("Na Cl O", "Na 0 0 0|Cl .5 .5 0", "incomplete")]
    [TestCase("?", "Fe 0 0 0|Fe .5 0 0|O 0 .5 0|O 0 0 .5|O .5 .5 0", "incomplete")]
    [TestCase("Na Cl", "Na 0 0 0|Cl .5 .5 0|K .001 0 0", "disordered")]
    public void States_that_are_not_determined_are_not_assigned(string formula, string sites, string code)
    {
        OxidationResult result = Resolve(Grid(formula, sites), out List<Finding> findings, AnyDistance);
        Assert.That(result.Source, Is.EqualTo(OxidationSource.None));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-not-assigned-" + code }));
    }

    [Test]
    public void Partly_occupied_structures_get_states_where_they_are_neutral()
    {
        string text = CifText.CubicCell + CifText.Identity + CifText.SiteTags + "_atom_site_occupancy\nCl1 .5 .5 .5 1\n";
        Assert.That(Resolve(text + "Na1 0 0 0 0.9\n", out List<Finding> findings).Source, Is.EqualTo(OxidationSource.None));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-not-assigned-no-solution" }));
        Assert.That(Resolve(text + "Na1 0 0 0 0.5\nK1 0 0 0 0.5\n", out _).Structure.Sites.Select(site => site.Charge),
            Is.EqualTo(new double?[] { -1, 1, 1 }));
    }

    [Test]
    public void The_number_of_combinations_is_bounded()
    {
        OxidationOptions few = AnyDistance with { MaximumCombinations = 1 };
        Resolve(Grid("Fe O", "Fe 0 0 0|O .5 0 0"), out List<Finding> findings, few);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-not-assigned-too-many" }));
    }

    [Test]
    public void Without_a_formula_the_lowest_frequent_states_are_safe_and_others_are_not()
    {
        Assert.That(Resolve(Grid("?", "Fe 0 0 0|O .5 0 0"), out _, AnyDistance).Source, Is.EqualTo(OxidationSource.Assigned));
        OxidationOptions strict = AnyDistance with { RequireFormula = true };
        Assert.That(Resolve(Grid("?", "Fe 0 0 0|O .5 0 0"), out List<Finding> findings, strict).Source, Is.EqualTo(OxidationSource.None));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-not-assigned-incomplete" }));
    }

    [Test]
    public void Hydrogen_of_the_formula_alone_is_counted_unless_that_is_switched_off()
    {
        string text = Grid("Na O H", "Na 0 0 0|O .5 .5 0");
        Assert.That(Resolve(text, out List<Finding> counted, AnyDistance).Structure.Sites.Select(site => site.Charge),
            Is.EqualTo(new double?[] { 1, -2 }));
        Assert.That(counted.Codes(), Is.EqualTo(new[] { "oxidation-hydrogen-counted" }));
        Resolve(text, out List<Finding> refused, AnyDistance with { CountUnplacedHydrogen = false });
        Assert.That(refused.Codes(), Is.EqualTo(new[] { "oxidation-not-assigned-incomplete" }));
    }

    [Test]
    public void Without_a_formula_elements_of_one_state_have_it_whatever_hydrogen_is_missing()
    {
        OxidationResult result = Resolve(Grid("?", "Na 0 0 0|O .5 .5 0"), out List<Finding> findings, AnyDistance);
        Assert.That(result.Structure.Sites.Select(site => site.Charge), Is.EqualTo(new double?[] { 1, -2 }));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-hydrogen-inferred" }));
    }

    // Atoms in 512 Å3: NaOH without its hydrogen gives 0.1264 g/cm3, with it 0.1297; NaCl 0.1895.
    [TestCase("Na 0 0 0|O .5 .5 0", 0.1297, true)]
    [TestCase("Na 0 0 0|O .5 .5 0", 0.1313, true)]
    [TestCase("Na 0 0 0|O .5 .5 0", 0.1375, false)]
    [TestCase("Na 0 0 0|Cl .5 .5 0", 0.1925, true)]
    [TestCase("Na 0 0 0|Cl .5 .5 0", 0.1975, false)]
    [TestCase("Na 0 0 0|Cl .5 .5 0", 0.1750, false)]
    public void Without_a_formula_a_density_that_tells_of_other_atoms_refuses_states(string sites, double density, bool assigned)
    {
        string text = FormattableString.Invariant($"_exptl_crystal_density_diffrn {density}\n") + Grid("?", sites);
        OxidationResult result = Resolve(text, out List<Finding> findings, AnyDistance);
        Assert.That(result.Source == OxidationSource.Assigned, Is.EqualTo(assigned));
        Assert.That(findings.Codes().Contains("oxidation-not-assigned-against-density"), Is.Not.EqualTo(assigned));
    }

    [Test]
    public void Of_several_neutral_combinations_a_far_more_frequent_one_is_assigned()
    {
        string text = Grid("Pb W O4", "Pb 0 0 0|W .5 0 0|O 0 .5 0|O 0 0 .5|O .5 .5 0|O .5 0 .5");
        Assert.That(Resolve(text, out _, AnyDistance).Confidence, Is.GreaterThan(0.9));
        string open = Grid("Fe Mn F5", "Fe 0 0 0|Mn .5 0 0|F 0 .5 0|F 0 0 .5|F .5 .5 0|F .5 0 .5|F 0 .5 .5");
        Assert.That(Resolve(open, out List<Finding> findings, AnyDistance).Source, Is.EqualTo(OxidationSource.None));
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-not-assigned-several-solutions" }));
    }

    // Octahedra (six bonds along the axes of a simple cube of this edge, halved): Fe2+ and O 2.16 Å by Shannon's radii, Mn4+ and O 1.91 Å.
    [TestCase("Fe", 4.32, true)]
    [TestCase("Fe", 5.40, false)]
    public void Distances_that_contradict_radii_refuse_states(string metal, double edge, bool assigned)
    {
        string cell = CifText.CubicCell.Replace("_a 4", FormattableString.Invariant($"_a {edge}"))
            .Replace("_b 4", FormattableString.Invariant($"_b {edge}"))
            .Replace("_c 4", FormattableString.Invariant($"_c {edge}"));
        string rockSalt = $"{metal} 0 0 0|{metal} .5 .5 0|{metal} .5 0 .5|{metal} 0 .5 .5|O .5 0 0|O 0 .5 0|O 0 0 .5|O .5 .5 .5".Replace(
            '|', '\n');
        OxidationResult result = Resolve($"_chemical_formula_sum '{metal} O'\n" + cell + CifText.Identity + CifText.SiteTags + rockSalt
            + "\n", out List<Finding> findings);
        Assert.That(result.Source == OxidationSource.Assigned, Is.EqualTo(assigned));
        Assert.That(findings.Codes(), assigned ? Is.Empty : Is.EqualTo(new[] { "oxidation-not-assigned-against-radii" }));
    }

    [Test]
    public void An_element_that_needs_two_states_is_mixed_valent()
    {
        Resolve(Grid("Fe3 O4", "Fe 0 0 0|Fe .5 0 0|Fe 0 .5 0|O 0 0 .5|O .5 .5 0|O .5 0 .5|O 0 .5 .5"), out List<Finding> findings,
            AnyDistance);
        Assert.That(findings.Codes(), Is.EqualTo(new[] { "oxidation-mixed-valence" }));
    }

    [Test]
    public void Common_states_are_positive_and_ascending_and_sodium_has_one()
    {
        for (byte number = 1; number <= 118; number++)
        {
            int[] states = CommonOxidationStates.Of(new Element(number)).ToArray();
            Assert.That(states, Is.Ordered.Ascending.And.All.InRange(1, 8));
        }

        Assert.That(CommonOxidationStates.Of(Element.Of("Na")).ToArray(), Is.EqualTo(new[] { 1 }));
        Assert.That(CommonOxidationStates.Of(Element.Of("Fe")).ToArray(), Is.EqualTo(new[] { 2, 3 }));
        Assert.That(CommonOxidationStates.LowestFrequent(Element.Of("Ti")), Is.EqualTo(4));
    }

    [Test]
    public void Every_code_has_its_own_name()
    {
        Assert.That(OxidationFindings.All.Select(code => code.Name), Is.Unique);
        Assert.That(OxidationFindings.All, Has.Count.EqualTo(typeof(OxidationFindings).GetFields().Length));
    }

    private const string Hematite = """
        _symmetry_space_group_name_H-M 'R -3 c'
        _cell_length_a 5.038
        _cell_length_b 5.038
        _cell_length_c 13.772
        _cell_angle_alpha 90
        _cell_angle_beta 90
        _cell_angle_gamma 120

        """ + CifText.SiteTags + "Fe1 0 0 .3553\nO1 .3059 0 .25\n";

    private static string Rutile(string metal, double a, double c, double x) => FormattableString.Invariant(
        $"_symmetry_space_group_name_H-M 'P 42/m n m'\n_cell_length_a {a}\n_cell_length_b {a}\n_cell_length_c {c}\n")
        + "_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n" + CifText.SiteTags
        + FormattableString.Invariant($"{metal}1 0 0 0\nO1 {x} {x} 0\n");

    // The grid below spaces atoms by 4 Å, which no radii would allow.
    private static OxidationOptions AnyDistance { get; } = OxidationOptions.Default with { MaximumMisfitAngstrom = 10 };

    private static string Grid(string formula, string sites)
    {
        string cell = CifText.CubicCell.Replace("_a 4", "_a 8").Replace("_b 4", "_b 8").Replace("_c 4", "_c 8");
        string rows = string.Join('\n', sites.Split('|'));
        return $"_chemical_formula_sum '{formula}'\n" + cell + CifText.Identity + CifText.SiteTags + rows + "\n";
    }
}
