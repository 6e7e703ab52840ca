using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CrystalHpc.Jobs;
using CrystalHpc.Storage;

namespace CrystalHpc.Configuration;

/// <summary>Configuration files: JSON with comments, every key stated, nothing else allowed.</summary>
internal static class ConfigurationFile
{
    private static readonly JsonDocumentOptions Comments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>How configurations become JSON and back.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The same, for people.</summary>
    public static JsonSerializerOptions IndentedJson { get; } = new(Json) { WriteIndented = true };

    /// <summary>Reads a configuration; its relative paths are taken from the folder of the file and made absolute.</summary>
    /// <exception cref="UserException">The file cannot be read, or something in it is wrong: all of it is named, with what is allowed.</exception>
    public static RunConfiguration Read(string path)
    {
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw UserException.Configuration($"the configuration {path} cannot be read: {fault.Message}");
        }

        return Parse(text, path).Resolve(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>The configuration, or a part of one, as a JSON node.</summary>
    public static JsonNode ToJson<T>(T section) => JsonSerializer.SerializeToNode(section, Json)!;

    /// <summary>The configuration as JSON text, UTF-8.</summary>
    public static byte[] ToBytes<T>(T section) => JsonSerializer.SerializeToUtf8Bytes(section, Json);

    /// <summary>Reads a configuration whose paths are absolute already; the name is for messages.</summary>
    /// <exception cref="UserException">Something in it is wrong.</exception>
    public static RunConfiguration Parse(ReadOnlyMemory<byte> text, string path)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text, Comments);
        }
        catch (JsonException fault)
        {
            throw UserException.Configuration($"{path} is not JSON: line {fault.LineNumber + 1}: {fault.Message.Split(" LineNumber")[0]}");
        }

        using (document)
        {
            IReadOnlyList<string> problems = ConfigurationChecker.Check(document.RootElement, typeof(RunConfiguration));
            if (problems.Count > 0)
                throw UserException.Configuration($"{path}: {string.Join($"\n{path}: ", problems)}");
            RunConfiguration configuration = document.RootElement.Deserialize<RunConfiguration>(Json)!;
            if (configuration.Neighbors.SettingsOf(configuration.Neighbors.Definition) is null)
            {
                string chosen = SnakeCase.Of(configuration.Neighbors.Definition);
                throw UserException.Configuration($"{path}: 'neighbors.{chosen}' must not be null, because 'neighbors.definition' is \"{chosen}\"");
            }

            return configuration;
        }
    }
}
