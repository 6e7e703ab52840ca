using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace CrystalHpc.Engine.Configuration;

/// <summary>
/// Checks a configuration file against the records that its sections become, before any work: every unknown key, wrong type and value out
/// of range is named with its place in the file and what is allowed there. Keys may be left out.
/// </summary>
public static class ConfigurationChecker
{

    private const string Text = "a text that is not empty and has no NUL";

    private static readonly string[] FreeKeys = [ConfigurationFile.ExtendsKey, RunConfiguration.RunDirectoryKey];

    /// <summary>All that is wrong with a configuration file; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(JsonElement file, IReadOnlyList<Section> sections)
    {
        var problems = new List<string>();
        if (file.ValueKind != JsonValueKind.Object)
            return [$"a configuration is an object, not {Describe(file)}"];
        Dictionary<string, Section> known = sections.ToDictionary(section => section.Name);
        CheckKeys(file, "", [.. FreeKeys, .. known.Keys], problems, (key, value) =>
        {
            if (!known.TryGetValue(key, out Section? section))
                CheckText(value, key, problems);
            else if (value.ValueKind != JsonValueKind.Null)
                CheckRecord(value, section.Type, key, problems);
            else if (!section.MayBeOff)
                problems.Add($"'{key}' must not be null");
        });
        return problems;
    }

    private static void CheckRecord(JsonElement element, Type type, string path, List<string> problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"'{path}' must be an object, is {Describe(element)}");
            return;
        }

        Dictionary<string, ParameterInfo> keys = KeysOf(type);
        CheckKeys(element, path, keys.Keys, problems, (key, value) => CheckValue(value, keys[key], $"{path}.{key}", problems));
    }

    private static void CheckKeys(
        JsonElement element, string path, IReadOnlyCollection<string> known, List<string> problems, Action<string, JsonElement> check)
    {
        var seen = new HashSet<string>();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (path.Length == 0 && property.Name == ConfigurationFile.SchemaKey)
                continue;
            if (!seen.Add(property.Name))
                problems.Add($"key '{place}' is given twice");
            else if (known.Contains(property.Name))
                check(property.Name, property.Value);
            else
                problems.Add($"key '{place}' is unknown{Spelling.Suggest(property.Name, known)}; allowed here: {string.Join(", ", known)}");
        }
    }

    private static void CheckText(JsonElement value, string place, List<string> problems)
    {
        if (!IsText(value))
            problems.Add($"'{place}' must be {Text}, is {Describe(value)}");
    }

    // A path with a NUL names no file.
    private static bool IsText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            && !text.Contains('\0', StringComparison.Ordinal);

    private static void CheckValue(JsonElement value, ParameterInfo parameter, string place, List<string> problems)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!MayBeNull(parameter))
                problems.Add($"'{place}' must not be null");
            return;
        }

        if (type == typeof(bool))
            Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false");
        else if (type == typeof(string))
            CheckText(value, place, problems);
        else if (type.IsEnum)
            CheckName(EnumNames(type));
        else if (type == typeof(int) || type == typeof(long))
            CheckNumber(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _), "a whole number");
        else if (type == typeof(double))
            CheckNumber(value.ValueKind == JsonValueKind.Number, "a number");
        else if (ElementTypeOf(type) is { } elementType)
            CheckList(value, elementType, parameter, place, problems);
        else
            CheckRecord(value, type, place, problems);

        void Expect(bool holds, string allowed)
        {
            if (!holds)
                problems.Add($"'{place}' must be {allowed}, is {Describe(value)}");
        }

        void CheckName(IReadOnlyList<string> names)
        {
            string given = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
            if (!names.Contains(given))
                problems.Add($"'{place}' must be one of {string.Join(", ", names)}, is {Describe(value)}{Spelling.Suggest(given, names)}");
        }

        void CheckNumber(bool isRightKind, string kind)
        {
            string allowed = RangeOf(parameter) is { } range ? $"{kind} from {Show(range.Minimum)} to {Show(range.Maximum)}" : kind;
            Expect(isRightKind && InRange(value.GetDouble(), RangeOf(parameter)), allowed);
        }
    }

    private static void CheckList(JsonElement value, Type elementType, ParameterInfo parameter, string place, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            problems.Add($"'{place}' must be a list, is {Describe(value)}");
            return;
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            string itemPlace = $"{place}[{index++}]";
            bool fits = elementType == typeof(string) ? IsText(item)
                : elementType == typeof(double) ? item.ValueKind == JsonValueKind.Number && InRange(item.GetDouble(), RangeOf(parameter))
                : elementType == typeof(int) ? item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _)
                    && InRange(item.GetDouble(), RangeOf(parameter))
                : throw new NotSupportedException($"configuration lists of {elementType.Name}");
            if (fits)
                continue;
            string wanted = elementType == typeof(string) ? Text
                : elementType == typeof(int) ? "a whole number in range" : "a number in range";
            problems.Add($"'{itemPlace}' must be {wanted}, is {Describe(item)}");
        }
    }

    private static Dictionary<string, ParameterInfo> KeysOf(Type type) => type.GetConstructors()
        .Select(constructor => constructor.GetParameters())
        .MaxBy(parameters => parameters.Length)!
        .ToDictionary(parameter => JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!));

    private static string[] EnumNames(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static Type? ElementTypeOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static RangeAttribute? RangeOf(ParameterInfo parameter) =>
        parameter.Member.DeclaringType!.GetProperty(parameter.Name!)?.GetCustomAttribute<RangeAttribute>();

    // A context is not safe for threads, and ranks may be threads.
    private static bool MayBeNull(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || (!parameter.ParameterType.IsValueType && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable);

    private static bool InRange(double value, RangeAttribute? range) => range is null
        || (value >= Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture)
            && value <= Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));

    private static string Show(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture)!;

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };
}
