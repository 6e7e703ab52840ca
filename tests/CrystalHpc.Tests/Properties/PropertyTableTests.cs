using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Learning.Formulas.Tables;
using CrystalHpc.Properties;
using CrystalHpc.Properties.Data;
using CrystalHpc.Properties.Model;

namespace CrystalHpc.Tests.Properties;

/// <summary>Tables of structures: what is read, how it is split, what is refused.</summary>
public sealed class PropertyTableTests
{
    private const string Salt = "4.12,4.12,4.12,90,90,90,Cs 0 0 0;Cl 0.5 0.5 0.5";
    private const string Header = "material_id,K_VRH_GPa,band_gap,a,b,c,alpha,beta,gamma,sites";

    // The numbers of training and test rows that others measured on the same split.
    [TestCase("datasets/heusler-oqmd/heusler.csv.gz", "formation_energy", 2014, 247)]
    [TestCase("datasets/mp-elastic-binary/elastic.csv.gz", "log10_K", 1905, 237)]
    [TestCase("datasets/phonons-matbench/phonons.csv.gz", "phonon_peak", 811, 112)]
    [TestCase("datasets/dielectric-petousis/dielectric.csv.gz", "n", 659, 85)]
    public void Shared_tables_split_as_published(string path, string target, int training, int test)
    {
        PropertyTable table = PropertyTable.Read(TestPaths.SharedOrIgnore(path), [target]);
        Assert.That(table.Samples.Count(sample => sample.Part == SplitPart.Training), Is.EqualTo(training));
        Assert.That(table.Samples.Count(sample => sample.Part == SplitPart.Test), Is.EqualTo(test));
        Assert.That(table.Refused, Is.Empty);
    }

    [Test]
    public void A_row_has_a_structure_its_formula_and_what_is_known_of_it()
    {
        PropertyTable table = Read(
            $"{Header}\nmp-1,100,,{Salt}\nmp-2,-3,1.5,{Salt}");
        Assert.That(table.Targets.Select(column => column.Target.Name), Is.EqualTo(new[] { "gap", "log10_K" }));
        Assert.That(table.Samples[0].Key, Is.EqualTo("CsCl"));
        Assert.That(table.Samples[0].Targets, Is.EqualTo(new[] { double.NaN, 2 }).Within(1e-12), "the logarithm of 100, and no gap");
        Assert.That(table.Samples[1].Targets, Is.EqualTo(new[] { 1.5, double.NaN }).Within(1e-12), "a negative modulus has no logarithm");
        Assert.That(table.Refused.Select(row => row.Finding.Code), Is.EqualTo(new[] { FormulaTableFindings.BadTarget }));
    }

    [TestCase("Cs 0 0;Cl 0.5 0.5 0.5", "4.12")]
    [TestCase("Qq 0 0 0", "4.12")]
    [TestCase("Cs 0 0 0", "nan")]
    [TestCase("", "4.12")]
    public void Rows_without_a_structure_are_refused(string sites, string a)
    {
        PropertyTable table = Read(
            $"{Header}\nmp-1,100,1,{Salt}\nmp-2,3,1,{a},4.12,4.12,90,90,90,{sites}");
        Assert.That(table.Samples, Has.Count.EqualTo(1));
        Assert.That(table.Refused.Select(row => row.Finding.Code), Is.EqualTo(new[] { PropertyFindings.Unreadable }));
        Assert.That(table.Refused[0].Line, Is.EqualTo(3));
    }

    [Test]
    public void Three_vectors_and_Heusler_compounds_are_structures()
    {
        Assert.That(Read("index,last_phdos_peak_cm1,lattice,sites\n7,300,4.12 0 0 0 4.12 0 0 0 4.12,Cs 0 0 0;Cl 0.5 0.5 0.5").Samples[0]
            .Graph.Bonds.Count, Is.EqualTo(4));
        const string Columns = "formula,symbol_X,symbol_Y,symbol_Z,lat_type,lat,form_en";
        PropertySample full = Read($"{Columns}\nCu2MnAl,Cu,Mn,Al,l21,5.95,-0.2").Samples[0], inverse =
            Read($"{Columns}\nHg2CuTi,Hg,Cu,Ti,xa,6.1,0.1").Samples[0];
        Assert.That(full.Graph.Bonds.Values[0], Is.EqualTo(5.95 * Math.Sqrt(3) / 4).Within(1e-9));
        Assert.That(Nearest(full), Is.EqualTo(new[] { "AlMn", "AlMn", "Cu", "Cu" }));
        Assert.That(Nearest(inverse), Is.EqualTo(new[] { "HgTi", "CuHg", "HgTi", "CuHg" }));
    }

    [Test]
    public void A_table_without_targets_or_structures_is_an_error()
    {
        Assert.That(() => Read("formula,a\nNaCl,1"), Throws.InstanceOf<UserException>().With.Message.Contains("target"));
        Assert.That(() => Read("formula,n\nNaCl,1.5"), Throws.InstanceOf<UserException>().With.Message.Contains("structures"));
    }

    [Test]
    public void A_training_on_formulas_with_angles_stops_before_anything_begins()
    {
        Func<PropertyOptions, string?> check = PropertyOptions.Section.Check!;
        PropertyOptions options = PropertyOptions.Default with { Tables = ["some.csv"] };
        GraphOptions angles = GraphOptions.Default with { Angles = true };
        Assert.That(check(options with { Input = PropertyInput.Formula, Graphs = angles }), Does.Contain("a formula has no angles"));
        Assert.That(check(options with { Graphs = angles }), Is.Null);
        Assert.That(check(options with { Input = PropertyInput.Formula }), Is.Null);
    }

    // Elements of the first shell of each atom.
    private static string[] Nearest(PropertySample sample) => [.. Enumerable.Range(0, sample.Graph.Atoms).Select(atom => string.Concat(
        Enumerable.Range(sample.Graph.Bonds.First[atom], sample.Graph.Bonds.First[atom + 1] - sample.Graph.Bonds.First[atom])
            .Where(bond => sample.Graph.Bonds.Shell[bond] == 0)
            .Select(bond => sample.Graph.Elements[sample.Graph.Bonds.Neighbor[bond]])
            .Select(element => new CrystalHpc.Core.Elements.Element((byte)(element + 1)).Symbol)
                .Distinct().Order()))];

    [Test]
    public void Frames_of_extended_xyz_are_rows()
    {
        using var folder = new TemporaryFolder();
        const string Frames = """
            2
            Lattice="4.12 0 0 0 4.12 0 0 0 4.12" Properties=species:S:1:pos:R:3 band_gap_eV=5.4 energy=-6.5 pbc="T T T"
            Cs 0 0 0
            Cl 2.06 2.06 2.06
            1
            Properties=species:S:1:pos:R:3 band_gap_eV=1 pbc="F F F"
            Ar 0 0 0

            """;
        File.WriteAllText(folder["frames.extxyz"], Frames);
        using (var packed = new System.IO.Compression.GZipStream(
            File.Create(folder["packed.extxyz.gz"]), System.IO.Compression.CompressionLevel.Fastest))
            packed.Write(System.Text.Encoding.UTF8.GetBytes(Frames));
        PropertyTable frames = PropertyTable.Read(folder["frames.extxyz"], []);
        PropertySample table = Read("band_gap_eV,lattice,sites\n5.4,4.12 0 0 0 4.12 0 0 0 4.12,Cs 0 0 0;Cl 0.5 0.5 0.5").Samples[0];
        Assert.That(frames.Targets.Select(target => target.Target.Name), Is.EqualTo(new[] { "energy", "gap" }));
        Assert.That(frames.Samples.Single().Targets, Is.EqualTo(new[] { -3.25, 5.4 }));
        Assert.That(frames.Samples[0].Graph.Bonds.Values, Is.EqualTo(table.Graph.Bonds.Values).Within(1e-12));
        Assert.That((frames.Samples[0].Key, frames.Refused.Single().Line), Is.EqualTo((table.Key, 5)), "a cluster is no crystal");
        PropertyTable unpacked = PropertyTable.Read(folder["packed.extxyz.gz"], []);
        Assert.That((unpacked.Digest, unpacked.Samples.Count), Is.EqualTo((frames.Digest, 1)));
    }

    private static PropertyTable Read(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("table.csv", text);
        return PropertyTable.Read(folder["table.csv"], []);
    }
}
