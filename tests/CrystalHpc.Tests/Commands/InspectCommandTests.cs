using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>What <c>inspect</c> tells of a file, to people and to programs.</summary>
public sealed class InspectCommandTests
{
    private static readonly string Samples = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");
    private static readonly string Quartz = Path.Combine(Samples, "5/00/00/5000035.cif");
    private static readonly string Halite = Path.Combine(Samples, "9/00/86/9008678.cif");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void What_it_tells_programs_follows_the_published_schema()
    {
        JsonNode schema = JsonNode.Parse(File.ReadAllText(CrystalHpcCommand.Configuration("inspect.schema.json")))!;
        string table = WriteTable();
        string broken = _folder.Write("broken.cif", "data_x\n_cell_length_a 'open\nloop_\n");
        foreach (string file in new[] { Quartz, Halite, Path.Combine(Samples, "1/00/00/1000030.cif"), broken })
        {
            JsonNode inspections = JsonNode.Parse(CrystalHpcCommand.Run("inspect", file, "--json", "--parameters", table, "--definitions", "all").Output)!;
            Assert.That(JsonSchemaCheck.Problems(schema, inspections), Is.Empty, file);
        }
    }

    [Test]
    public void The_schema_refuses_what_it_does_not_describe()
    {
        JsonNode schema = JsonNode.Parse(File.ReadAllText(CrystalHpcCommand.Configuration("inspect.schema.json")))!;
        JsonNode inspections = JsonNode.Parse(CrystalHpcCommand.Run("inspect", Quartz, "--json").Output)!;
        inspections[0]!["sites"]![0]!["color"] = "red";
        inspections[0]!["verdict"] = "maybe";
        inspections[0]!.AsObject().Remove("formula");
        Assert.That(JsonSchemaCheck.Problems(schema, inspections), Has.Count.EqualTo(3));
    }

    [Test]
    public void The_ladder_of_a_site_adds_valences_up()
    {
        // Halite: six bonds of a/2 = 2.82028 A; with r0 = 2.15, B = 0.37 (Brown and Altermatt 1985) each has exp(-1.81157) = 0.1634.
        string ladder = CrystalHpcCommand.Run("inspect", Halite, "--site", "Na", "--parameters", WriteTable()).Output;
        Assert.That(ladder, Does.Match(@"Na Na1\+  CN 6 by valence_window, 2\.820 to 2\.820 A"));
        Assert.That(ladder, Does.Match(@"2\.820  Cl Cl1- x6 +0\.163 +0\.980  #{24}"));
        Assert.That(ladder, Does.Match(@"not counted as neighbors:\n +3\.988  Na Na1\+ x12"));
        Assert.That(ladder, Does.Contain("angles  90.0 x12  180.0 x3"));
        Assert.That(ladder, Does.Contain("valence sum 0.980, oxidation state 1: -0.020 v.u."));
    }

    // Brown and Altermatt (1985) have four bonds of 1.62 A in quartz add up to about 4.
    [Test]
    public void Without_a_table_valences_are_by_the_table_of_the_program()
    {
        string text = CrystalHpcCommand.Run("inspect", Quartz, "--site", "all").Output;
        Assert.That(text, Does.Match(@"bond valences by crystalhpc-\d"));
        Assert.That(text, Does.Match(@"Si1 +Si4\+ +4 +[34]\.\d{3} "));
        Assert.That(text, Does.Match(@"O1 +O2- +2 +[12]\.\d{3} "));
        Assert.That(text, Does.Match(@"global instability index 0\.\d{3} v\.u\., bond strain index 0\.\d{3} v\.u\."));
        Assert.That(text, Does.Match(@"angles  108\.\d x?"), "a tetrahedron");
    }

    // The sums at both ends are over the same bonds: multiplicity by multiplicity they add up to the same valence.
    [Test]
    public void Sums_at_cations_and_at_anions_are_of_the_same_bonds()
    {
        JsonNode inspection = JsonNode.Parse(CrystalHpcCommand.Run("inspect", Quartz, "--json").Output)![0]!;
        double[] totals = [.. new[] { 1, -1 }.Select(sign => inspection["sites"]!.AsArray()
            .Where(site => Math.Sign((double)site!["oxidation"]!) == sign).Sum(site => (double)site!["multiplicity"]! * (double)site["valence_sum_vu"]!))];
        Assert.That(totals[0], Is.EqualTo(totals[1]).Within(1e-9));
        Assert.That((double)inspection["gii_vu"]!, Is.GreaterThan(0));
    }

    [Test]
    public void A_ladder_of_an_anion_has_the_bonds_of_its_equation()
    {
        string text = CrystalHpcCommand.Run("inspect", TestPaths.SharedOrIgnore("faults/cif/anglesite-oxygen-sums.cif"), "--site", "O1", "--parameters", WriteTable("Pb,2,O,-2,2.112,0.01,0.37,0.01\nS,6,O,-2,1.624,0.01,0.37,0.01\n")).Output;
        string table = text[text.IndexOf("minus state", StringComparison.Ordinal)..];
        string sum = System.Text.RegularExpressions.Regex.Match(table, @"O1 +O2- +2 +(\d\.\d{3})").Groups[1].Value;
        Assert.That(sum, Is.Not.Empty);
        Assert.That(text, Does.Contain($"valence sum {sum}, oxidation state 2"));
    }

    [Test]
    public void A_site_that_does_not_exist_is_named_with_those_that_do()
    {
        ChildResult result = CrystalHpcCommand.Run("inspect", Quartz, "--site", "Si2");
        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Errors, Does.Contain("there is no site 'Si2' (did you mean 'Si1'?); sites: Si1, O1"));
    }

    [Test]
    public void The_picture_of_a_cell_repeats_the_atoms_on_its_faces_and_draws_each_bond_once()
    {
        // Halite: 8 corners + 6 faces of one ion, 12 edges + the center of the other; 54 bonds within that block.
        XDocument picture = Draw(Halite);
        Assert.That(Count(picture, "atom"), Is.EqualTo(27));
        Assert.That(Count(picture, "edge"), Is.EqualTo(12));
        Assert.That(Count(picture, "legend"), Is.EqualTo(2));
        string[] ends = [.. OfClass(picture, "bond").Select(bond => $"{bond.Attribute("x1")!.Value},{bond.Attribute("y1")!.Value} {bond.Attribute("x2")!.Value},{bond.Attribute("y2")!.Value}")];
        Assert.That(ends, Is.Unique);

        // Cations of the block: 14 or 13; whole bonds have two halves, those that leave the cell one.
        Assert.That(ends.Length, Is.EqualTo(2 * 54 + (14 * 6 - 54)).Or.EqualTo(2 * 54 + (13 * 6 - 54)));
    }

    [Test]
    public void Along_an_axis_a_cubic_cell_is_a_square()
    {
        XElement[] edges = [.. OfClass(Draw(Halite, "--axis", "c"), "edge")];
        double[] lengths = [.. edges.Select(edge => Math.Round(Math.Sqrt(
            Math.Pow(Number(edge, "x1") - Number(edge, "x2"), 2) + Math.Pow(Number(edge, "y1") - Number(edge, "y2"), 2)) / 42, 2))];
        Assert.That(lengths.Count(length => length == 0), Is.EqualTo(4), "edges along c");
        Assert.That(lengths.Count(length => Math.Abs(length - 5.64) < 0.011), Is.EqualTo(8));
    }

    [Test]
    public void A_wrong_direction_or_ending_is_refused()
    {
        Assert.That(CrystalHpcCommand.Run("inspect", Halite, "--svg", _folder["a.svg"], "--axis", "0,0,0").Errors, Does.Contain("is no direction"));
        Assert.That(CrystalHpcCommand.Run("inspect", Halite, "--export", _folder["a.pdb"]).Errors, Does.Contain("not as '.pdb'"));
        Assert.That(Directory.GetFiles(_folder.Path), Is.Empty);
    }

    private XDocument Draw(string file, params string[] options)
    {
        ChildResult result = CrystalHpcCommand.Run(["inspect", file, "--svg", _folder["cell.svg"], .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return XDocument.Load(_folder["cell.svg"]);
    }

    private string WriteTable(string rows = "Na,1,Cl,-1,2.15,0.01,0.37,0.01,0,2.8,1,6,1,0.1,fitted,\n") => _folder.Write(
        "parameters.csv",
        "cation,cation_charge,anion,anion_charge,r0_A,r0_se_A,b_A,b_se_A,correlation,pivot_length_A,n_sites,n_bonds,n_structures,rmsd_vu,source,flags\n" + rows);

    private static IEnumerable<XElement> OfClass(XDocument picture, string name) => picture.Descendants().Where(element => (string?)element.Attribute("class") == name);

    private static int Count(XDocument picture, string name) => OfClass(picture, name).Count();

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
