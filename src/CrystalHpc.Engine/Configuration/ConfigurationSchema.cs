using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace CrystalHpc.Engine.Configuration;

/// <summary>
/// The JSON schema of configuration files, made from the records they become, so that editors complete keys and explain them.
/// </summary>
public static class ConfigurationSchema
{
    private static readonly JsonSerializerOptions Indented = new() {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema as JSON text.</summary>
    public static string Create(ConfigurationCatalog catalog)
    {
        var comments = new DocumentationComments();
        var properties = new JsonObject
        {
            [ConfigurationFile.SchemaKey] = new JsonObject { ["type"] = "string" },
            [ConfigurationFile.ExtendsKey] = Text("A configuration whose values hold where this one says nothing; relative to this file."),
            [RunConfiguration.RunDirectoryKey] = Text(
            "Where tables and results go; relative to this file. Default: runs/ and the name of this file."),
        };
        foreach (Section section in catalog.Sections)
            properties[section.Name] = Describe(section, comments);
        return new JsonObject
        {
            ["title"] = "CrystalHpc configuration",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        }.ToJsonString(Indented);
    }

    private static JsonObject Text(string description) => new() { ["description"] = description, ["type"] = "string" };

    private static JsonObject Describe(Section section, DocumentationComments comments)
    {
        JsonObject schema = ConfigurationFile.Json.GetJsonSchemaAsNode(section.Type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Complete(context, node, comments),
        }).AsObject();
        schema["type"] = section.MayBeOff ? new JsonArray("object", "null") : "object";
        AddDefaults(schema, section.Template);
        schema.Remove("description");
        schema.Insert(0, "description", section.Purpose + (section.MayBeOff ? " null switches it off." : ""));
        return schema;
    }

    private static JsonNode Complete(JsonSchemaExporterContext context, JsonNode node, DocumentationComments comments)
    {
        if (node is not JsonObject schema)
            return node;
        schema.Remove("required");
        if (schema.ContainsKey("properties"))
            schema["additionalProperties"] = false;
        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo property)
            return node;
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            JsonObject target = schema["items"] as JsonObject ?? schema;
            target["minimum"] = JsonValue.Create(Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture));
            target["maximum"] = JsonValue.Create(Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));
        }

        if (comments.Of(property) is { } comment)
            schema.Insert(0, "description", comment);
        return node;
    }

    private static void AddDefaults(JsonObject schema, JsonObject defaults)
    {
        foreach ((string key, JsonNode? value) in defaults)
        {
            if (schema["properties"]?[key] is not JsonObject property)
                continue;
            if (value is JsonObject inner)
                AddDefaults(property, inner);
            else
                property["default"] = value?.DeepClone();
        }
    }
}
