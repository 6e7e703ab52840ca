using System.Text.Json.Nodes;

namespace CrystalHpc.Tests.Commands;

/// <summary>
/// As much of JSON Schema as our schemas use: type, enum, required, properties, additionalProperties, items, minimum, maximum, $ref to
/// $defs.
/// </summary>
internal static class JsonSchemaCheck
{
    private static readonly string[] Known =
        ["$schema", "$id", "$defs", "$ref", "title", "description", "type", "enum", "required", "properties", "additionalProperties",
            "items", "minimum", "maximum"];

    /// <summary>What is wrong with a value; empty when nothing is.</summary>
    public static IReadOnlyList<string> Problems(JsonNode schema, JsonNode? value)
    {
        var problems = new List<string>();
        Check(schema, schema, value, "$", problems);
        return problems;
    }

    private static void Check(JsonNode root, JsonNode schema, JsonNode? value, string place, List<string> problems)
    {
        foreach (KeyValuePair<string, JsonNode?> keyword in schema.AsObject())
            Assert.That(Known, Does.Contain(keyword.Key), "the check knows every keyword of the schema");
        if (schema["$ref"] is { } reference)
        {
            Check(root, root["$defs"]![((string)reference!)["#/$defs/".Length..]]!, value, place, problems);
            return;
        }

        if (schema["type"] is { } type && !(type is JsonArray several
            ? several.Any(one => IsOf(value, (string)one!)) : IsOf(value, (string)type!)))
            problems.Add($"{place} is {value?.ToJsonString() ?? "null"}, not {type.ToJsonString()}");
        if (schema["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
            problems.Add($"{place} is {value?.ToJsonString()}, none of {names.ToJsonString()}");
        if (value is JsonValue number && schema["minimum"] is { } minimum && (double)number < (double)minimum)
            problems.Add($"{place} is below {minimum}");
        if (value is JsonValue large && schema["maximum"] is { } maximum && (double)large > (double)maximum)
            problems.Add($"{place} is above {maximum}");
        if (value is JsonArray list && schema["items"] is { } items)
        {
            for (int i = 0; i < list.Count; i++)
                Check(root, items, list[i], $"{place}[{i}]", problems);
        }

        if (value is JsonObject fields && schema["properties"] is { } properties)
            CheckFields(root, schema, fields, properties, place, problems);
    }

    private static void CheckFields(JsonNode root, JsonNode schema, JsonObject fields, JsonNode properties, string place,
        List<string> problems)
    {
        foreach (JsonNode? name in schema["required"]?.AsArray() ?? [])
        {
            if (!fields.ContainsKey((string)name!))
                problems.Add($"{place} lacks {name}");
        }

        foreach ((string name, JsonNode? field) in fields)
        {
            if (properties[name] is { } property)
                Check(root, property, field, $"{place}.{name}", problems);
            else if (schema["additionalProperties"] is { } more && !(bool)more)
                problems.Add($"{place} has {name}, which the schema does not know");
        }
    }

    private static bool IsOf(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && (double)value == Math.Floor((double)value),
        _ => throw new NotSupportedException(type),
    };
}
