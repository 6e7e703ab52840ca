using System.Text.Json.Nodes;
using CrystalHpc.BondValence;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.Tests.Engine.Configuration;

/// <summary>A wrong configuration stops the job before any work, and says everything that is wrong.</summary>
public sealed class ConfigurationFileTests
{
    private static readonly ConfigurationCatalog Catalog = CommandLine.Systems.Configuration;
    private static readonly string Configs = Path.Combine(TestPaths.RepositoryRoot, "configs");

    [Test]
    public void Ranks_that_are_threads_read_configurations_at_the_same_time()
    {
        Assert.That(() => System.Threading.Tasks.Parallel.For(0, 64, _ => Catalog.Parse(Catalog.Defaults.ToBytes(), "configuration")),
            Throws.Nothing);
    }

    [Test]
    public void Every_shipped_configuration_is_valid([ValueSource(nameof(Shipped))] string name) =>
        Assert.That(() => Read(Path.Combine(Configs, name)), Throws.Nothing);

    [Test]
    public void The_quickstart_and_all_of_cod_differ_from_the_defaults_only_in_the_corpus_and_the_neighbor_table()
    {
        RunConfiguration defaults = Catalog.Defaults;
        RunConfiguration quickstart = Read(Path.Combine(Configs, "quickstart.json"));
        AssertSame(WithCorpusOf(quickstart, defaults), defaults);
        RunConfiguration cod = Read(Path.Combine(Configs, "cod.json"));
        NeighborOptions neighbors = cod.Get(EngineSections.Neighbors);
        Assert.That(neighbors.WriteTable, Is.False);
        AssertSame(WithCorpusOf(cod.With(EngineSections.Neighbors, neighbors with { WriteTable = true }), defaults), defaults);
    }

    [TestCase("""{ "fit": { "softness_min_angstrom": 0.5, "softness_max_angstrom": 0.4 } }""", "'fit.softness_min_angstrom' must not be above")]
    [TestCase("""{ "validation": { "minimum_temperature_kelvin": 300, "maximum_temperature_kelvin": 200 } }""", "no structure would be accepted")]
    [TestCase("""{ "neighbors": { "crystal_nn": { "distance_cutoff_low_angstrom": 2, "distance_cutoff_high_angstrom": 1 } } }""", "distance_cutoff_low_angstrom' must not be above")]
    [TestCase("""{ "corpus": { "paths": [ "a\u0000b" ] } }""", "'corpus.paths[0]' must be a text that is not empty and has no NUL")]
    [TestCase("""{ "run_directory": "a\u0000b" }""", "'run_directory' must be a text")]
    [TestCase("""{ "run_directory": "\ud800" }""", "half of a surrogate pair")]
    [TestCase("""{ "corpus": { "paths": [ "x\udc00" ] } }""", "half of a surrogate pair")]
    [TestCase("""{ "\ud800": 1 }""", "half of a surrogate pair")]
    [TestCase("data_x", "a configuration is JSON")]
    public void Values_that_cannot_be_together_and_texts_that_name_no_file_are_found_before_work_starts(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("wrong.json", text);
        Assert.That(() => Read(path), Throws.TypeOf<UserException>().With.Property("Code")
            .EqualTo(ExitCode.Configuration).And.Message.Contain(problem));
    }

    [Test]
    public void Three_lines_are_a_configuration()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("mine.json", "{\n  \"corpus\": { \"paths\": [ \"cif\" ] }\n}\n");
        RunConfiguration read = Read(path);
        Assert.That(read.RunDirectory, Is.EqualTo(folder["runs/mine"]));
        Assert.That(read.Get(EngineSections.Corpus).Paths, Is.EqualTo(new[] { folder["cif"] }));
        AssertSame(WithCorpusOf(read, Catalog.Defaults), Catalog.Defaults);
    }

    [Test]
    public void A_section_states_what_differs_and_keeps_the_other_defaults()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("mine.json", """{ "neighbors": { "crystal_nn": { "search_cutoff_angstrom": 8 } }, "fit": null }""");
        NeighborOptions neighbors = Read(path).Get(EngineSections.Neighbors);
        Assert.That(neighbors, Is.EqualTo(NeighborOptions.ForValenceSums with
        {
            CrystalNN = NeighborOptions.ForValenceSums.CrystalNN! with { SearchCutoffAngstrom = 8 },
        }));
        Assert.That(Read(path).Has(BondValenceSections.Fit), Is.False);
    }

    [Test]
    public void A_file_takes_from_the_one_that_it_extends_all_but_the_run_directory()
    {
        using var folder = new TemporaryFolder();
        folder.Write("base/base.json", """{ "run_directory": "there", "corpus": { "paths": [ "cif" ], "shards": 7 }, "fit": { "history": 5, "seed": 2 } }""");
        RunConfiguration read = Read(folder.Write("mine.json", """{ "extends": "base/base.json", "corpus": { "shards": 3 }, "fit": { "seed": 9 } }"""));
        Assert.That(read.RunDirectory, Is.EqualTo(folder["runs/mine"]));
        Assert.That(read.Get(EngineSections.Corpus).Paths, Is.EqualTo(new[] { folder["base/cif"] }));
        Assert.That(read.Get(EngineSections.Corpus).Shards, Is.EqualTo(3));
        Assert.That((read.Get(BondValenceSections.Fit).History, read.Get(BondValenceSections.Fit).Seed), Is.EqualTo((5, 9)));
    }

    [Test]
    public void A_wrong_key_in_an_extended_file_is_named_with_that_file()
    {
        using var folder = new TemporaryFolder();
        string wrong = folder.Write("base.json", """{ "fitt": {} }""");
        string path = folder.Write("mine.json", """{ "extends": "base.json" }""");
        Assert.That(() => Read(path), Throws.TypeOf<UserException>().With.Message.StartsWith(
            $"{wrong}: key 'fitt' is unknown (did you mean 'fit'?)"));
    }

    [Test]
    public void Files_that_extend_one_another_are_refused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.json", """{ "extends": "b.json" }""");
        string path = folder.Write("b.json", """{ "extends": "a.json" }""");
        Assert.That(() => Read(path), Throws.TypeOf<UserException>().With.Message.Contains("'extends' leads in a circle"));
    }

    [Test]
    public void A_starting_file_means_the_defaults_and_tells_every_key()
    {
        using var folder = new TemporaryFolder();
        string text = StartingFile.Write(Catalog, ["/data/cif"]);
        RunConfiguration read = Read(folder.Write("start.json", text));
        Assert.That(read.Get(EngineSections.Corpus).Paths, Is.EqualTo(new[] { "/data/cif" }));
        AssertSame(WithCorpusOf(read, Catalog.Defaults), Catalog.Defaults);
        foreach (string key in Catalog.Defaults.ToJson().Where(section => section.Value is JsonObject)
            .SelectMany(section => section.Value!.AsObject()).Select(item => item.Key))
            Assert.That(text, Does.Contain($"\"{key}\": "));
    }

    [Test]
    public void Every_commented_line_of_a_starting_file_can_be_brought_to_life()
    {
        using var folder = new TemporaryFolder();
        string[] lines = StartingFile.Write(Catalog, ["/data/cif"]).Split('\n');

        // A section that is off is a comment as a whole; it comes to life with its braces, a training must name its data, a search its
        // model and its atoms.
        bool isOff = false;
        for (int i = 0; i < lines.Length; i++)
        {
            bool opens = lines[i].StartsWith("  // \"", StringComparison.Ordinal) && lines[i].EndsWith('{'), closes = lines[i] == "  // },";
            isOff |= opens;
            string bare = lines[i].TrimStart();
            if (isOff && (bare is "// }," || (bare.StartsWith("// \"", StringComparison.Ordinal) && bare.EndsWith('{'))))
                lines[i] = bare[3..];
            else if (isOff && bare == "// \"tables\": [],")
                lines[i] = "\"tables\": [ \"formulas.csv\" ],";
            else if (isOff && bare == "// \"data\": [],")
                lines[i] = "\"data\": [ \"frames.extxyz\" ],";
            else if (isOff && bare == "// \"model\": \"\",")
                lines[i] = "\"model\": \"gupta\",";
            else if (isOff && bare == "// \"atoms\": \"\",")
                lines[i] = "\"atoms\": \"Cu4\",";
            else if (isOff && bare == "// \"elements\": [],")
                lines[i] = "\"elements\": [ \"Cu\" ],";
            else if (isOff && bare == "// \"oracle\": \"\",")
                lines[i] = "\"oracle\": \"gupta\",";
            else if (isOff && bare == "// \"systems\": [],")
                lines[i] = "\"systems\": [ \"Cu4\" ],";
            isOff &= !closes;
        }

        for (int i = 0; i < lines.Length; i++)
        {
            string bare = lines[i].Trim();
            if (!bare.StartsWith("// \"", StringComparison.Ordinal) || !bare.EndsWith(',')
                || bare.Contains("extends", StringComparison.Ordinal))
                continue;
            string[] changed = [.. lines];
            changed[i] = bare[3..];
            string path = folder.Write("start.json", string.Join('\n', changed));
            Assert.That(() => Read(path), Throws.Nothing, bare);
        }
    }

    [Test]
    public void The_shipped_schema_is_that_of_the_program() =>
        Assert.That(
            File.ReadAllText(Path.Combine(Configs, "crystalhpc.schema.json")).TrimEnd(), Is.EqualTo(ConfigurationSchema.Create(Catalog)),
            "write it again: crystalhpc info --schema > configs/crystalhpc.schema.json");

    [Test]
    public void Relative_paths_start_at_the_configuration_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("deep/run.json", Text(json => json["corpus"]!["paths"] = new JsonArray("../data")));
        RunConfiguration read = Read(path);
        Assert.That(read.Get(EngineSections.Corpus).Paths, Is.EqualTo(new[] { folder["data"] }));
    }

    [Test]
    public void The_chosen_definition_of_neighbors_must_have_settings_and_the_others_need_not()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.json", Text(json => ChooseEcon(json, "econ")));
        Assert.That(
            () => Read(path),
            Throws.TypeOf<UserException>().With.Message.EqualTo(
            $"{path}: 'neighbors.econ' must not be null, because 'neighbors.definition' is \"econ\""));
        path = folder.Write("run.json", Text(json => ChooseEcon(json, "crystal_nn")));
        Assert.That(Read(path).Get(EngineSections.Neighbors).Definition, Is.EqualTo(NeighborDefinition.Econ));

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
        Assert.That(NeighborOptions.ForValenceSums.GetType().GetProperty($"{definition}")!.GetValue(NeighborOptions.ForValenceSums),
            Is.SameAs(settings));
    }

    [TestCase("an unknown definition", "'neighbors.definition' must be one of crystal_nn, minimum_distance, ")]
    [TestCase("an unknown key", "key 'fit.gate' is unknown (did you mean 'gate_angstrom'?); allowed here: law, softness, ")]
    [TestCase("a number out of range", "'fit.gate_angstrom' must be a number from 0.01 to 100, is -1")]
    [TestCase("a text for a number", "'corpus.shards' must be a whole number from 1 to 100000, is \"many\"")]
    [TestCase("a fraction for a whole number", "'corpus.shards' must be a whole number from 1 to 100000, is 1.5")]
    [TestCase("a number for true or false", "'validation.require_order' must be true or false, is 1")]
    [TestCase("null where a section must be", "'neighbors' must not be null")]
    [TestCase("an empty path", "'corpus.paths[0]' must be a text that is not empty and has no NUL, is \"\"")]
    [TestCase("a list for an object", "'structures' must be an object, is a list")]
    public void A_wrong_value_is_named_with_its_place_and_what_is_allowed(string wrong, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.json", Text(json => Break(json, wrong)));
        var failure = Assert.Throws<UserException>(() => Read(path));
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
            Break(json, "a text for a number");
        }));
        var failure = Assert.Throws<UserException>(() => Read(path));
        Assert.That(failure.Message.Split('\n'), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_key_given_twice_is_refused()
    {
        using var folder = new TemporaryFolder();
        string text = Text(_ => { });
        string path = folder.Write("run.json", text.Replace("\"fit\":", "\"fit\": null, \"fit\":", StringComparison.Ordinal));
        Assert.That(() => Read(path), Throws.TypeOf<UserException>().With.Message.Contains("key 'fit' is given twice"));
    }

    [Test]
    public void A_text_that_is_not_json_is_refused_with_its_line()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("run.json", "{\n  \"corpus\": {\n");
        Assert.That(() => Read(path), Throws.TypeOf<UserException>().With.Message.Contains("is not JSON: line 3"));
    }

    [Test]
    public void A_missing_file_is_refused() =>
        Assert.That(() => Read("/no/such/file.json"), Throws.TypeOf<UserException>().With.Message.Contains("cannot be read"));

    private static RunConfiguration Read(string path) => Catalog.Read(path);

    private static RunConfiguration WithCorpusOf(RunConfiguration configuration, RunConfiguration other) =>
        configuration.With(EngineSections.Corpus, other.Get(EngineSections.Corpus)).WithRunDirectory(other.RunDirectory);

    // Lists are equal when their items are, which records do not know.
    private static void AssertSame(RunConfiguration actual, RunConfiguration expected) =>
        Assert.That(actual.ToJson().ToJsonString(), Is.EqualTo(expected.ToJson().ToJsonString()));

    private static IEnumerable<string> Shipped() => Directory.EnumerateFiles(Configs, "*.json")
        .Select(path => Path.GetFileName(path)!)
        .Where(name => !name.EndsWith(".schema.json", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static string Text(Action<JsonNode> change)
    {
        JsonNode json = Catalog.Defaults.ToJson();
        change(json);
        return json.ToJsonString();
    }

    private static void Break(JsonNode json, string wrong)
    {
        switch (wrong)
        {
            case "an unknown key": json["fit"]!["gate"] = 1; json["fit"]!["gate_angstrom"] = 1; break;
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
