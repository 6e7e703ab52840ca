using System.Text.Json.Nodes;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary><c>crystalhpc match</c>: pairs, families, and what cannot be compared.</summary>
public sealed class MatchCommandTests
{
    private const string Halite = "2\nLattice=\"0 2.8 2.8 2.8 0 2.8 2.8 2.8 0\"\nNa 0 0 0\nCl 2.8 2.8 2.8\n";

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder()
    {
        _folder = new TemporaryFolder();
        _folder.Write("a.xyz", Halite);
        _folder.Write("b.vasp",
            "cubic\n5.5\n1 0 0\n0 1 0\n0 0 1\nNa Cl\n4 4\nDirect\n0 0 0\n0 .5 .5\n.5 0 .5\n.5 .5 0\n.5 .5 .5\n.5 0 0\n0 .5 0\n0 0 .5\n");
        _folder.Write("c.xyz", Halite.Replace("Na", "K"));
        _folder.Write("d.xyz", "2\nLattice=\"4 0 0 0 4 0 0 0 4\"\nNa 0 0 0\nCl 2 2 2\n");
        _folder.Write("e.xyz", "1\n\nNa 0 0 0\n");
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [TestCase("b.vasp", true, true)]
    [TestCase("c.xyz", false, true)]
    [TestCase("d.xyz", false, false)]
    public void A_pair_is_the_same_by_elements_by_arrangement_or_not(string other, bool isSame, bool isSameType)
    {
        ChildResult result = CrystalHpcCommand.Run("match", _folder["a.xyz"], _folder[other], "--json");
        JsonNode match = JsonNode.Parse(result.Output)!;
        Assert.That(((bool)match["same"]!, (bool)match["same_anonymous"]!), Is.EqualTo((isSame, isSameType)), result.ToString());
        Assert.That(match["rms"] is null, Is.Not.EqualTo(isSame));
    }

    [Test]
    public void A_folder_is_sorted_into_families()
    {
        ChildResult result = CrystalHpcCommand.Run("match", _folder.Path, "--json");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        JsonNode[] lines = [.. result.Output.Trim().Split('\n').Select(line => JsonNode.Parse(line)!)];
        Assert.That(lines.Select(line => (int?)line["family"]), Is.EqualTo(new int?[] { 1, 1, 2, 3, null }));
        Assert.That((string)lines[1]["first"]!, Is.EqualTo(_folder["a.xyz"]));
        Assert.That((string)lines[4]["refused"]!, Does.Contain("cell"));
        Assert.That(CrystalHpcCommand.Run("match", _folder.Path).Output.Split('\n')[0],
            Is.EqualTo($"{_folder["a.xyz"]} {_folder["b.vasp"]}"));
    }

    [Test]
    public void What_cannot_be_compared_is_told()
    {
        Assert.That(CrystalHpcCommand.Run("match", _folder["a.xyz"], _folder["e.xyz"]).ExitCode, Is.EqualTo(4));
        Assert.That(CrystalHpcCommand.Run("match", _folder["a.xyz"], _folder["missing.xyz"]).ExitCode, Is.EqualTo(4));
        Assert.That(CrystalHpcCommand.Run("match", _folder["a.xyz"], _folder["b.vasp"], "--site-tolerance", "-1").ExitCode, Is.EqualTo(1));
    }
}
