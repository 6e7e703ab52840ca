using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace CrystalHpc.Configuration;

/// <summary>
/// Checks a configuration against the records it becomes, before any work: every unknown or missing key, wrong type and value out of range
/// is named with its place in the file and what is allowed there.
/// </summary>
internal static class ConfigurationChecker
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>All that is wrong with a JSON object that is to become a record of the given type; empty when nothing is.</summary>
    public static IReadOnlyList<string> Check(JsonElement element, Type type)
    {
        var problems = new List<string>();
        CheckRecord(element, type, "", problems);
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
        var seen = new HashSet<string>();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (path.Length == 0 && property.Name == "$schema")
                continue;
            if (!seen.Add(property.Name))
                problems.Add($"key '{place}' is given twice");
            else if (keys.TryGetValue(property.Name, out ParameterInfo? parameter))
                CheckValue(property.Value, parameter, place, problems);
            else
                problems.Add($"key '{place}' is unknown{Spelling.Suggest(property.Name, keys.Keys)}; allowed here: {string.Join(", ", keys.Keys)}");
        }

        foreach (string missing in keys.Keys.Where(key => !seen.Contains(key)))
            problems.Add($"key '{(path.Length == 0 ? missing : $"{path}.{missing}")}' is missing");
    }

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
            Expect(value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0, "a text that is not empty");
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
            bool fits = elementType == typeof(string) ? item.ValueKind == JsonValueKind.String && item.GetString()!.Length > 0
                : elementType == typeof(double) ? item.ValueKind == JsonValueKind.Number && InRange(item.GetDouble(), RangeOf(parameter))
                : throw new NotSupportedException($"configuration lists of {elementType.Name}");
            if (!fits)
                problems.Add($"'{itemPlace}' must be {(elementType == typeof(string) ? "a text that is not empty" : "a number in range")}, is {Describe(item)}");
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

    private static bool MayBeNull(ParameterInfo parameter) =>
        Nullable.GetUnderlyingType(parameter.ParameterType) is not null
        || (!parameter.ParameterType.IsValueType && Nullability.Create(parameter).WriteState == NullabilityState.Nullable);

    private static bool InRange(double value, RangeAttribute? range) => range is null
        || (value >= Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture) && value <= Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));

    private static string Show(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture)!;

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };
}
