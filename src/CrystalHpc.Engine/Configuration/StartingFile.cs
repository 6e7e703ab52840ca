using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrystalHpc.Engine.Configuration;

/// <summary>
/// A configuration file to start from: it states the corpus; all other keys stand in it as comments, with their defaults and meanings, so
/// that removing the slashes of one line changes one key.
/// </summary>
public static class StartingFile
{
    private const int Columns = 120;
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the file.</summary>
    /// <param name="catalog">All sections.</param>
    /// <param name="corpus">Paths of the corpus; empty: a path that the reader is to replace.</param>
    public static string Write(ConfigurationCatalog catalog, IReadOnlyList<string> corpus)
    {
        var text = new StringBuilder("{\n");
        Comment(text, "  ", "Commented lines show the defaults: remove the slashes of a line to change its "
            + "key. Commas at the end of lists and sections may stay.");
        Comment(text, "  ", "Keys that this file does not state are taken from that file:");
        text.Append("  // \"extends\": \"other.json\",\n\n");
        Comment(text, "  ", "Where tables and results go; default: runs/ and the name of this file.");
        text.Append("  // \"run_directory\": \"runs/my-run\",\n");
        var comments = new DocumentationComments();
        string stated = JsonSerializer.Serialize(corpus.Count > 0 ? corpus : ["path/to/cif/files"], Relaxed);
        foreach (Section section in catalog.Sections)
            Append(text, section, section.Name == EngineSections.Corpus.Name ? ("paths", stated) : null, comments);
        return text.Append("}\n").ToString();
    }

    private static void Append(StringBuilder text, Section section, (string Key, string Value)? stated, DocumentationComments comments)
    {
        text.Append('\n');
        Comment(text, "  ", section.Purpose + (section.MayBeOff ? $" Off: \"{section.Name}\": null." : ""));
        string slashes = section.Default is null ? "// " : "";
        text.Append("  ").Append(slashes).Append('"').Append(section.Name).Append("\": {\n");
        AppendKeys(text, section.Type, section.Template, stated, comments, "    ", slashes);
        text.Append("  ").Append(slashes).Append("},\n");
    }

    private static void AppendKeys(
        StringBuilder text, Type type, JsonObject defaults, (string Key, string Value)? stated, DocumentationComments comments,
        string indent, string slashes)
    {
        Dictionary<string, PropertyInfo> properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        foreach ((string key, JsonNode? value) in defaults)
        {
            if (comments.Of(properties[key]) is { } comment)
                Comment(text, indent, comment);
            if (value is JsonObject inner)
            {
                // The braces of a section that is off are comments like its keys.
                text.Append(indent).Append(slashes).Append('"').Append(key).Append("\": {\n");
                AppendKeys(text, properties[key].PropertyType, inner, stated: null, comments, indent + "  ", slashes);
                text.Append(indent).Append(slashes).Append("},\n");
            }
            else if (stated is { } given && given.Key == key)
            {
                text.Append(indent).Append('"').Append(key).Append("\": ").Append(given.Value).Append(",\n");
            }
            else
            {
                text.Append(indent).Append("// \"").Append(key).Append("\": ").Append(value?.ToJsonString(Relaxed) ?? "null").Append(",\n");
            }
        }
    }

    private static void Comment(StringBuilder text, string indent, string comment)
    {
        var line = new StringBuilder();
        foreach (string word in comment.Split(' '))
        {
            if (line.Length + word.Length > Columns - indent.Length)
            {
                text.Append(indent).Append("// ").Append(line).Append('\n');
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        text.Append(indent).Append("// ").Append(line).Append('\n');
    }
}
