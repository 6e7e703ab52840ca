using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using static CrystalHpc.Tests.Core.Cif.CifReading;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>Which files are told apart before anything is read from them as a structure.</summary>
public sealed class CifKindTests
{
    private const string Sites = " _cell_length_a 5 loop_ _atom_site_label _atom_site_fract_x Na 0.5 ";

    [TestCase("data_x" + Sites, CifKind.Structure, TestName = "Fractional coordinates make a structure")]
    [TestCase("data_x _cell.length_a 5 loop_ _atom_site.label _atom_site.fract_x Na 0.5", CifKind.Structure,
        TestName = "So do those of DDLm")]
    [TestCase("data_x _entry.id X loop_ _atom_site.id _atom_site.fract_x _atom_site.Cartn_x 1 0.5 2.5", CifKind.Structure,
        TestName = "So do those of an mmCIF file")]
    [TestCase("data_x" + Sites + "_pd_meas_scan_method step _refln_index_h 1", CifKind.Structure,
        TestName = "A structure from powder data stays a structure")]
    [TestCase("data_global _publ_section_title 'x' data_x" + Sites, CifKind.Structure,
        TestName = "One block of several may be the structure")]
    [TestCase("data_x" + Sites + "loop_ _atom_site_moment.label _atom_site_moment.crystalaxis_x Na 1", CifKind.Magnetic,
        TestName = "Moments make a magnetic structure")]
    [TestCase("data_x" + Sites + "_space_group_magn.number_BNS 62.448", CifKind.Magnetic, TestName = "So does a magnetic group")]
    [TestCase("data_x" + Sites + "_atom_site_moment_label ?", CifKind.Structure, TestName = "An unfilled name tells nothing")]
    [TestCase("data_x" + Sites + "_cell_modulation_dimension 1", CifKind.Modulated, TestName = "A modulation makes a modulated structure")]
    [TestCase("data_x" + Sites + "_cell_modulation_dimension 0", CifKind.Structure, TestName = "No modulation does not")]
    [TestCase("data_x" + Sites + "loop_ _atom_site_Fourier_wave_vector_x 0.3 0.6", CifKind.Modulated,
        TestName = "Nor do several wave vectors hide it")]
    [TestCase("data_x" + Sites + "_space_group_ssg_name_IT 'Pnma(0b0)s00'", CifKind.Modulated,
        TestName = "A superspace group makes a modulated structure")]
    [TestCase("data_x" + Sites + "_atom_site_thermal_displace_type Uiso", CifKind.Structure,
        TestName = "Thermal displacement is no modulation")]
    [TestCase("data_x _entry.id X loop_ _atom_site.id _atom_site.Cartn_x 1 2.5", CifKind.Macromolecule,
        TestName = "Cartesian sites with dots make mmCIF")]
    [TestCase("data_x _entry.id X _struct_asym.id A", CifKind.Macromolecule, TestName = "So does an entry without sites")]
    [TestCase("data_x _cell_length_a 5 loop_ _atom_site_label _atom_site_Cartn_x Na 0.5", CifKind.Other,
        TestName = "Cartesian sites of the core dictionary do not")]
    [TestCase("data_comp_list loop_ _chem_comp.id ALA data_comp_ALA loop_ _chem_comp_atom.atom_id N", CifKind.Component,
        TestName = "Components")]
    [TestCase("data_x _cell.length_a 5 _entry.id X loop_ _refln.index_h 1 2", CifKind.Reflections,
        TestName = "Structure factors of an mmCIF entry")]
    [TestCase("data_x _cell_length_a 5 loop_ _refln_index_h 1 2", CifKind.Reflections,
        TestName = "Structure factors of the core dictionary")]
    [TestCase("data_x _cell_length_a 5 loop_ _pd_meas_counts_total 1 2", CifKind.Powder, TestName = "A powder pattern")]
    [TestCase("data_x _dictionary_title CORE", CifKind.Dictionary, TestName = "A dictionary of DDLm")]
    [TestCase("data_x _a 1 save_cell.length_a _definition.id '_cell.length_a' save_", CifKind.Dictionary,
        TestName = "A dictionary by its frames")]
    [TestCase("data_cell_length _name '_cell_length_a' _type numb", CifKind.Dictionary, TestName = "A dictionary of DDL1")]
    [TestCase("data_x _cell_length_a ? loop_ _atom_site_fract_x ? _audit_creation_method SHELXL", CifKind.Template,
        TestName = "Neither cell nor coordinates filled in")]
    [TestCase("data_x", CifKind.Template, TestName = "A block of nothing")]
    [TestCase("data_x _a ? _b .", CifKind.Template, TestName = "A block of unknown values")]
    [TestCase("data_x _publ_author_name 'A. Person'", CifKind.Other, TestName = "Text of a publication")]
    public void The_data_names_tell_the_kind(string text, CifKind expected) =>
        Assert.That(CifKinds.Of(Read(text, out _)), Is.EqualTo(expected));

    [Test]
    public void A_kind_without_a_structure_is_an_error_that_names_its_evidence()
    {
        List<Finding> findings = [];
        CifDocument document = Read("data_x" + Sites + "\n\n_Space_group_magn.number_BNS 62.448", out _);
        Assert.That(CifKinds.MayHoldStructure(document.Blocks[0], findings), Is.False);
        Assert.That(findings, Is.EqualTo(new[] { new Finding(CifFindings.KindMagnetic, 3, 0, "as _Space_group_magn.number_BNS tells") }));
    }

    [TestCase("_entry.id X loop_ _atom_site.id _atom_site.Cartn_x 1 2.5", "cif-kind-mmcif")]
    [TestCase("loop_ _chem_comp.id ALA", "cif-kind-component")]
    [TestCase("_cell_length_a 5 loop_ _refln_index_h 1 2", "cif-kind-reflections")]
    [TestCase("_cell_length_a 5 loop_ _pd_meas_counts_total 1 2", "cif-kind-powder")]
    [TestCase("_dictionary_title CORE", "cif-kind-dictionary")]
    [TestCase("_a ? _b .", "cif-kind-template")]
    [TestCase(Sites + "_space_group_magn.number_BNS 62.448", "cif-kind-magnetic")]
    [TestCase(Sites + "_cell_modulation_dimension 1", "cif-kind-modulated")]
    public void Every_kind_without_a_structure_has_its_code(string content, string code)
    {
        List<Finding> findings = [];
        Assert.That(CifKinds.MayHoldStructure(Read("data_x " + content, out _), findings), Is.False);
        Assert.That(findings.Select(finding => finding.Code.Name), Is.EqualTo(new[] { code }));
    }

    [Test]
    public void The_evidence_of_a_dictionary_may_stand_in_a_frame()
    {
        List<Finding> findings = [];
        CifDocument document = Read("data_x _a 1\nsave_f _definition.id '_a' save_", out _);
        Assert.That(CifKinds.MayHoldStructure(document, findings), Is.False);
        Assert.That(findings.Single().Line, Is.EqualTo(2));
    }

    [Test]
    public void A_structure_and_text_may_be_read_further([Values("data_x" + Sites, "data_x _publ_author_name 'A. Person'")] string text)
    {
        List<Finding> findings = [];
        Assert.That(CifKinds.MayHoldStructure(Read(text, out _), findings), Is.True);
        Assert.That(findings, Is.Empty);
    }

    [Test]
    public void Every_kind_but_two_has_an_error_of_its_own()
    {
        FindingCode?[] errors = [.. Enum.GetValues<CifKind>().Select(CifKinds.ErrorOf)];
        Assert.That(errors.Where(error => error is null), Has.Exactly(2).Items);
        Assert.That(errors.OfType<FindingCode>(), Is.Unique.And.All.Property(nameof(FindingCode.Severity)).EqualTo(FindingSeverity.Error));
    }
}
