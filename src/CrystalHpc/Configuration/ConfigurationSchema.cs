using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Xml.Linq;

namespace CrystalHpc.Configuration;

/// <summary>The JSON schema of configuration files, made from the records they become, so that editors complete keys and explain them.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON text.</summary>
    public static string Create()
    {
        var comments = new Dictionary<Assembly, XDocument?>();
        JsonNode schema = ConfigurationFile.Json.GetJsonSchemaAsNode(typeof(RunConfiguration), new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Complete(context, node, comments),
        });
        schema["properties"]!["$schema"] = new JsonObject { ["type"] = "string" };
        schema["title"] = "CrystalHpc configuration";
        return schema.ToJsonString(Indented);
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node, Dictionary<Assembly, XDocument?> comments)
    {
        if (node is not JsonObject schema)
            return node;
        if (schema.ContainsKey("properties"))
            schema["additionalProperties"] = false;
        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property)
            return node;
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            JsonObject target = schema["items"] as JsonObject ?? schema;
            target["minimum"] = JsonValue.Create(Convert.ToDouble(range.Minimum, null));
            target["maximum"] = JsonValue.Create(Convert.ToDouble(range.Maximum, null));
        }

        if (CommentOf(property, comments) is { } comment)
            schema.Insert(0, "description", comment);
        return node;
    }

    // Positional parameters are documented on the record; the compiler writes those comments beside the assembly.
    private static string? CommentOf(PropertyInfo property, Dictionary<Assembly, XDocument?> comments)
    {
        Assembly assembly = property.DeclaringType!.Assembly;
        if (!comments.TryGetValue(assembly, out XDocument? document))
        {
            string path = Path.ChangeExtension(assembly.Location, ".xml");
            comments[assembly] = document = File.Exists(path) ? XDocument.Load(path) : null;
        }

        XElement? parameter = document?.Descendants("member")
            .FirstOrDefault(member => (string?)member.Attribute("name") == $"T:{property.DeclaringType.FullName}")
            ?.Elements("param").FirstOrDefault(element => (string?)element.Attribute("name") == property.Name);
        return parameter is null ? null : string.Join(' ', parameter.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
