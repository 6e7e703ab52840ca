using System.Text;
using CrystalHpc.BondValence.Equations;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.BondValence.ParameterTables;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.BondValence.ParameterTables;

/// <summary>Tables of parameters from anywhere: their columns are recognized, their odd rows become findings.</summary>
public sealed class ParameterTableReaderTests
{
    private static readonly BondKey CalciumOxygen = Key("Ca", 2, "O", -2);

    [TestCase("cation,cation_charge,anion,anion_charge,r0_A,r0_se_A,b_A\nCa,2,O,-2,1.967,0.01,0.37\n")]
    [TestCase("Cation,Cation Charge,Anion,Anion Charge,R0,B,reference\nCa,2,O,-2,1.967,0.37,\"Brown, 1985\"\n")]
    [TestCase("atom_1,atom_1_valence,atom_2,atom_2_valence,Ro,B\nCa,2,O,-2,1.967,0.37\n")]
    [TestCase("element1,charge_1,element2,charge_2,r_0,b\nCa,+2,O,2-,1.967,0.37\n")]
    [TestCase("\uFEFFion_1,ion_2,r0,b\r\nCa2+,O2-,1.967,0.37\r\n")]
    [TestCase("anion,b,r0,cation\nO,0.37,1.967,Ca\n")]
    [TestCase("cation,cation_charge,anion,anion_charge,r0_A,b_A\nCa,0,O,0,1.967,0.37\n")]
    [TestCase("#\\#CIF_1.1\ndata_x\nloop_\n_valence_param_atom_1\n_valence_param_atom_1_valence\n_valence_param_atom_2\n"
        + "_valence_param_atom_2_valence\n"
        + "_valence_param_Ro\n_valence_param_B\n_valence_param_ref_id\n_valence_param_details\nCa 2 O -2 1.967 0.37 a .\n")]
    public void Every_usual_spelling_of_the_columns_is_read(string text)
    {
        (ParameterTable table, List<Finding> findings) = Read(text);
        Assert.That(findings, Is.Empty);
        ParameterEntry entry = table.Find(CalciumOxygen)!;
        Assert.That((entry.R0Angstrom, entry.SoftnessAngstrom), Is.EqualTo((1.967, 0.37)));
    }

    [Test]
    public void The_first_of_several_rows_of_a_pair_counts_and_the_others_are_noted()
    {
        (ParameterTable table, List<Finding> findings) = Read(
            "cation,cation_charge,anion,anion_charge,r0,b\nCa,2,O,-2,1.9,0.4\nCa,2,O,-2,2.0,0.37\n");
        Assert.That(table.Find(CalciumOxygen)!.R0Angstrom, Is.EqualTo(1.9));
        Assert.That(table.Count, Is.EqualTo(1));
        Assert.That(findings.Select(finding => (finding.Code, finding.Line, finding.Message)),
            Is.EqualTo(new[] { (TableFindings.RepeatedPair, 3, "Ca 2 O -2 2.0 0.37") }));
    }

    [Test]
    public void Nine_stands_for_any_oxidation_state_and_gives_way_to_a_row_that_names_it()
    {
        (ParameterTable table, _) = Read(
            "cation,cation_charge,anion,anion_charge,r0,b\nFe,9,O,-2,1.74,0.37\nFe,3,O,-2,1.759,0.37\nFe,2,O,9,1.7,0.37\n");
        Assert.That(table.Find(Key("Fe", 3, "O", -2))!.R0Angstrom, Is.EqualTo(1.759));
        Assert.That(table.Find(Key("Fe", 4, "O", -2))!.R0Angstrom, Is.EqualTo(1.74));
        Assert.That(table.Find(Key("Fe", 2, "O", -2))!.R0Angstrom, Is.EqualTo(1.7),
            "the state of the cation matters more than that of the anion");
        Assert.That(table.Find(Key("Fe", 3, "F", -1)), Is.Null);
        Assert.That(table.Find(Key("F", 3, "O", -2)), Is.Null, "F is not the beginning of Fe");
    }

    [TestCase("Xx,2,O,-2,1.9,0.37", "table-unknown-element")]
    [TestCase("NH,1,O,-2,1.9,0.37", "table-unknown-element")]
    [TestCase("OH,-1,O,-2,1.9,0.37", "table-unknown-element")]
    [TestCase("Caval,2,O,-2,1.9,0.37", "table-unknown-element")]
    [TestCase("Mo,6,O,-2,1.762*,0.37", "table-bad-number")]
    [TestCase("Cu,1,O,-2,\"1,856\",0.37", "table-bad-number")]
    [TestCase("Cu,one,O,-2,1.8,0.37", "table-bad-number")]
    [TestCase("Cu", "table-unknown-element")]
    [TestCase("Cu,1,O,-2,1.8", "table-bad-number")]
    [TestCase("Ca,2,Br,-1,2.1686,-0.634", "table-out-of-range")]
    [TestCase("Ca,2,O,-2,19.67,0.37", "table-out-of-range")]
    [TestCase("Cu,1.5,O,-2,1.8,0.37", "table-out-of-range")]
    public void A_row_that_cannot_be_used_becomes_a_finding_and_the_others_are_used(string row, string code)
    {
        (ParameterTable table, List<Finding> findings) = Read(
            $"cation,cation_charge,anion,anion_charge,r0,b\n{row}\nCa,2,O,-2,1.967,0.37\n");
        Assert.That(findings.Select(finding => (finding.Code.Name, finding.Line)), Is.EqualTo(new[] { (code, 2) }));
        Assert.That(table.Count, Is.EqualTo(1));
        Assert.That(table.Find(CalciumOxygen), Is.Not.Null);
    }

    [TestCase("0.1", false)]
    [TestCase("0.247", false)]
    [TestCase("2", false)]
    [TestCase("37", true)]
    [TestCase("0.037", true)]
    [TestCase("0.000001", true)]
    [TestCase("1000000.0000000001", true)]
    public void A_softness_that_is_probably_a_misprint_is_used_but_found_and_doubted(string softness, bool isUnusual)
    {
        string text = $"cation,cation_charge,anion,anion_charge,r0,b\nCa,2,O,-2,1.967,{softness}\n";
        (ParameterTable table, List<Finding> findings) = Read(text);
        Assert.That(table.Find(CalciumOxygen)!.IsDoubtful, Is.EqualTo(isUnusual));
        Assert.That(
            findings.Select(finding => (finding.Code, finding.Line, finding.Message)),
            Is.EqualTo(isUnusual ? new[] { (TableFindings.UnusualSoftness, 2, $"Ca 2 O -2 1.967 {softness}") } : []));

        // In the power law B is r0/N, and what is usual there is not known.
        (ParameterTable others, findings) = Read($"cation,cation_charge,anion,anion_charge,r0,b,law\nCa,2,O,-2,1.967,{softness},power\n");
        Assert.That(others.Count, Is.EqualTo(1));
        Assert.That(findings, Is.Empty);
    }

    [TestCase("", BondLaw.Exponential)]
    [TestCase("exponential", BondLaw.Exponential)]
    [TestCase("power", BondLaw.Power)]
    [TestCase("misplaced_division", BondLaw.MisplacedDivision)]
    public void A_row_names_its_law(string text, BondLaw law)
    {
        ParameterEntry entry = Read($"cation,cation_charge,anion,anion_charge,r0_A,b_A,law\nCa,2,O,-2,1.967,0.37,{text}\n").Table.Find(
            CalciumOxygen)!;
        Assert.That(entry.Law, Is.EqualTo(law));
        Assert.That(entry.Valence(2.4), Is.EqualTo(BondLaws.Of(law).Valence(2.4, 1.967, 0.37)));
    }

    [Test]
    public void A_row_of_a_law_that_is_not_known_is_not_used()
    {
        (ParameterTable table, List<Finding> findings) = Read(
            "cation,cation_charge,anion,anion_charge,r0_A,b_A,law\nCa,2,O,-2,1.967,0.37,morse\n");
        Assert.That(table.Count, Is.Zero);
        Assert.That(findings.Select(finding => finding.Code), Is.EqualTo(new[] { TableFindings.UnknownLaw }));
    }

    [TestCase("")]
    [TestCase("cation,anion,r0\nCa,O,1.967\n")]
    [TestCase("data_x\n_cell_length_a 5\n")]
    [TestCase("data_x\nloop_\n_valence_param_atom_1\n_valence_param_atom_2\nCa O\n")]
    [TestCase("\"never closed\n")]
    public void What_is_no_table_of_parameters_is_said_to_be_none(string text)
    {
        (ParameterTable table, List<Finding> findings) = Read(text);
        Assert.That(table.Count, Is.Zero);
        Assert.That(findings.Select(finding => finding.Code), Has.Some.EqualTo(TableFindings.NoColumns));
    }

    [TestCase("fitted", "", false)]
    [TestCase("fitted", "weakly-determined", false)]
    [TestCase("prior", "few-equations", false)]
    [TestCase("fitted", "at-bound;weakly-determined", true)]
    [TestCase("extrapolated", "few-equations", true)]
    public void Flags_of_our_own_table_say_what_is_doubtful(string source, string flags, bool isDoubtful)
    {
        (ParameterTable table, _) = Read(
            $"cation,cation_charge,anion,anion_charge,r0_A,b_A,source,flags\nCa,2,O,-2,1.967,0.37,{source},{flags}\n");
        Assert.That(table.Find(CalciumOxygen)!.IsDoubtful, Is.EqualTo(isDoubtful));
    }

    [TestCase("bvparm2020.csv", "Ca", 2, "O", -2, 1.967, 0.37)]
    [TestCase("gagne_hawthorne_2015.csv", "Ca", 2, "O", -2, 1.907, 0.409)]
    [TestCase("softbv.csv", "Ag", 1, "F", -1, 1.58298, 0.498)]
    [TestCase("bvparm2011.csv", "Si", 4, "O", -2, 1.624, 0.37)]
    public void Published_tables_are_read(string file, string cation, int cationCharge, string anion, int anionCharge, double r0,
        double softness)
    {
        var findings = new List<Finding>();
        ParameterTable table = ParameterTableFile.Read("published", File.ReadAllBytes(TestPaths.SharedOrIgnore($"reference/{file}")),
            findings);
        Assert.That(table.Count, Is.GreaterThan(100));
        Assert.That(findings.Select(finding => finding.Code), Has.None.EqualTo(TableFindings.NoColumns).And.None.EqualTo(
            TableFindings.UnusualSoftness));
        ParameterEntry entry = table.Find(Key(cation, cationCharge, anion, anionCharge))!;
        Assert.That((entry.R0Angstrom, entry.SoftnessAngstrom), Is.EqualTo((r0, softness)));
    }

    private static BondKey Key(string cation, int cationCharge, string anion, int anionCharge) =>
        new(new Species(Element.Of(cation), (sbyte)cationCharge), new Species(Element.Of(anion), (sbyte)anionCharge));

    private static (ParameterTable Table, List<Finding> Findings) Read(string text)
    {
        var findings = new List<Finding>();
        return (ParameterTableFile.Read("table", Encoding.UTF8.GetBytes(text), findings), findings);
    }
}
