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
        string configuration =
            Write(folder, """
                {
                  "scan": { "model": "gupta", "elements": ["Ag", "Pd"], "most_atoms": 4 },
                  "analyze": { "best": 3, "temperatures_kelvin": [300], "most": 4 }
                }
                """);
        Run("search", "scan", configuration, "--run", run);
        string[] hull = File.ReadAllLines(Path.Combine(run, "hull.csv"));
        Assert.That(hull, Has.Length.EqualTo(5));
        Assert.That(hull.Any(line => line.Contains("hcp", StringComparison.Ordinal)));
        Assert.That(File.ReadAllText(Path.Combine(run, "hull.html")), Does.Contain("chart-hull").And.Contain("class=\"atom\""));
        Assert.That(File.ReadAllText(Path.Combine(run, "hull.html")), Does.Contain(">Ag</text>").And.Not.Contain("Ag0"),
            "the legend of pictures");
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
            folder, """
                {
                  "search": { "model": "gupta", "kind": "particle", "atoms": "Cu3Ag2Pd2", "free_composition": true, "structures": 40 },
                  "analyze": { "height_electron_volt": 9 }
                }
                """);
        Run("search", "run", configuration, "--run", run);
        Run("search", "analyze", configuration, "--run", run);
        Assert.That(File.ReadAllText(Path.Combine(run, "hull.html")), Does.Contain("chart-map").And.Contain("particle-0"));
        Assert.That(File.ReadAllText(Path.Combine(run, "report.html")), Does.Contain("chart-search"));
    }

    [TestCase("scan", """{ "search": { "model": "gupta", "atoms": "Cu4" } }""", "no section 'scan'")]
    [TestCase("scan", """{ "scan": { "model": "gupta", "elements": ["Fe"] } }""", "does not know Fe")]
    [TestCase("scan", """{ "scan": { "model": "gupta", "elements": ["Xx"] } }""", "'Xx' is no element")]
    [TestCase("run", """{ "search": { "model": "gupta", "atoms": "Cu4", "starts": ["icosahedron"] } }""",
        "starts are some of random, space_group")]
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

    [Test]
    public void A_potential_grows_on_from_labels_that_are_there()
    {
        using var folder = new TemporaryFolder();
        string run = Path.Combine(folder.Path, "run"), configuration = Write(folder, Growth("gupta", 1));
        Run("search", "grow", configuration, "--run", run, "--threads", "2");
        string[] names = ["labels-0/labels.extxyz", "labels-1/labels.extxyz", "rounds.csv", "model.safetensors"];
        byte[][] first = [.. names.Select(name => File.ReadAllBytes(Path.Combine(run, name)))];

        // As after a kill between the search and the end of the round; labels are dear, and not asked for again.
        DateTime before = File.GetLastWriteTimeUtc(Path.Combine(run, "labels-1/labels.extxyz"));
        File.Delete(Path.Combine(run, "rounds.csv"));
        File.Delete(Path.Combine(run, "model.safetensors"));
        Run("search", "grow", configuration, "--run", run, "--threads", "1");
        Assert.That(names.Select(name => File.ReadAllBytes(Path.Combine(run, name))), Is.EqualTo(first));
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(run, "labels-1/labels.extxyz")), Is.EqualTo(before));

        ChildResult other = CrystalHpcCommand.Run("search", "grow", Write(folder, Growth("gupta", 2)), "--run", run);
        Assert.That(other.Errors, Does.Contain("holds another search"));
    }

    [Test]
    public void A_potential_does_not_grow_from_an_oracle_that_fails()
    {
        using var folder = new TemporaryFolder();
        string run = Path.Combine(folder.Path, "run");
        ChildResult result = CrystalHpcCommand.Run("search", "grow", Write(folder, Growth("program:false {in} {out}", 1)), "--run", run);
        Assert.That(result.ExitCode, Is.Not.Zero.And.LessThan(70));
        Assert.That(result.Errors, Does.Contain("Cu2: refused: ").Or.Contain("Cu: refused: "));
        Assert.That(result.Errors, Does.Contain("gave no energy of any crystal"));
        Assert.That(File.Exists(Path.Combine(run, "labels-0/labels.extxyz")), Is.False, "a second try labels again");
    }

    [Test]
    public void A_folder_of_starts_is_read_and_a_slab_among_them_refused()
    {
        using var folder = new TemporaryFolder();
        string starts = Path.Combine(folder.Path, "starts");
        Directory.CreateDirectory(starts);
        string crystal = """
            4
            Lattice="3.6 0 0 0 3.6 0 0 0 3.6" pbc="T T T" Properties=species:S:1:pos:R:3
            Fe 0 0 0
            Fe 0 1.8 1.8
            Fe 1.8 0 1.8
            Fe 1.8 1.8 0

            """;
        File.WriteAllText(Path.Combine(starts, "crystal.extxyz"), crystal);
        string configuration = Write(
            folder, """{ "search": { "model": "gupta", "atoms": "Cu4", "starts": ["files"], "start_files": ["starts"], "structures": 2 } }""");
        string run = Path.Combine(folder.Path, "run");
        Run("search", "run", configuration, "--run", run);
        Assert.That(File.ReadAllLines(Path.Combine(run, "history.csv"))[1], Does.StartWith("0,files,,-14.2"));
        File.WriteAllText(Path.Combine(starts, "slab.extxyz"), crystal.Replace("T T T", "T T F", StringComparison.Ordinal));
        ChildResult result = CrystalHpcCommand.Run("search", "run", configuration, "--run", Path.Combine(folder.Path, "other"));
        Assert.That(result.Errors, Does.Contain("other structures than those of kind 'crystal'"));
    }

    [Test]
    public void Further_structures_are_ranked_under_the_pressure_of_the_search()
    {
        using var folder = new TemporaryFolder();
        string run = Path.Combine(folder.Path, "run"), best = Path.Combine(folder.Path, "best.extxyz");
        string Analysis(string more) => Write(
            folder, $$"""{ "search": { "model": "gupta", "atoms": "Cu2", "pressure_gigapascal": 20, "structures": 6 }, "analyze": { {{more}} } }""");
        Run("search", "run", Analysis(""), "--run", run);
        File.Copy(Path.Combine(run, "best.extxyz"), best);
        Run("search", "analyze", Analysis("\"temperatures_kelvin\": [0], \"most\": 1"), "--run", run);
        Assert.That(File.Exists(Path.Combine(run, "stability.csv")));
        string[] alone = File.ReadAllLines(Path.Combine(run, "hull.csv"));
        Run("search", "analyze", Analysis("\"inputs\": [\"best.extxyz\"], \"most\": 1"), "--run", run);
        Assert.That(File.ReadAllLines(Path.Combine(run, "hull.csv")), Is.EqualTo(alone), "the same structures again, none lower");
        Assert.That(File.Exists(Path.Combine(run, "stability.csv")), Is.False, "a table of another analysis");

        File.AppendAllText(Path.Combine(run, "structures.jsonl"), "{}\n");
        ChildResult result = CrystalHpcCommand.Run("search", "analyze", Analysis(""), "--run", run);
        Assert.That(result.ExitCode, Is.Not.Zero.And.LessThan(70));
        Assert.That(result.Errors, Does.Contain("line 7 is damaged"));
    }

    private static string Growth(string oracle, int seed) => $$"""
        {
          "grow": {
            "oracle": "{{oracle}}", "systems": ["Cu2"], "drawn": 20, "rounds": 1, "structures": 6, "labels": 3,
            "spread_electron_volt_per_angstrom": 1e-6, "highest_electron_volt": 1000, "seed": {{seed}}
          },
          "potential": { "hidden": [2], "members": 2, "training": { "epochs": 1 } }
        }
        """;

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
