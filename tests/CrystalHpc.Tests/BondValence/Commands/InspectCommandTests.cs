using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.BondValence.Commands;

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
            JsonNode inspections = JsonNode.Parse(CrystalHpcCommand.Run(
                "inspect", file, "--json", "--parameters", table, "--definitions", "all").Output)!;
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
            .Where(site => Math.Sign((double)site!["oxidation"]!) == sign)
                .Sum(site => (double)site!["multiplicity"]! * (double)site["valence_sum_vu"]!))];
        Assert.That(totals[0], Is.EqualTo(totals[1]).Within(1e-9));
        Assert.That((double)inspection["gii_vu"]!, Is.GreaterThan(0));
    }

    // Brown and Altermatt (1985): ln s = (2.15 - 2.82028)/0.37; errors of 0.01 A each and no correlation move it by 0.01/0.37 sqrt(1 +
    // (0.670/0.37)^2).
    [Test]
    public void Every_bond_has_the_parameters_of_its_valence_and_its_error()
    {
        string table = WriteTable();
        JsonNode bond = JsonNode.Parse(CrystalHpcCommand.Run("inspect", Halite, "--json", "--parameters",
            table).Output)![0]!["sites"]![0]!["neighbors"]![0]!;
        double distance = (double)bond["distance_a"]!, valence = Math.Exp((2.15 - distance) / 0.37);
        Assert.That((double)bond["valence_vu"]!, Is.EqualTo(valence).Within(1e-12));
        Assert.That((double)bond["valence_se_vu"]!, Is.EqualTo(valence * 0.01 / 0.37 * Math.Sqrt(1 + Math.Pow((2.15 - distance) / 0.37, 2)))
            .Within(1e-12));
        Assert.That((double)bond["r0_a"]!, Is.EqualTo(2.15));
        Assert.That((double)bond["b_se_a"]!, Is.EqualTo(0.01));
        Assert.That((string?)bond["law"], Is.EqualTo("exponential"));
        Assert.That((string?)bond["source"], Is.EqualTo("fitted"));
        string text = CrystalHpcCommand.Run("inspect", Halite, "--parameters", table).Output;
        Assert.That(text, Does.Match(@"Na-Cl +x6 +2\.820 +0\.1634\(91\) +2\.150\(10\) +0\.370\(10\) +fitted"));
    }

    [Test]
    public void An_estimate_of_one_group_says_so()
    {
        string text = CrystalHpcCommand.Run("inspect", Halite, "--parameters",
            WriteTable("Na,1,Cl,-1,2.15,0.03,0.37,0.02,0,2.8,1,6,1,0.1,prior,few-equations;weakly-determined;single-group\n")).Output;
        Assert.That(text, Does.Match(@"Na-Cl .* prior, few-equations;weakly-determined;single-group"));
    }

    [Test]
    public void Given_states_win_and_are_told_as_such()
    {
        JsonNode inspection = JsonNode.Parse(CrystalHpcCommand.Run("inspect", Halite, "--json", "--oxidation", "Na=2,Cl=-2").Output)![0]!;
        Assert.That((string?)inspection["oxidation_source"], Is.EqualTo("given"));
        Assert.That(inspection["sites"]!.AsArray().Select(site => (double)site!["oxidation"]!), Is.EqualTo(new[] { 2.0, -2.0 }));
        ChildResult unknown = CrystalHpcCommand.Run("inspect", Halite, "--oxidation", "Na2=1");
        Assert.That(unknown.ExitCode, Is.EqualTo(4));
        Assert.That(unknown.Errors, Does.Contain("there is no site or element 'Na2'"));
        Assert.That(CrystalHpcCommand.Run("inspect", Halite, "--oxidation", "Na=one").Errors,
            Does.Contain("'Na=one' gives no oxidation state"));
    }

    // Six bonds of 2.82 A are far from four valence units.
    [Test]
    public void An_ion_far_from_its_state_is_warned_of()
    {
        string table = WriteTable(
            "Na,4,Cl,-4,2.15,0.01,0.37,0.01,0,2.8,1,6,1,0.1,fitted,\nNa,1,Cl,-4,2.15,0.01,0.37,0.01,0,2.8,1,6,1,0.1,fitted,\n");
        string[] arguments = ["inspect", Halite, "--oxidation", "Na=4,Cl=-4", "--parameters", table];
        Assert.That(CrystalHpcCommand.Run(arguments).Output, Does.Match(
            @"Na4\+ +6 +0\.980 +-3\.020  far from its state: .* as Na1\+: 0\.980"));
        JsonNode sites = JsonNode.Parse(CrystalHpcCommand.Run([.. arguments, "--json"]).Output)![0]!["sites"]!;
        Assert.That((bool)sites[0]!["far_from_state"]!, Is.True);
    }

    [Test]
    public void Distances_are_shown_for_sites_without_states_and_in_rejected_structures()
    {
        string file = _folder.Write("alloy.cif", File.ReadAllText(Halite).Replace("Cl", "K", StringComparison.Ordinal));
        string text = CrystalHpcCommand.Run("inspect", file).Output;
        Assert.That(text, Does.Contain("rejected"));
        Assert.That(text, Does.Match(@"Na +Na +\? .* CN \d+: .*K \d\.\d{3}"));
    }

    [Test]
    public void An_exported_file_holds_bonds_and_sums_and_reads_as_the_same_structure()
    {
        string path = _folder["halite.cif"];
        Assert.That(CrystalHpcCommand.Run("inspect", Halite, "--export", path, "--parameters", WriteTable()).ExitCode, Is.Zero);
        string cif = File.ReadAllText(path);
        Assert.That(cif, Does.Match(@"_geom_bond_valence\nNa Cl 2\.8203 6 0\.1634\n"));
        Assert.That(cif, Does.Match(@"_crystalhpc_valence_sum\nNa 6 0\.9804\nCl 6 0\.9804\n"));
        Assert.That(CrystalHpcCommand.Run("inspect", path, "--json").Output, Does.Contain("\"verdict\": \"accepted\""));
        string xyz = _folder["halite.xyz"];
        CrystalHpcCommand.Run("inspect", Halite, "--export", xyz, "--parameters", WriteTable());
        Assert.That(File.ReadLines(xyz).ElementAt(1), Does.Contain("valence_sum:R:1"));
    }

    // A file of the user's own states must not contradict the type symbols of the authors.
    [Test]
    public void Given_states_come_back_from_an_exported_file()
    {
        string path = _folder["quartz.cif"];
        CrystalHpcCommand.Run("inspect", Quartz, "--oxidation", "Si=2,O=-1", "--export", path);
        JsonNode inspection = JsonNode.Parse(CrystalHpcCommand.Run("inspect", path, "--json").Output)![0]!;
        Assert.That((string?)inspection["oxidation_source"], Is.EqualTo("label"));
        Assert.That(inspection["sites"]!.AsArray().Select(site => (double)site!["oxidation"]!), Is.EqualTo(new[] { 2.0, -1.0 }));
    }

    [Test]
    public void A_ladder_of_an_anion_has_the_bonds_of_its_equation()
    {
        string text = CrystalHpcCommand.Run("inspect", TestPaths.SharedOrIgnore("faults/cif/anglesite-oxygen-sums.cif"), "--site", "O1",
            "--parameters", WriteTable("Pb,2,O,-2,2.112,0.01,0.37,0.01\nS,6,O,-2,1.624,0.01,0.37,0.01\n")).Output;
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
        Assert.That(Count(picture, "edge"), Is.EqualTo(12 * 8), "in eighths");
        Assert.That(Count(picture, "legend"), Is.EqualTo(2));
        string[] ends = [.. OfClass(picture, "bond").Select(bond
            => $"{bond.Attribute("x1")!.Value},{bond.Attribute("y1")!.Value} {bond.Attribute("x2")!.Value},{bond.Attribute("y2")!.Value}")];
        Assert.That(ends, Is.Unique);

        // Every ion of the block has its six bonds, of those that leave the block the half within.
        Assert.That(ends, Has.Length.EqualTo(27 * 6));
        Assert.That(Count(picture, "face"), Is.Zero, "bonds of a sixth of a valence unit make no polyhedra");
    }

    // Quartz: three silicon atoms in the cell, two of them repeated on a face; each has a tetrahedron whose corners outside of the cell are
    // drawn, too.
    [Test]
    public void Polyhedra_are_drawn_with_all_corners_around_strongly_bonded_atoms()
    {
        XDocument picture = Draw(Quartz);
        int silicon = OfClass(picture, "atom").Count(atom => atom.Value.StartsWith("Si1", StringComparison.Ordinal));
        Assert.That(Count(picture, "face"), Is.EqualTo(4 * silicon));
        Assert.That(Count(picture, "atom outside"), Is.GreaterThan(0));
        Assert.That(picture.Descendants().Where(element => (string?)element.Attribute("class") == "name").Select(element => element.Value),
            Is.EquivalentTo(new[] { "o", "a", "b", "c" }));
    }

    [Test]
    public void Along_an_axis_a_cubic_cell_is_a_square()
    {
        XElement[] edges = [.. OfClass(Draw(Halite, "--axis", "c"), "edge")];
        double[] lengths = [.. edges.Select(edge => Math.Round(Math.Sqrt(
            Math.Pow(Number(edge, "x1") - Number(edge, "x2"), 2) + Math.Pow(Number(edge, "y1") - Number(edge, "y2"), 2)) / 42, 2))];
        Assert.That(lengths.Count(length => length == 0), Is.EqualTo(4 * 8), "eighths of edges along c");
        Assert.That(lengths.Count(length => Math.Abs(length - 5.64 / 8) < 0.011), Is.EqualTo(8 * 8));
    }

    [Test]
    public void A_wrong_direction_or_ending_is_refused()
    {
        Assert.That(CrystalHpcCommand.Run("inspect", Halite, "--svg", _folder["a.svg"], "--axis", "0,0,0").Errors,
            Does.Contain("is no direction"));
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
        "cation,cation_charge,anion,anion_charge,r0_A,r0_se_A,b_A,b_se_A,correlation,pivot_length_A,n_sites,n_bonds,n_structures,rmsd_vu,"
        + "source,flags\n" + rows);

    private static IEnumerable<XElement> OfClass(XDocument picture, string name)
        => picture.Descendants().Where(element => (string?)element.Attribute("class") == name);

    private static int Count(XDocument picture, string name) => OfClass(picture, name).Count();

    private static double Number(XElement element, string name)
        => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
