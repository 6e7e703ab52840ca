using System.IO.Compression;
using System.Text.Json.Nodes;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary><c>crystalhpc convert</c>: what it writes, tells and leaves alone.</summary>
public sealed class ConvertCommandTests
{
    private const string Good =
        "2\nLattice=\"4 0 0 0 5 0 0 0 6\" Properties=species:S:1:pos:R:3:forces:R:3 energy=-1.5 pbc=\"T T T\"\nNa 0 0 0 1 0 0\nCl 2 2 2 -1 "
        + "0 0\n";
    private const string Bad = "2\nenergy=nan\nNa 0 0 0\nCl 2 2 2\n";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void A_packed_file_is_read_whatever_its_name_and_written_by_its_name()
    {
        string input = _folder.Write("in.xyz", Good + Good);
        Assert.That(CrystalHpcCommand.Run("convert", input, _folder["packed.xyz.gz"]).ExitCode, Is.Zero);
        File.Move(_folder["packed.xyz.gz"], _folder["packed.xyz"]);
        using (var unpacked = new StreamReader(new GZipStream(File.OpenRead(_folder["packed.xyz"]), CompressionMode.Decompress)))
            Assert.That(unpacked.ReadToEnd(), Is.EqualTo(Good + Good));
        Assert.That(CrystalHpcCommand.Run("convert", _folder["packed.xyz"], _folder["out.xyz"]).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(_folder["out.xyz"]), Is.EqualTo(Good + Good));
    }

    [Test]
    public void What_is_there_stays_unless_forced()
    {
        string input = _folder.Write("in.xyz", Good), output = _folder.Write("out.xyz", "mine");
        ChildResult refused = CrystalHpcCommand.Run("convert", input, output);
        Assert.That((refused.ExitCode, File.ReadAllText(output)), Is.EqualTo((4, "mine")));
        Assert.That(CrystalHpcCommand.Run("convert", input, output, "--force").ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(output), Is.EqualTo(Good));
        Assert.That(Directory.GetFiles(_folder.Path), Has.Length.EqualTo(2), "nothing is left beside them");
    }

    [Test]
    public void Refused_frames_are_told_and_the_others_written()
    {
        ChildResult result = CrystalHpcCommand.Run("convert", _folder.Write("in.xyz", Good + Bad + Good), _folder["out.xyz"], "--json");
        Assert.That(result.ExitCode, Is.EqualTo(3), result.ToString());
        Assert.That(result.Errors, Does.Contain("in.xyz:6: error: energy is not a number: nan [frame-number]"));
        Assert.That(File.ReadAllText(_folder["out.xyz"]), Is.EqualTo(Good + Good));
        JsonNode summary = JsonNode.Parse(result.Output)!;
        Assert.That(((int)summary["frames"]!, (int)summary["written"]!, (string)summary["findings"]![0]!["code"]!),
            Is.EqualTo((3, 2, "frame-number")));
    }

    [TestCase(Bad)]
    [TestCase("")]
    public void Without_a_frame_nothing_is_written(string text)
    {
        string input = _folder.Write("in.xyz", text);
        Assert.That(CrystalHpcCommand.Run("convert", input, _folder["out.xyz"]).ExitCode, Is.EqualTo(4));
        Assert.That(Directory.GetFiles(_folder.Path), Is.EqualTo(new[] { input }));
    }

    [Test]
    public void Frames_go_into_files_of_their_own_when_the_name_asks_for_it()
    {
        string input = _folder.Write("in.xyz", Good + Bad + Good);
        Assert.That(CrystalHpcCommand.Run("convert", input, _folder["{n}.xsf"]).ExitCode, Is.EqualTo(3));
        Assert.That(Directory.GetFiles(_folder.Path).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "in.xyz", "000001.xsf", "000003.xsf" }));
        ChildResult refused = CrystalHpcCommand.Run("convert", input, _folder["one.xsf"]);
        Assert.That((refused.ExitCode, File.Exists(_folder["one.xsf"])), Is.EqualTo((4, false)));
        Assert.That(refused.Errors, Does.Contain("{n}"));
    }

    [TestCase(2, "in.xyz", "out.data", TestName = "Units_of_input_data_must_be_stated_to_write_it")]
    [TestCase(2, "in.data", "out.xyz", TestName = "Units_of_input_data_must_be_stated_to_read_it")]
    [TestCase(2, "in.xsf", "out.xyz", "--units", "bohr,hartree", TestName = "Units_that_the_format_fixes_cannot_be_stated")]
    [TestCase(2, "in.xyz", "out.xyz", "--to-units", "bohr,hartree", TestName = "Units_that_the_output_fixes_cannot_be_stated")]
    [TestCase(2, "in.xyz", "out.txt", TestName = "A_name_that_tells_no_format_needs_the_option")]
    [TestCase(1, "in.xyz", "out.txt", "--to", "pdb", TestName = "A_format_that_is_not_known_is_refused")]
    [TestCase(1, "in.xyz", "out.xyz", "--units", "bohr", TestName = "Units_need_length_and_energy")]
    [TestCase(4, "missing.xyz", "out.xyz", TestName = "A_file_that_is_missing_is_told")]
    [TestCase(4, "broken.xyz", "out.xyz", TestName = "A_damaged_packed_file_is_told")]
    public void Wrong_use_is_answered(int code, string input, string output, params string[] options)
    {
        _folder.Write("in.xyz", Good);
        _folder.Write("in.xsf", "ATOMS\nNa 0 0 0\n");
        _folder.Write("in.data", "begin\nend\n");
        File.WriteAllBytes(_folder["broken.xyz"], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF]);
        ChildResult result = CrystalHpcCommand.Run(["convert", _folder[input], _folder[output], .. options]);
        Assert.That(result.ExitCode, Is.EqualTo(code), result.ToString());
        Assert.That(result.Errors, Is.Not.Empty);
        Assert.That(File.Exists(_folder[output]), Is.False);
    }

    [Test]
    public void Atomic_units_go_out_and_come_back()
    {
        string input = _folder.Write("in.xyz", Good);
        Assert.That(CrystalHpcCommand.Run("convert", input, _folder["input.data"], "--to-units", "bohr,hartree").ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(_folder["input.data"]), Does.Contain("\nlattice 7.558").And.Contain("\nenergy -0.0551"));
        Assert.That(CrystalHpcCommand.Run("convert", _folder["input.data"], _folder["back.xyz"], "--units", "bohr,hartree").ExitCode,
            Is.Zero);
        Assert.That(File.ReadAllText(_folder["back.xyz"]), Does.Contain("energy=-1.5 ").Or.Contain("energy=-1.4999999999999").Or.Contain(
            "energy=-1.50000000000000"));
    }
}
