using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>What <c>run.json</c> holds: everything needed to repeat or continue the run, and what each stage reported.</summary>
public sealed record RunRecord
{
    /// <summary>Version of the layout of the run directory.</summary>
    public const int CurrentFormat = 2;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Version of the layout.</summary>
    public required int Format { get; init; }

    /// <summary>Version of the program that made the run directory.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Formats of the tables of its shards, such as <c>equations/1</c>.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>
    /// Digest of what decides the tables of shards: their formats, the manifest, the sections of the configuration that they depend on.
    /// </summary>
    public required string ExtractionDigest { get; init; }

    /// <summary>The corpus as indexed.</summary>
    public required CorpusRecord Corpus { get; init; }

    /// <summary>The configuration as resolved: all keys, absolute paths.</summary>
    public required JsonNode Configuration { get; init; }

    /// <summary>What each stage that ran reported last: counts, seconds, ranks.</summary>
    public SortedDictionary<string, JsonNode> Stages { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Reads <c>run.json</c>.</summary>
    /// <exception cref="UserException">There is none, or it is not one of this version's.</exception>
    public static RunRecord Read(RunDirectory run)
    {
        if (!File.Exists(run.RunJson))
            throw UserException.Unusable(
                $"{run.Root} is not a run directory: it has no run.json (make one with 'crystalhpc index CONFIG')");
        RunRecord record = Parse(File.ReadAllBytes(run.RunJson), run.RunJson);

        // The shortest row of a manifest has eight characters.
        return !File.Exists(run.Manifest) || new FileInfo(run.Manifest).Length / 8 >= record.Corpus.Files
            ? record
            : throw UserException.Unusable(
                $"{run.RunJson} is damaged: manifest.csv beside it is too short for {record.Corpus.Files} files");
    }

    /// <summary>Reads the bytes of a <c>run.json</c>; the path is for messages.</summary>
    /// <exception cref="UserException">It is not one of this version's.</exception>
    public static RunRecord Parse(ReadOnlySpan<byte> bytes, string path)
    {
        try
        {
            // Another layout has other keys: it is told as such, not by the first key that is missing.
            JsonNode? json = JsonNode.Parse(bytes);
            if (json is JsonObject && json["format"] is JsonValue format && format.TryGetValue(out int layout) && layout != CurrentFormat)
                throw UserException.Unusable(
                    $"{path} has format {layout}; this program reads format {CurrentFormat}: "
                    + $"choose another --run, or remove the directory");
            RunRecord record = json.Deserialize<RunRecord>(Json) ?? throw new JsonException("it is null");
            return record.IsWhole ? record : throw new JsonException("a value is null, or the corpus has numbers that cannot be");
        }
        catch (Exception fault) when (JsonFile.IsDamage(fault))
        {
            throw UserException.Unusable($"{path} cannot be read: {fault.Message}");
        }
    }

    // A deserializer leaves null what is required but null in the file, and takes any number.
    private bool IsWhole =>
        CodeVersion is not null && ExtractionDigest is { Length: >= 12 } && Formats is not null && !Formats.Contains(null!) && Configuration
            is not null
        && Stages is not null && Stages.Values.All(report => report is JsonObject)
        && Corpus is { Roots: not null, ManifestSha256: not null, Files: > 0, Bytes: >= 0, Shards: > 0 } corpus
            && !corpus.Roots.Contains(null!) && corpus.Shards <= corpus.Files;

    /// <summary>The same as JSON, for <see cref="Parse"/>: how a record travels between ranks.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>The configuration as JSON text, UTF-8.</summary>
    public byte[] ConfigurationBytes() => JsonSerializer.SerializeToUtf8Bytes(Configuration);

    /// <summary>Writes <c>run.json</c> as a whole file.</summary>
    public void Write(RunDirectory run)
    {
        Directory.CreateDirectory(run.Root);
        WholeFile.Write(run.RunJson, stream => JsonSerializer.Serialize(stream, this, Json));
    }

    /// <summary>What a stage reported last; null when it has not run.</summary>
    /// <exception cref="UserException">The report is damaged.</exception>
    public TReport? Stage<TReport>(string stage)
        where TReport : class
    {
        try
        {
            return Stages.TryGetValue(stage, out JsonNode? report) ? report.Deserialize<TReport>(Json) : null;
        }
        catch (Exception fault) when (JsonFile.IsDamage(fault))
        {
            throw UserException.Unusable($"run.json is damaged: what the stage '{stage}' reported cannot be read: {fault.Message}");
        }
    }

    /// <summary>Records what a stage reported and writes <c>run.json</c> again.</summary>
    public void WriteStage<TReport>(RunDirectory run, string stage, TReport report)
    {
        Stages[stage] = JsonSerializer.SerializeToNode(report, Json)!;
        Write(run);
    }
}

/// <summary>The corpus of a run.</summary>
/// <param name="Roots">Folders, archives and files, absolute.</param>
/// <param name="Files">CIF files in the manifest.</param>
/// <param name="Bytes">Their bytes, unpacked.</param>
/// <param name="Shards">Shards that they were dealt into.</param>
/// <param name="ManifestSha256">Digest of <c>manifest.csv</c>, which in turn holds the digest of every file.</param>
public sealed record CorpusRecord(IReadOnlyList<string> Roots, int Files, long Bytes, int Shards, string ManifestSha256);
