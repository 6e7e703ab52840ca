using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CrystalHpc.Configuration;
using CrystalHpc.Jobs;
using CrystalHpc.Storage;
using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Pipeline;

/// <summary>Which run a directory belongs to: what decides its tables, and whether a configuration may continue it.</summary>
internal static class RunIdentity
{
    /// <summary>The record of a new run over a corpus whose manifest is written.</summary>
    public static RunRecord Create(RunConfiguration configuration, CorpusRecord corpus) => new()
    {
        Format = RunRecord.CurrentFormat,
        CodeVersion = ProgramVersion.Full,
        ExtractionDigest = Digest(Extraction(ConfigurationFile.ToJson(configuration)), corpus.ManifestSha256, ProgramVersion.Full),
        Corpus = corpus,
        Configuration = ConfigurationFile.ToJson(configuration),
    };

    /// <summary>
    /// Continues a run directory: everything that decides the shard tables must be as it was; what comes after them (fit, evaluation) may have
    /// changed and is recorded anew. Returns the bytes of run.json.
    /// </summary>
    public static byte[] TakeUp(RunDirectory run, RunConfiguration configuration)
    {
        RunRecord record = RunRecord.Read(run);
        if (record.CodeVersion != ProgramVersion.Full)
        {
            throw UserException.Unusable(
                $"{run.Root} was made by version {record.CodeVersion} of the program, this is {ProgramVersion.Full}; choose another --run, or remove it");
        }

        JsonNode asked = ConfigurationFile.ToJson(configuration);
        var differences = new List<string>();
        Compare(Extraction(record.Configuration), Extraction(asked), "", differences);
        if (differences.Count > 0)
        {
            throw UserException.Unusable(
                $"{run.Root} belongs to another configuration; choose another --run, or remove it. It differs in {string.Join("; ", differences)}");
        }

        if (!JsonNode.DeepEquals(record.Configuration, asked))
            (record with { Configuration = asked }).Write(run);
        return File.ReadAllBytes(run.RunJson);
    }

    /// <summary>Runs may be merged when the same program made them with the same settings, whatever their corpora.</summary>
    /// <exception cref="UserException">They differ; the message says in what.</exception>
    public static void RequireAlike(RunDirectory run, RunRecord record, RunDirectory other, RunRecord otherRecord)
    {
        var differences = new List<string>();
        if (record.CodeVersion != otherRecord.CodeVersion)
            differences.Add($"program version ({record.CodeVersion} and {otherRecord.CodeVersion})");
        JsonObject mine = Extraction(record.Configuration), its = Extraction(otherRecord.Configuration);
        mine.Remove("corpus");
        its.Remove("corpus");
        Compare(mine, its, "", differences);
        if (differences.Count > 0)
            throw UserException.Unusable($"{run.Root} and {other.Root} cannot be merged; they differ in {string.Join("; ", differences)}");
    }

    // The sections that decide the shard tables: all but the place of the run, fit and evaluation. Where the corpus lies does not matter, what it is called does.
    private static JsonObject Extraction(JsonNode configuration)
    {
        JsonObject sections = configuration.DeepClone().AsObject();
        sections.Remove("run_directory");
        sections.Remove("fit");
        sections.Remove("evaluation");
        JsonArray names = [.. sections["corpus"]!["paths"]!.AsArray().Select(path =>
            JsonValue.Create(Path.GetFileName(Path.TrimEndingDirectorySeparator(path!.GetValue<string>()))))];
        sections["corpus"]!["paths"] = names;
        sections["corpus"]!.AsObject().Remove("failure_limit_percent");
        return sections;
    }

    private static string Digest(JsonNode extraction, string manifestDigest, string version) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{version}\n{manifestDigest}\n{extraction.ToJsonString()}")));

    private static void Compare(JsonNode? old, JsonNode? asked, string path, List<string> differences)
    {
        if (old is JsonObject left && asked is JsonObject right)
        {
            foreach (string key in left.Select(item => item.Key).Union(right.Select(item => item.Key)))
                Compare(left[key], right[key], path.Length == 0 ? key : $"{path}.{key}", differences);
        }
        else if (!JsonNode.DeepEquals(old, asked))
        {
            differences.Add($"{path} ({old?.ToJsonString() ?? "null"} there, {asked?.ToJsonString() ?? "null"} here)");
        }
    }
}
