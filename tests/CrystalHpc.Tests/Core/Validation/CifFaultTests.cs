using System.Globalization;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;
using CrystalHpc.Core.Validation;

namespace CrystalHpc.Tests.Core.Validation;

/// <summary>
/// Files on which this or other programs failed, from public reports: <c>../shared/faults/cif</c>, whose <c>faults.csv</c> says what is
/// right. Where it leaves a choice between reading and refusing, the row here says which is taken.
/// </summary>
public sealed class CifFaultTests
{
    [TestCase("A01_pauling_type", "reject-disordered", "Na+1 K+1 Cl-1")]
    [TestCase("A05_vacancy_type", "accepted", "Mg+2 O-2")]
    [TestCase("A11_O1minus", "accepted", "Zn+2 O-2")]
    [TestCase("A12_Ominus", "accepted", "Zn+2 O-2")]
    [TestCase("B04_P1_border", "accepted", "Na+1 Cl-1")]
    [TestCase("C01_identity_only", "reject-unreadable", "")]
    [TestCase("C01b_identity_only_full", "accepted", "Na+1 Cl-1")]
    [TestCase("C08_R3cRS", "accepted", "Ca+2 C+4 O-2")]
    [TestCase("C14_unquoted_spaces", "accepted", "Na+1 Cl-1")]
    [TestCase("C20_looped_cell", "reject-unreadable", "")]
    [TestCase("compression-to-8-GPa", "reject-pressure", "Ba+2 C+4 O-2")]
    [TestCase("D01d_occ", "accepted", "Na+1 Cl-1")]
    [TestCase("E13_FeTiO3", "accepted", "Fe+2 Ti+4 O-2")]
    [TestCase("E14_CuFeO2", "reject-no-oxidation-states", "")]
    [TestCase("E21_CO2", "accepted", "C+4 O-2")]
    [TestCase("empty-second-formula", "reject-year", "Sn+4 I-1")]
    [TestCase("F05_far_apart", "reject-no-bonds reject-vacuum", "Na+1 Cl-1")]
    [TestCase("first-principles-vaterite", "reject-theoretical", "Ca+2 C+4 O-2")]
    [TestCase("G02b_two_loops", "reject-unreadable", "")]
    [TestCase("G14_temp_range", "reject-temperature", "Na+1 Cl-1")]
    [TestCase("Ga-O-1.468", "reject-bonds-too-short reject-year", "Ga+3 O-2")]
    [TestCase("growth-4.5K", "reject-temperature", "Bi+3 V+5 O-2")]
    [TestCase("H01_T_1273K", "reject-temperature", "Na+1 Cl-1")]
    [TestCase("H02_T_su_K", "reject-temperature", "Na+1 Cl-1")]
    [TestCase("H04_P_5GPa", "reject-pressure", "Na+1 Cl-1")]
    [TestCase("H05_R_12pct", "reject-r-factor", "Na+1 Cl-1")]
    [TestCase("H06_R_comma", "reject-r-factor", "Na+1 Cl-1")]
    [TestCase("H07_T_lt", "reject-temperature", "Na+1 Cl-1")]
    [TestCase("H09_T_celsius", "reject-temperature", "Na+1 Cl-1")]
    [TestCase("H10_b2_monazite", "accepted", "La+3 P+5 O-2")]
    [TestCase("H11_b2_monazite_HMref", "accepted", "La+3 P+5 O-2")]
    [TestCase("H13_comp_plus", "reject-disordered", "Ca+2 Mg+2 O-2")]
    [TestCase("H15_comp_slash_type", "reject-unreadable", "")]
    [TestCase("H16_comp_paren", "reject-unreadable", "")]
    [TestCase("H17_comp_dash", "reject-unreadable", "")]
    [TestCase("H18_vac_octa", "accepted", "Mg+2 O-2")]
    [TestCase("H23_Cnt", "accepted", "Na+1 Cl-1")]
    [TestCase("H25_occ11_all", "reject-unreadable", "")]
    [TestCase("H26_occ2_all", "reject-unreadable", "")]
    [TestCase("haggite-H-missing", "reject-no-oxidation-states", "")]
    [TestCase("halite-32-kbar", "reject-pressure", "Na+1 Cl-1")]
    [TestCase("hypothetical-calderite", "reject-theoretical", "Mn+2 Fe+3 Si+4 O-2")]
    [TestCase("J01_no_centering_R", "accepted", "Al+3 O-2")]
    [TestCase("J06_KBrF4", "reject-no-oxidation-states", "")]
    [TestCase("J07_XeF2", "reject-no-oxygen-or-halogen reject-no-oxidation-states", "")]
    [TestCase("J11_Os_label", "reject-no-oxygen-or-halogen reject-no-oxidation-states", "")]
    [TestCase("J14_Zn_O1minus_table", "accepted", "Zn+2 O-2")]
    [TestCase("K10_NiO_frac_coord_third", "reject-no-oxidation-states", "")]
    [TestCase("labels-against-distances", "reject-no-oxidation-states reject-year", "")]
    [TestCase("LiCoO2-no-formula", "accepted", "Li+1 Co+3 O-2")]
    [TestCase("made-by-pyxtal", "reject-theoretical", "Mn+2 Fe+2 O-2")]
    [TestCase("method-neutron-2K", "reject-temperature", "Pb+2 O-2")]
    [TestCase("noise-added", "reject-bonds-too-short reject-theoretical", "Li+1 Al+3 Ge+4 O-2")]
    [TestCase("pressure-induced", "reject-pressure", "Ag+1 Cl-1")]
    [TestCase("simulated-annealing-silica", "reject-theoretical", "Si+4 O-2")]
    [TestCase("stock-name", "accepted", "Te+4 Ni+2 V+5 O-2")]
    public void Files_from_public_reports_mean_what_is_right(string file, string verdict, string states)
    {
        (Verdict found, CrystalStructure? structure) = Judge(file);
        Assert.That(found.ToString(), Is.EqualTo(verdict));
        if (states.Length > 0)
            Assert.That(StatesOf(structure!), Is.EqualTo(states));
    }

    // Composition leaves Cu1+ Fe3+ and Cu2+ Fe2+; the distances, asked, know the first.
    [Test]
    public void What_composition_leaves_open_radii_decide_when_asked()
    {
        (_, CrystalStructure? structure) = Judge("E14_CuFeO2", OxidationOptions.Default with { DecideByRadii = true });
        Assert.That(StatesOf(structure!), Is.EqualTo("Cu+1 Fe+3 O-2"));
    }

    [Test]
    public void Every_file_has_a_row()
    {
        string folder = TestPaths.SharedOrIgnore("faults/cif");
        string[] rows = [.. typeof(CifFaultTests).GetMethod(nameof(Files_from_public_reports_mean_what_is_right))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false).Select(row => (string)((TestCaseAttribute)row).Arguments[0]!)];
        IEnumerable<string?> files = Directory.GetFiles(folder, "*.cif").Select(Path.GetFileNameWithoutExtension);
        // The sums of anglesite are a matter of inspect.
        Assert.That(files.Except(rows), Is.EqualTo(new[] { "anglesite-oxygen-sums" }));
    }

    private static (Verdict Verdict, CrystalStructure? Structure) Judge(string file, OxidationOptions? options = null)
    {
        byte[] bytes = File.ReadAllBytes(TestPaths.SharedOrIgnore($"faults/cif/{file}.cif"));
        CifBlock block = CifDocument.Parse(bytes, []).Blocks.First(StructureReader.HasAtomSites);
        CrystalStructure? structure = StructureReader.Read(block, StructureReaderOptions.Default, []);
        OxidationResult? resolved = structure is null
            ? null
            : OxidationResolver.Resolve(structure, options ?? OxidationOptions.Default, []);
        Verdict verdict = StructureValidator.Judge(
            resolved?.Structure, resolved?.Source ?? OxidationSource.None, ValidationOptions.Default, new List<Finding>());
        return (verdict, resolved?.Structure);
    }

    private static string StatesOf(CrystalStructure structure) => string.Join(' ', structure.Sites
        .Select(site => string.Create(CultureInfo.InvariantCulture, $"{site.Element}{site.Charge:+0;-0}")).Distinct());
}
