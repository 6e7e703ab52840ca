using System.Security.Cryptography;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Potentials.Simulation;

/// <summary><c>potential phonons</c> and <c>potential vacancy</c> as users run them.</summary>
[Category("Slow")]
public sealed class PhononCommandTests
{
    private static readonly string Copper = Path.Combine(TestPaths.RepositoryRoot, "samples", "potential", "copper.vasp");

    private static readonly string[] Files = ["bands.csv", "dos.csv", "thermal.csv", "FORCE_SETS", "POSCAR-unitcell", "report.html"];

    [Test]
    public void Phonons_write_the_same_bytes_again_and_nothing_into_folders_of_others()
    {
        using var folder = new TemporaryFolder();
        string theirs = folder.Write("theirs/notes.txt", "mine");
        ChildResult[] results = [.. new[] { "one", "two" }.Select(name => Phonons(folder[name]))];
        Assert.That(results[0].ExitCode, Is.Zero, results[0].ToString());
        Assert.That(results[1].Output, Is.EqualTo(results[0].Output).And.Contains("Highest frequency"));
        foreach (string file in Files)
            Assert.That(Digest(folder["two"], file), Is.EqualTo(Digest(folder["one"], file)), file);
        Assert.That(File.ReadAllText(Path.Combine(folder["one"], "report.html")), Does.Contain("chart-bands"));
        Assert.That(Phonons(Path.GetDirectoryName(theirs)!).Errors, Does.Contain("not of this program"));
        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(theirs)!), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_vacancy_is_told_and_a_missing_chemical_potential_asked_for()
    {
        using var folder = new TemporaryFolder();
        ChildResult copper = CrystalHpcCommand.Run(
            "potential", "vacancy", Copper, "--model", "gupta", "--length", "7", "--csv", folder["v.csv"], "--out", folder["v.extxyz"]);
        Assert.That(copper.ExitCode, Is.Zero, copper.ToString());
        Assert.That(File.ReadAllLines(folder["v.csv"]), Has.Length.EqualTo(2));
        Assert.That(File.ReadAllLines(folder["v.extxyz"])[0], Is.EqualTo("31"));
        string alloy = folder.Write("alloy.vasp", "CuAg\n3.9\n1 0 0\n0 1 0\n0 0 1\nCu Ag\n2 2\nDirect\n0 0 0\n.5 .5 0\n.5 0 .5\n0 .5 .5\n");
        ChildResult asked = CrystalHpcCommand.Run("potential", "vacancy", alloy, "--model", "gupta", "--mu", "Cu=-3.5");
        Assert.That(asked.ExitCode, Is.Not.Zero);
        Assert.That(asked.Errors, Does.Contain("--mu Ag=..."));
    }

    private static ChildResult Phonons(string output) =>
        CrystalHpcCommand.Run("potential", "phonons", Copper, "--model", "gupta", "--supercell", "2", "2", "2", "--out", output);

    private static string Digest(string folder, string file) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, file))));
}
