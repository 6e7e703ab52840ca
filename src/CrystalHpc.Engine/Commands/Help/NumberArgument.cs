using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace CrystalHpc.Engine.Commands;

/// <summary>Reads the number that an option takes.</summary>
public static class NumberArgument
{
    /// <summary>The number; null, with an error that says what is allowed, when it is none or out of range.</summary>
    public static T? Parse<T>(ArgumentResult result, T low, T high)
        where T : struct, INumber<T>
    {
        string text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        if (TryParse(text, low, high, out T value))
            return value;
        AddError(result, text, low, high);
        return null;
    }

    /// <summary>The numbers of an option that takes several.</summary>
    public static T[] ParseAll<T>(ArgumentResult result, T low, T high)
        where T : struct, INumber<T>
    {
        var values = new List<T>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (TryParse(text, low, high, out T value))
                values.Add(value);
            else
                AddError(result, text, low, high);
        }

        return [.. values];
    }

    private static bool TryParse<T>(string text, T low, T high, out T value)
        where T : struct, INumber<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= low && value <= high;

    private static void AddError<T>(ArgumentResult result, string text, T low, T high)
    {
        string kind = typeof(T) == typeof(double) ? "a number" : "a whole number";
        string option = (result.Parent as OptionResult)?.IdentifierToken?.Value ?? result.Argument.Name;
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option} must be {kind} from {low} to {high}, not '{text}'"));
    }
}
