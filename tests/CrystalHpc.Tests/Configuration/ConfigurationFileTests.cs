using System.Text.Json.Nodes;
using CrystalHpc.Configuration;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Jobs;

namespace CrystalHpc.Tests.Configuration;

/// <summary>A wrong configuration stops the job before any work, and says everything that is wrong.</summary>
public sealed class ConfigurationFileTests
{
    private static readonly string Configs = Path.Combine(TestPaths.RepositoryRoot, "configs");

    [Test]
    public void Every_shipped_configuration_is_valid([ValueSource(nameof(Shipped))] string name) =>
        Assert.That(() => ConfigurationFile.Read(Path.Combine(Configs, name)), Throws.Nothing);

    [Test]
    public void Quickstart_states_the_defaults_of_every_stage()
    {
        RunConfiguration quickstart = ConfigurationFile.Read(Path.Combine(Configs, "quickstart.json"));
        RunConfiguration defaults = RunConfiguration.ForSingleFiles;
        AssertSame(quickstart with { RunDirectory = defaults.RunDirectory, Corpus = defaults.Corpus }, defaults);
    }

    [Test]
    public void Cod_differs_from_quickstart_only_in_the_corpus_and_the_neighbor_table()
    {
        RunConfiguration cod = ConfigurationFile.Read(Path.Combine(Configs, "cod.json"));
        RunConfiguration quickstart = ConfigurationFile.Read(Path.Combine(Configs, "quickstart.json"));
        AssertSame(
            cod with { RunDirectory = quickstart.RunDirectory, Corpus = quickstart.Corpus, Neighbors = cod.Neighbors with { WriteTable = true } },
            quickstart);
    }

    [Test]
    public void The_shipped_schema_is_that_of_the_program() =>
        Assert.That(
            File.ReadAllText(Path.Combine(Configs, "crystalhpc.schema.json")).TrimEnd(), Is.EqualTo(ConfigurationSchema.Create()),
            "write it again: crystalhpc info --schema > configs/crystalhpc.schema.json");

    [Test]
    public void Relative_paths_start_at_the_configuration_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("deep/run.json", Text(json => json["corpus"]!["paths"] = new JsonArray("../data")));
        RunConfiguration read = ConfigurationFile.Read(path);
        Assert.That(read.Corpus.Paths, Is.EqualTo(new[] { folder["data"] }));
    }

    [Test]
    public void The_chosen_definition_of_neighbors_must_have_settings_and_the_others_need_not()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.json", Text(json => ChooseEcon(json, "econ")));
        Assert.That(
            () => ConfigurationFile.Read(path),
            Throws.TypeOf<UserException>().With.Message.EqualTo($"{path}: 'neighbors.econ' must not be null, because 'neighbors.definition' is \"econ\""));
        path = folder.Write("run.json", Text(json => ChooseEcon(json, "crystal_nn")));
        Assert.That(ConfigurationFile.Read(path).Neighbors.Definition, Is.EqualTo(NeighborDefinition.Econ));

        static void ChooseEcon(JsonNode json, string without)
        {
            json["neighbors"]!["definition"] = "econ";
            json["neighbors"]![without] = null;
        }
    }

    [Test]
    public void Every_definition_of_neighbors_is_made_from_its_own_section([Values] NeighborDefinition definition)
    {
        ICoordinationOptions settings = NeighborOptions.ForValenceSums.SettingsOf(definition)!;
        Assert.That(settings.OppositeChargesOnly, Is.True);
        Assert.That(NeighborOptions.ForValenceSums.GetType().GetProperty($"{definition}")!.GetValue(NeighborOptions.ForValenceSums), Is.SameAs(settings));
    }

    [TestCase("an unknown definition", "'neighbors.definition' must be one of crystal_nn, minimum_distance, ")]
    [TestCase("an unknown key", "key 'fit.gate' is unknown (did you mean 'gate_angstrom'?); allowed here: law, softness, ")]
    [TestCase("a missing key", "key 'fit.history' is missing")]
    [TestCase("a number out of range", "'fit.gate_angstrom' must be a number from 0.01 to 100, is -1")]
    [TestCase("a text for a number", "'corpus.shards' must be a whole number from 1 to 100000, is \"many\"")]
    [TestCase("a fraction for a whole number", "'corpus.shards' must be a whole number from 1 to 100000, is 1.5")]
    [TestCase("a number for true or false", "'validation.require_order' must be true or false, is 1")]
    [TestCase("null where a section must be", "'neighbors' must not be null")]
    [TestCase("an empty path", "'corpus.paths[0]' must be a text that is not empty, is \"\"")]
    [TestCase("a list for an object", "'structures' must be an object, is a list")]
    public void A_wrong_value_is_named_with_its_place_and_what_is_allowed(string wrong, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.json", Text(json => Break(json, wrong)));
        var failure = Assert.Throws<UserException>(() => ConfigurationFile.Read(path));
        Assert.That(failure.Code, Is.EqualTo(ExitCode.Configuration));
        Assert.That(failure.Message, Does.StartWith($"{path}: {message}"));
    }

    [Test]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.json", Text(json =>
        {
            Break(json, "an unknown key");
            Break(json, "a missing key");
        }));
        var failure = Assert.Throws<UserException>(() => ConfigurationFile.Read(path));
        Assert.That(failure.Message.Split('\n'), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_key_given_twice_is_refused()
    {
        using var folder = new TemporaryFolder();
        string text = Text(_ => { });
        string path = folder.Write("run.json", text.Replace("\"fit\":", "\"fit\": null, \"fit\":", StringComparison.Ordinal));
        Assert.That(() => ConfigurationFile.Read(path), Throws.TypeOf<UserException>().With.Message.Contains("key 'fit' is given twice"));
    }

    [Test]
    public void A_text_that_is_not_json_is_refused_with_its_line()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.json", "{\n  \"corpus\": {\n");
        Assert.That(() => ConfigurationFile.Read(path), Throws.TypeOf<UserException>().With.Message.Contains("is not JSON: line 3"));
    }

    [Test]
    public void A_missing_file_is_refused() =>
        Assert.That(() => ConfigurationFile.Read("/no/such/file.json"), Throws.TypeOf<UserException>().With.Message.Contains("cannot be read"));

    // Lists are equal when their items are, which records do not know.
    private static void AssertSame(RunConfiguration actual, RunConfiguration expected) =>
        Assert.That(ConfigurationFile.ToJson(actual).ToJsonString(), Is.EqualTo(ConfigurationFile.ToJson(expected).ToJsonString()));

    private static IEnumerable<string> Shipped() => Directory.EnumerateFiles(Configs, "*.json")
        .Select(path => Path.GetFileName(path)!)
        .Where(name => !name.EndsWith(".schema.json", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Text(Action<JsonNode> change)
    {
        JsonNode json = ConfigurationFile.ToJson(RunConfiguration.ForSingleFiles);
        change(json);
        return json.ToJsonString();
    }

    private static void Break(JsonNode json, string wrong)
    {
        switch (wrong)
        {
            case "an unknown key": json["fit"]!["gate"] = 1; json["fit"]!["gate_angstrom"] = 1; break;
            case "a missing key": json["fit"]!.AsObject().Remove("history"); break;
            case "a number out of range": json["fit"]!["gate_angstrom"] = -1; break;
            case "a text for a number": json["corpus"]!["shards"] = "many"; break;
            case "a fraction for a whole number": json["corpus"]!["shards"] = 1.5; break;
            case "a number for true or false": json["validation"]!["require_order"] = 1; break;
            case "null where a section must be": json["neighbors"] = null; break;
            case "an unknown definition": json["neighbors"]!["definition"] = "voronoi"; break;
            case "an empty path": json["corpus"]!["paths"] = new JsonArray(""); break;
            case "a list for an object": json["structures"] = new JsonArray(); break;
            default: throw new ArgumentException(wrong);
        }
    }
}
