using System.Text.Json.Nodes;

namespace CrystalHpc.Engine.Configuration;

/// <summary>In what two JSON texts differ, for people.</summary>
internal static class JsonDifferences
{
    /// <summary>Adds a line for each key whose value differs: <c>fit.loss ("huber" there, "cauchy" here)</c>.</summary>
    /// <param name="old">What is there.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="path">Where both stand; empty for the whole.</param>
    /// <param name="differences">Receives the lines.</param>
    public static void Add(JsonNode? old, JsonNode? asked, string path, List<string> differences)
    {
        if (old is JsonObject left && asked is JsonObject right)
        {
            foreach (string key in left.Select(item => item.Key).Union(right.Select(item => item.Key)))
                Add(left[key], right[key], path.Length == 0 ? key : $"{path}.{key}", differences);
        }
        else if (!JsonNode.DeepEquals(old, asked))
        {
            differences.Add($"{path} ({old?.ToJsonString() ?? "null"} there, {asked?.ToJsonString() ?? "null"} here)");
        }
    }
}
