using System.Text.Json.Nodes;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Engine.Runs;

/// <summary>
/// A run directory that something else has written to: exit code 4 and the file by name, never a stack trace and never a hang.
/// </summary>
public sealed class DamagedRunTests
{
    private static readonly string Halite = Path.Combine(TestPaths.RepositoryRoot, "samples/cod/9/00/86/9008678.cif");

    private TemporaryFolder _folder = null!;
    private string _configuration = null!;

    [OneTimeSetUp]
    public void Run_once()
    {
        _folder = new TemporaryFolder();
        _configuration = _folder.Write("c.json", $$"""{ "corpus": { "paths": [ "{{Halite}}" ] } }""");
        Assert.That(CrystalHpcCommand.Run("run", _configuration, "--run", _folder["run"], "--quiet").ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Remove_it() => _folder.Dispose();

    [TestCase("""{ "corpus": { "shards": -1 } }""")]
    [TestCase("""{ "corpus": { "shards": 0 } }""")]
    [TestCase("""{ "corpus": { "shards": 2147483647 } }""")]
    [TestCase("""{ "corpus": { "shards": 2147483647, "files": 2147483647 } }""")]
    [TestCase("""{ "corpus": { "shards": 99999999999 } }""")]
    [TestCase("""{ "corpus": { "files": -5 } }""")]
    [TestCase("""{ "corpus": { "shards": "many" } }""")]
    [TestCase("""{ "corpus": { "roots": [ null ] } }""")]
    [TestCase("""{ "corpus": null }""")]
    [TestCase("""{ "configuration": null }""")]
    [TestCase("""{ "formats": [ null ] }""")]
    [TestCase("""{ "extraction_digest": "" }""")]
    [TestCase("""{ "stages": null }""")]
    [TestCase("""{ "stages": { "fit": 5 } }""")]
    [TestCase("""{ "format": "two" }""")]
    [TestCase("""{ "code_version": "\ud800" }""")]
    public void A_run_json_with_values_that_cannot_be_is_refused_by_every_verb(string change)
    {
        string run = Copy();
        string path = Path.Combine(run, "run.json");
        JsonObject json = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        File.WriteAllText(path, Changed(json, change));
        AssertRefused(run, "run.json", ["extract", run], ["merge", run], ["report", run], ["run", _configuration, "--run", run]);
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("\0\0\0\0")]
    public void A_run_json_that_is_none_is_refused(string text)
    {
        string run = Copy();
        File.WriteAllText(Path.Combine(run, "run.json"), text);
        AssertRefused(run, "run.json", ["fit", run]);
    }

    [TestCase("merged/groups.csv", "group_id,structures,joined_id\nx,-1,x\n")]
    [TestCase("merged/groups.csv", "group_id,structures,joined_id\nx,0,x\n")]
    [TestCase("merged/groups.csv", "group_id,structures,joined_id\nx,99999999999,x\n")]
    [TestCase("merged/groups.csv", "group_id,structures,joined_id\nx,1,x\nx,1,x\n")]
    [TestCase("merged/groups.csv", "group_id,structures,joined_id\nx,one,x\n")]
    [TestCase("merged/groups.csv", "group_id,structures\nx,1\n")]
    [TestCase("merged/groups.csv", "")]
    [TestCase("merged/groups.csv", "\0\0\0\n")]
    [TestCase("merged/blocks.csv", "block,first_byte,bytes,sha256\n0,-5,99999999999,x\n")]
    [TestCase("merged/blocks.csv", "")]
    public void A_damaged_table_is_named(string table, string text)
    {
        string run = Copy();
        File.WriteAllText(Path.Combine(run, table), text);
        AssertRefused(run, Path.GetFileName(table), ["fit", run]);
    }

    private string Copy()
    {
        string run = _folder[Guid.NewGuid().ToString("N")];
        foreach (string file in Directory.EnumerateFiles(_folder["run"], "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(run, Path.GetRelativePath(_folder["run"], file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return run;
    }

    // One key of the change, or one key of an object of it; as text, because half of a surrogate pair is no value of a JSON tree.
    private static string Changed(JsonObject json, string change)
    {
        if (change.Contains("\\u", StringComparison.Ordinal))
        {
            json["code_version"] = "VERSION";
            return json.ToJsonString().Replace("VERSION", "\\ud800", StringComparison.Ordinal);
        }

        foreach ((string key, JsonNode? value) in JsonNode.Parse(change)!.AsObject())
        {
            if (value is not JsonObject inner)
            {
                json[key] = value?.DeepClone();
                continue;
            }

            foreach ((string innerKey, JsonNode? innerValue) in inner)
                json[key]![innerKey] = innerValue?.DeepClone();
        }

        return json.ToJsonString();
    }

    private static void AssertRefused(string run, string file, params string[][] commands)
    {
        foreach (string[] words in commands)
        {
            ChildResult result = CrystalHpcCommand.Run([.. words, "--threads", "1"]);
            Assert.That(result.ExitCode, Is.EqualTo(4), $"{string.Join(' ', words)}\n{result}");
            Assert.That(result.Errors, Does.Contain(Path.Combine(run, "")).And.Contain(file).And.Not.Contain("   at "));
        }
    }
}
