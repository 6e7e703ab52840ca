using System.Text.Json.Nodes;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>What <c>symmetry</c> tells of files, to people and to programs.</summary>
public sealed class SymmetryCommandTests
{
    private static readonly string Halite = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "9/00/86/9008678.cif");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void The_group_of_the_atoms_stands_beside_that_of_the_file()
    {
        string file = _folder.Write("cscl.cif", """
            data_cscl
            _cell_length_a 4.12
            _cell_length_b 4.12
            _cell_length_c 4.12
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 90
            loop_
            _symmetry_equiv_pos_as_xyz
            x,y,z
            loop_
            _atom_site_label
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            Cs1 0.1 0.2 0.3
            Cl1 0.6 0.7 0.8
            """);
        string text = CrystalHpcCommand.Run("symmetry", file).Output;
        Assert.That(text, Does.Contain("221  P m -3 m").And.Contain("the file says   1  P1"));
        JsonNode json = JsonNode.Parse(CrystalHpcCommand.Run("symmetry", file, "--json").Output)!;
        Assert.That(((int)json["number"]!, (string)json["symbol"]!, (int)json["hall_number"]!), Is.EqualTo((221, "Pm-3m", 517)));
        Assert.That((string)json["wyckoff"]!, Is.EqualTo("ab").Or.EqualTo("ba"));
        Assert.That((int)json["declared_number"]!, Is.EqualTo(1));
    }

    [Test]
    public void Each_structure_has_a_line_and_a_bad_file_one_with_the_reason()
    {
        string empty = _folder.Write("empty.cif", "data_x\n_cell_length_a 4\n");
        ChildResult result = CrystalHpcCommand.Run("symmetry", Halite, empty, _folder["none.cif"], "--json");
        JsonNode[] lines = [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That((int)lines[0]["number"]!, Is.EqualTo(225));
        Assert.That((string)lines[1]["refused"]!, Does.Contain("atoms"));
        Assert.That((string)lines[2]["refused"]!, Does.Contain("no file"));
        Assert.That((result.ExitCode, result.Errors), Is.EqualTo(
            (4, "crystalhpc: 2 of 3 files hold no structure whose symmetry can be found\n")));
    }

    [TestCase("0")]
    [TestCase("2")]
    [TestCase("tight")]
    public void A_tolerance_out_of_range_is_refused(string tolerance)
    {
        ChildResult result = CrystalHpcCommand.Run("symmetry", Halite, "--tolerance", tolerance);
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Errors, Does.Contain("tolerance"));
    }
}
