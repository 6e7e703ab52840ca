using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Engine.Runs;

/// <summary>States that a file gives to a corpus: they reach the tables, and the run belongs to them.</summary>
[Category("Slow")]
public sealed class GivenStateRunTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Copy_two_files()
    {
        _folder = new TemporaryFolder();
        Directory.CreateDirectory(_folder["cif"]);
        foreach (string file in new[] { "5/00/00/5000035.cif", "9/00/86/9008678.cif" })
            File.Copy(Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", file), Path.Combine(_folder["cif"], Path.GetFileName(file)));
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    private ChildResult Run(string states, string name = "states.csv")
    {
        _folder.Write(name, states);
        string configuration = _folder.Write(
            "given.json", $$"""{ "run_directory": "run", "corpus": { "paths": [ "cif" ] }, "given_states": { "file": "{{name}}" }, "fit": null, "evaluation": null }""");
        return CrystalHpcCommand.Run("run", configuration);
    }

    private string StructuresTable() => File.ReadAllText(Path.Combine(_folder["run"], "merged", "structures.csv"));

    [Test]
    public void Given_states_reach_the_tables_of_the_run()
    {
        ChildResult result = Run("file,site,charge\n9008678,Na,1\n5000035.cif,Ti,4\n");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(StructuresTable(), Does.Match(@"9008678,.*,given,").And.Match(@"5000035,.*,(label|type|assigned),"));
        Assert.That(File.ReadAllText(Path.Combine(_folder["run"], "merged", "findings.csv")),
            Does.Match(@"5000035.*oxidation-given-unused.*Ti = \+4"));
    }

    [Test]
    public void Files_that_the_corpus_does_not_have_are_told()
    {
        ChildResult result = Run("file,site,charge\n9008678,Na,1\n9008679,Na,1\n");
        Assert.That(result.Errors, Does.Contain("1 of its files are not in the corpus: 9008679"));
    }

    [Test]
    public void A_run_goes_on_with_the_same_states_from_another_place_but_not_with_others()
    {
        Assert.That(Run("file,site,charge\n9008678,Na,1\n").ExitCode, Is.Zero);
        ChildResult moved = Run("file,site,charge\n9008678,Na,1\n", "moved.csv");
        Assert.That(moved.ExitCode, Is.Zero, moved.ToString());
        Assert.That(moved.Errors, Does.Contain("every shard is complete"));
        ChildResult other = Run("file,site,charge\n9008678,Na,2\n");
        Assert.That(other.ExitCode, Is.EqualTo(4), other.ToString());
        Assert.That(other.Errors, Does.Contain("belongs to another configuration").And.Contain("given_states"));
    }

    [Test]
    public void A_file_that_changes_under_a_run_is_refused()
    {
        Assert.That(Run("file,site,charge\n9008678,Na,1\n").ExitCode, Is.Zero);
        _folder.Write("states.csv", "file,site,charge\n9008678,Na,2\n");
        ChildResult result = CrystalHpcCommand.Run("extract", _folder["run"], "--shard", "0");
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors, Does.Contain("is not the file that the configuration knows"));
    }

    [Test]
    public void A_row_that_is_no_state_stops_the_run_before_it_starts()
    {
        ChildResult result = Run("file,site,charge\n9008678,Na,one\n");
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors, Does.Contain("line 2: '9008678,Na,one' gives no state"));
        Assert.That(Directory.Exists(_folder["run"]), Is.False);
    }
}
