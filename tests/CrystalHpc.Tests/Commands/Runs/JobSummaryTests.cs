using System.Text.Json.Nodes;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Runs;

/// <summary><c>--json</c> of the verbs that work on a run.</summary>
public sealed class JobSummaryTests
{
    private static readonly string[] Fields = ["verb", "program_version", "exit_code", "run", "ranks", "corpus", "stages"];

    [Test]
    public void Each_verb_of_a_job_tells_scripts_what_it_did_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string run = folder["run"];
        string samples = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod", "5");
        JsonNode index = Summary("index", CrystalHpcCommand.Configuration("quickstart.json"), "--corpus", samples, "--run", run);
        int files = Directory.GetFiles(samples, "*.cif", SearchOption.AllDirectories).Length;
        Assert.That((int)index["corpus"]!["files"]!, Is.EqualTo(files));
        Assert.That(index["stages"]!.AsObject().Select(stage => stage.Key), Is.EqualTo(new[] { "index" }));

        JsonNode extract = Summary("extract", run, "--threads", "2");
        Assert.That((int)extract["ranks"]!, Is.EqualTo(2));
        Assert.That((int)extract["stages"]!["extract"]!["counts"]!["files"]!, Is.EqualTo(files));
        Assert.That((int)Summary("merge", run)["stages"]!["merge"]!["counts"]!["structures"]!, Is.EqualTo(files));
        Assert.That((string)Summary("fit", run)["stages"]!["fit"]!["fit"]!["stopped_by"]!, Is.EqualTo("gradient"));

        JsonNode again = Summary("run", CrystalHpcCommand.Configuration("quickstart.json"), "--corpus", samples, "--run", run);
        Assert.That((string)again["run"]!, Is.EqualTo(run));
        string documentation = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs", "formats.md"));
        foreach (string field in Fields)
            Assert.That(documentation, Does.Contain($"| `{field}` |"), "documented");
    }

    [Test]
    public void A_failure_leaves_standard_output_empty()
    {
        ChildResult result = CrystalHpcCommand.Run("merge", "/nonexistent", "--json");
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((4, "")));
        Assert.That(result.Errors, Does.Contain("is not a run directory"));
    }

    [Test]
    public void Verdicts_and_a_summary_do_not_share_standard_output() =>
        Assert.That(CrystalHpcCommand.Run("extract", "x", "--verbose", "--json").Errors, Does.Contain("exclude one another"));

    private static JsonNode Summary(string verb, params string[] arguments)
    {
        ChildResult result = CrystalHpcCommand.Run([verb, .. arguments, "--json", "--quiet"]);
        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")), result.ToString());
        JsonNode summary = JsonNode.Parse(result.Output)!;
        Assert.That(summary.AsObject().Select(field => field.Key), Is.EqualTo(Fields));
        Assert.That((string)summary["verb"]!, Is.EqualTo(verb));
        return summary;
    }
}
