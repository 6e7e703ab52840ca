using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// Which run a directory belongs to, and whether a configuration and a program may continue it. The manifest depends on the section of the
/// corpus; the tables of shards on the manifest, the sections of the way to structures, those of the products, and the formats of the
/// products. What comes after them is not checked here: see <see cref="FinishedStage"/>. The version of the program does not count.
/// </summary>
public sealed class RunIdentity
{
    private readonly ConfigurationCatalog _catalog;
    private readonly JsonObject _configuration;
    private readonly IReadOnlyList<Section> _sections;

    /// <summary>The identity that a configuration gives to a run.</summary>
    /// <param name="catalog">All sections, with the defaults of keys that older runs did not know.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="formats">Formats of the tables that it makes of every shard.</param>
    /// <param name="sections">Sections that the tables depend on.</param>
    public RunIdentity(ConfigurationCatalog catalog, RunConfiguration configuration, IReadOnlyList<string> formats,
        IReadOnlyList<Section> sections) =>
        (_catalog, _configuration, Formats, _sections) = (catalog, configuration.ToJson(), formats, sections);

    /// <summary>Formats of the tables of a shard.</summary>
    public IReadOnlyList<string> Formats { get; }

    /// <summary>The record of a new run over a corpus whose manifest is written.</summary>
    public RunRecord Create(CorpusRecord corpus) => new()
    {
        Format = RunRecord.CurrentFormat,
        CodeVersion = ProgramVersion.Full,
        Formats = Formats,
        ExtractionDigest = Digest(
            $"{string.Join(' ', Formats)}\n{corpus.ManifestSha256}\n{OfCorpus(_configuration).ToJsonString()}\n"
            + $"{OfShards(_configuration).ToJsonString()}"),
        Corpus = corpus,
        Configuration = _configuration.DeepClone(),
    };

    /// <summary>
    /// Continues a run directory: what decides its manifest and its shards must be as it was; what comes after them may have changed and is
    /// recorded anew. For rank 0.
    /// </summary>
    /// <exception cref="UserException">The directory belongs to another configuration, or its tables have formats that this program does
    /// not write.</exception>
    public RunRecord Continue(RunDirectory run)
    {
        RunRecord record = RunRecord.Read(run);
        if (!record.Formats.SequenceEqual(Formats))
        {
            throw UserException.Unusable(
                $"{run.Root} was made by version {record.CodeVersion} with tables of other formats ({string.Join(", ", record.Formats)}) "
                + $"than this version " +
                $"writes for this configuration ({string.Join(", ", Formats)}); choose another --run, or remove it");
        }

        JsonObject recorded = Complete(record, run);
        var differences = new List<string>();
        JsonDifferences.Add(OfCorpus(recorded), OfCorpus(_configuration), EngineSections.Corpus.Name, differences);
        JsonDifferences.Add(OfShards(recorded), OfShards(_configuration), "", differences);
        if (differences.Count > 0)
        {
            throw UserException.Unusable(
                $"{run.Root} belongs to another configuration; choose another --run, or remove it. It differs in "
                + $"{string.Join("; ", differences)}");
        }

        if (JsonNode.DeepEquals(record.Configuration, _configuration))
            return record;
        RunRecord changed = record with { Configuration = _configuration.DeepClone() };
        changed.Write(run);
        return changed;
    }

    /// <summary>
    /// Runs may be merged when their tables have the same formats and the same settings made them, whatever their corpora.
    /// </summary>
    /// <exception cref="UserException">They differ; the message says in what.</exception>
    public void RequireAlike(RunDirectory run, RunRecord record, RunDirectory other, RunRecord otherRecord)
    {
        var differences = new List<string>();
        if (!record.Formats.SequenceEqual(otherRecord.Formats))
            differences.Add($"formats of tables ({string.Join(", ", record.Formats)} and {string.Join(", ", otherRecord.Formats)})");
        JsonDifferences.Add(OfShards(Complete(record, run)), OfShards(Complete(otherRecord, other)), "", differences);
        if (differences.Count > 0)
            throw UserException.Unusable($"{run.Root} and {other.Root} cannot be merged; they differ in {string.Join("; ", differences)}");
    }

    // Where the corpus lies does not matter, what it is called does; how many files may fail decides no table.
    private static JsonObject OfCorpus(JsonNode configuration)
    {
        JsonObject corpus = configuration[EngineSections.Corpus.Name]!.DeepClone().AsObject();
        corpus["paths"] = new JsonArray([.. corpus["paths"]!.AsArray().Select(path =>
            (JsonNode?)Path.GetFileName(Path.TrimEndingDirectorySeparator(path!.GetValue<string>())))]);
        corpus.Remove("failure_limit_percent");
        return corpus;
    }

    // Keys that the program learned after the run was made have their defaults.
    private JsonObject Complete(RunRecord record, RunDirectory run) => _catalog.Parse(record.ConfigurationBytes(), run.RunJson).ToJson();

    // Where a file lies does not matter: a section that names one has its digest.
    private JsonObject OfShards(JsonNode configuration)
    {
        var sections = new JsonObject();
        foreach (Section section in _sections)
        {
            JsonNode? values = configuration[section.Name]?.DeepClone();
            foreach (string key in section.PathKeys)
                values?.AsObject().Remove(key);
            sections[section.Name] = values;
        }

        return sections;
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
