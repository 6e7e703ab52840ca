using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Potentials.Search;

/// <summary>The verbs of <c>search</c>: what they write, what they refuse.</summary>
public sealed class SearchCommandTests
{
    [Test]
    public void A_scan_ranks_structure_types_and_its_analysis_can_be_made_again()
    {
        using var folder = new TemporaryFolder();
        string run = Path.Combine(folder.Path, "run");
        string configuration = Write(folder, """{ "scan": { "model": "gupta", "elements": ["Ag", "Pd"], "most_atoms": 4 }, "analyze": { "best": 3, "temperatures_kelvin": [300], "most": 4 } }""");
        Run("search", "scan", configuration, "--run", run);
        string[] hull = File.ReadAllLines(Path.Combine(run, "hull.csv"));
        Assert.That(hull, Has.Length.EqualTo(5));
        Assert.That(hull.Any(line => line.Contains("hcp", StringComparison.Ordinal)));
        Assert.That(File.ReadAllText(Path.Combine(run, "hull.html")), Does.Contain("chart-hull").And.Contain("class=\"atom\""));
        Assert.That(File.ReadAllText(Path.Combine(run, "hull.html")), Does.Contain(">Ag</text>").And.Not.Contain("Ag0"), "the legend of pictures");
        Assert.That(File.ReadAllLines(Path.Combine(run, "stability.csv")), Has.Length.EqualTo(5));
        string[] best = [.. Directory.GetFiles(Path.Combine(run, "best")).Select(path => Path.GetFileName(path)!)];
        Assert.That(best, Has.Length.EqualTo(9));
        Assert.That(best.Select(Path.GetExtension).Distinct(), Is.EquivalentTo([".cif", ".vasp", ".extxyz"]));
        File.Delete(Path.Combine(run, "hull.csv"));
        Run("search", "analyze", configuration, "--run", run);
        Assert.That(File.ReadAllLines(Path.Combine(run, "hull.csv")), Is.EqualTo(hull));
    }

    [Test]
    public void Particles_of_three_elements_have_a_map()
    {
        using var folder = new TemporaryFolder();
        string run = Path.Combine(folder.Path, "run"), configuration = Write(
            folder, """{ "search": { "model": "gupta", "kind": "particle", "atoms": "Cu3Ag2Pd2", "free_composition": true, "structures": 40 }, "analyze": { "height_electron_volt": 9 } }""");
        Run("search", "run", configuration, "--run", run);
        Run("search", "analyze", configuration, "--run", run);
        Assert.That(File.ReadAllText(Path.Combine(run, "hull.html")), Does.Contain("chart-map").And.Contain("particle-0"));
        Assert.That(File.ReadAllText(Path.Combine(run, "report.html")), Does.Contain("chart-search"));
    }

    [TestCase("scan", """{ "search": { "model": "gupta", "atoms": "Cu4" } }""", "no section 'scan'")]
    [TestCase("scan", """{ "scan": { "model": "gupta", "elements": ["Fe"] } }""", "does not know Fe")]
    [TestCase("scan", """{ "scan": { "model": "gupta", "elements": ["Xx"] } }""", "'Xx' is no element")]
    [TestCase("run", """{ "search": { "model": "gupta", "atoms": "Cu4", "starts": ["icosahedron"] } }""", "starts are some of random, space_group")]
    [TestCase("run", """{ "search": { "model": "gupta", "atoms": "Cu4", "starts": ["files"] } }""", "need start_files")]
    [TestCase("grow", """{ "grow": { "oracle": "gupta", "systems": ["copper"] } }""", "'copper' is not a list of elements")]
    [TestCase("analyze", """{ "search": { "model": "gupta", "atoms": "Cu4" } }""", "holds no search")]
    public void What_cannot_be_is_refused_before_work_starts(string verb, string configuration, string expected)
    {
        using var folder = new TemporaryFolder();
        ChildResult result = CrystalHpcCommand.Run("search", verb, Write(folder, configuration), "--run", Path.Combine(folder.Path, "run"));
        Assert.That(result.ExitCode, Is.Not.Zero.And.LessThan(70));
        Assert.That(result.Errors, Does.Contain(expected));
    }

    private static string Write(TemporaryFolder folder, string configuration)
    {
        string path = Path.Combine(folder.Path, "search.json");
        File.WriteAllText(path, configuration);
        return path;
    }

    private static void Run(params string[] arguments)
    {
        ChildResult result = CrystalHpcCommand.Run(arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
    }
}
