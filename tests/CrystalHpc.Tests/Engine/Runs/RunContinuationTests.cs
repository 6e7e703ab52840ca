using System.Text.Json.Nodes;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Engine.Runs;

/// <summary>What may change while a run is continued, what may not, and what is said about it.</summary>
[Category("Slow")]
public sealed class RunContinuationTests
{
    private TemporaryFolder _folder = null!;
    private string _corpus = null!;
    private string _run = null!;

    [SetUp]
    public void Run_once()
    {
        _folder = new TemporaryFolder();
        (_corpus, _run) = (_folder["cif"], _folder["run"]);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), "*.cif",
            SearchOption.AllDirectories).Order().Take(6))
            CopyTo(file);
        Assert.That(Run("{ }").ExitCode, Is.Zero);
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void A_newer_program_continues_tables_that_it_would_write_itself_and_says_so()
    {
        DateTime written = MarkTime();
        Edit(run => run["code_version"] = "0.0.9+older");
        ChildResult result = Run("{ }");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Does.Contain("made by version 0.0.9+older with tables as this version writes them").And.Contain(
            "every shard is complete"));
        Assert.That(MarkTime(), Is.EqualTo(written));
    }

    [Test]
    public void Tables_of_another_format_are_not_continued()
    {
        Edit(run => run["formats"]![0] = "structures/0");
        ChildResult result = Run("{ }");
        Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
        Assert.That(result.Errors, Does.Contain("tables of other formats (structures/0, ").And.Contain("choose another --run"));
    }

    [Test]
    public void A_directory_of_another_layout_is_refused_as_such()
    {
        Edit(run =>
        {
            run["format"] = 1;
            run.AsObject().Remove("formats");
        });
        ChildResult result = Run("{ }");
        Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
        Assert.That(result.Errors, Does.Contain("run.json has format 1; this program reads format 2"));
    }

    [Test]
    public void Another_fit_touches_no_shard()
    {
        DateTime written = MarkTime();
        byte[] parameters = File.ReadAllBytes(Path.Combine(_run, "fit", "parameters.csv"));
        ChildResult result = Run("""{ "sigma_valence": 0.2 }""");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(MarkTime(), Is.EqualTo(written));
        Assert.That(File.ReadAllBytes(Path.Combine(_run, "fit", "parameters.csv")), Is.Not.EqualTo(parameters));
    }

    [Test]
    public void A_run_given_again_makes_only_what_has_changed()
    {
        SortedDictionary<string, byte[]> tables = RunTables.Read(_run);
        Assert.That(Run("{ }").Errors, Does.Contain("merge    as it was").And.Contain("fit      as it was"));

        File.AppendAllText(Path.Combine(_run, "fit", "residuals.csv"), "\n");
        Assert.That(Run("{ }").Errors, Does.Contain("merge    as it was").And.Not.Contain("fit      as it was"));
        RunTables.AssertSame(tables, RunTables.Read(_run));

        File.AppendAllText(Path.Combine(_run, "merged", "findings.csv"), "\n");
        Assert.That(Run("{ }").Errors, Does.Not.Contain("merge    as it was").And.Contain("fit      as it was"));
        RunTables.AssertSame(tables, RunTables.Read(_run));

        Assert.That(Run("""{ "sigma_valence": 0.2 }""").Errors, Does.Contain("merge    as it was").And.Not.Contain("fit      as it was"));
    }

    [Test]
    public void Files_that_are_new_modified_or_gone_since_indexing_are_told_even_to_those_who_want_quiet()
    {
        string[] files = [.. Directory.EnumerateFiles(_corpus).Order()];
        Assert.That(Run("{ }", "--quiet").Errors, Does.Not.Contain("since it was indexed"));
        File.Copy(files[0], Path.Combine(_corpus, "new.cif"));
        File.AppendAllText(files[1], "# changed\n");
        Assert.That(Run("{ }", "--quiet").Errors, Does.Contain("corpus   1 new, 1 modified since it was indexed"));
        File.Delete(files[2]);
        Assert.That(Run("{ }", "--quiet").Errors, Does.Contain("1 new, 1 modified, 1 gone since it was indexed"));
    }

    [Test]
    public void A_link_changes_when_its_target_does()
    {
        string target = Directory.EnumerateFiles(_corpus).Order().First(), moved = _folder["elsewhere.cif"], other = _folder["linked"];
        File.Move(target, moved);
        File.CreateSymbolicLink(target, moved);
        _run = other;
        Assert.That(Run("{ }").ExitCode, Is.Zero);
        Assert.That(Run("{ }").Errors, Does.Not.Contain("since it was indexed"));
        File.AppendAllText(moved, "# changed\n");
        Assert.That(Run("{ }").Errors, Does.Contain("1 modified since it was indexed"));
    }

    [Test]
    public void A_damaged_list_of_sources_stops_nothing()
    {
        string sources = Path.Combine(_run, "sources.csv");
        File.WriteAllText(sources, File.ReadAllText(sources)[..40]);
        ChildResult result = Run("{ }");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Does.Contain("cannot be told").And.Contain("sources.csv is cut short"));
    }

    private DateTime MarkTime() => File.GetLastWriteTimeUtc(Path.Combine(_run, "shards", "0000", "shard.json"));

    private void CopyTo(string file)
    {
        Directory.CreateDirectory(_corpus);
        File.Copy(file, Path.Combine(_corpus, Path.GetFileName(file)));
    }

    private void Edit(Action<JsonNode> change)
    {
        string path = Path.Combine(_run, "run.json");
        JsonNode json = JsonNode.Parse(File.ReadAllBytes(path))!;
        change(json);
        File.WriteAllText(path, json.ToJsonString());
    }

    private ChildResult Run(string fit, params string[] options)
    {
        string configuration = _folder.Write("mine.json", $$"""{ "corpus": { "paths": [ "cif" ] }, "evaluation": null, "fit": {{fit}} }""");
        return CrystalHpcCommand.Run(["run", configuration, "--run", _run, "--threads", "1", .. options]);
    }
}
