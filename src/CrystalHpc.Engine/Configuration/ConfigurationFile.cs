using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Configuration;

/// <summary>
/// One configuration file as it stands: JSON with comments that states what differs from the defaults, or from the file that <c>extends</c>
/// names. Its relative paths are taken from its own folder.
/// </summary>
public static class ConfigurationFile
{
    /// <summary>Key that names the file whose values hold where this one says nothing.</summary>
    public const string ExtendsKey = "extends";

    /// <summary>Key that editors read.</summary>
    public const string SchemaKey = "$schema";

    private const int LongestChain = 16;

    private static readonly JsonDocumentOptions Comments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>How configurations become JSON and back.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The same, for people.</summary>
    public static JsonSerializerOptions IndentedJson { get; } = new(Json) { WriteIndented = true };

    /// <summary>The keys that a file and those that it extends state, with absolute paths; every file is checked by itself.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sections">The sections that may stand in it.</param>
    /// <exception cref="UserException">A file cannot be read, extends itself, or something in it is wrong: all of it is named.</exception>
    internal static JsonObject Read(string path, IReadOnlyList<Section> sections)
    {
        var chain = new List<string>();
        var stated = new List<JsonObject>();
        for (string? next = Path.GetFullPath(path); next is not null;)
        {
            if (chain.Contains(next) || chain.Count == LongestChain)
                throw UserException.Configuration(
                    $"{path}: '{ExtendsKey}' leads in a circle or is too long: {string.Join(" -> ", chain.Append(next))}");
            chain.Add(next);
            JsonObject file = Parse(ReadBytes(next), next, sections);
            string folder = Path.GetDirectoryName(next)!;
            MakePathsAbsolute(file, folder, sections);
            next = file[ExtendsKey] is { } extends ? Path.GetFullPath(extends.GetValue<string>(), folder) : null;

            // A file that extends another is another run: it does not share its directory.
            if (stated.Count > 0)
                file.Remove(RunConfiguration.RunDirectoryKey);
            stated.Add(file);
        }

        var merged = new JsonObject();
        foreach (JsonObject file in Enumerable.Reverse(stated))
            Overlay(merged, file);
        merged.Remove(ExtendsKey);
        merged.Remove(SchemaKey);
        return merged;
    }

    /// <summary>The keys of one file, checked; the name is for messages.</summary>
    /// <exception cref="UserException">Something is wrong: all of it is named.</exception>
    internal static JsonObject Parse(ReadOnlyMemory<byte> text, string name, IReadOnlyList<Section> sections)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Comments);
            IReadOnlyList<string> problems = ConfigurationChecker.Check(document.RootElement, sections);
            return problems.Count == 0
                ? JsonObject.Create(document.RootElement.Clone())!
                : throw UserException.Configuration($"{name}: {string.Join($"\n{name}: ", problems)}");
        }
        catch (JsonException fault)
        {
            string hint = text.Span.ContainsAny("{"u8) ? ""
                : "; a configuration is JSON with comments, 'crystalhpc init' writes one to start from";
            throw UserException.Configuration(
                $"{name} is not JSON: line {fault.LineNumber + 1}: {fault.Message.Split(" LineNumber")[0]}{hint}");
        }
        catch (InvalidOperationException)
        {
            throw UserException.Configuration($"{name} has a text with half of a surrogate pair, which no file can be called");
        }
    }

    /// <summary>Lays the keys of one object over another: objects key by key, everything else as a whole.</summary>
    internal static void Overlay(JsonObject target, JsonObject stated)
    {
        foreach ((string key, JsonNode? value) in stated)
        {
            if (value is JsonObject inner && target[key] is JsonObject below)
                Overlay(below, inner);
            else
                target[key] = value?.DeepClone();
        }
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
        {
            throw UserException.Configuration(
                $"{path} is a folder, not a configuration; 'crystalhpc init my-run.json --corpus {path}' "
                + $"writes one for the CIF files in it");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw UserException.Configuration($"the configuration {path} cannot be read: {fault.Message}");
        }
    }

    private static void MakePathsAbsolute(JsonObject file, string folder, IReadOnlyList<Section> sections)
    {
        MakeAbsolute(file, RunConfiguration.RunDirectoryKey, folder);
        foreach (Section section in sections)
        {
            if (file[section.Name] is not JsonObject stated)
                continue;
            foreach (string key in section.PathKeys)
                MakeAbsolute(stated, key, folder);
        }
    }

    private static void MakeAbsolute(JsonObject owner, string key, string folder)
    {
        if (owner[key] is JsonArray paths)
            owner[key] = new JsonArray([.. paths.Select(path => (JsonNode?)Path.GetFullPath(path!.GetValue<string>(), folder))]);
        else if (owner[key] is JsonValue path)
            owner[key] = Path.GetFullPath(path.GetValue<string>(), folder);
    }
}
