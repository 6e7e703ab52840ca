using System.Text.Json;

namespace CrystalHpc.Engine.Configuration;

/// <summary>Names of enum values as tables and configurations write them.</summary>
public static class SnakeCase
{
    /// <summary>Snake-case name, such as <c>line_search_failed</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
