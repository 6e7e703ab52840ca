using System.Buffers;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Lists of numbers and logical values in the second line of an extended XYZ frame, in the three ways that programs write them.
/// </summary>
internal static class XyzNumbers
{
    private const string OldJson = "_JSON ";
    private static readonly SearchValues<char> Brackets = SearchValues.Create("[]{}");

    /// <summary>
    /// The values of <c>1 2 3</c>, <c>[[1, 2], [3, 4]]</c> or <c>_JSON [1, 2, 3]</c>: commas separate only between brackets.
    /// </summary>
    public static string[] Split(string text)
    {
        if (text.StartsWith(OldJson, StringComparison.Ordinal))
            text = text[OldJson.Length..];
        char[] separators = text.AsSpan().ContainsAny(Brackets) ? [' ', '\t', ',', '[', ']', '{', '}'] : [' ', '\t'];
        return text.Split(separators, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Finite numbers; null when one is not.</summary>
    public static double[]? Parse(string text)
    {
        string[] fields = Split(text);
        double[] values = new double[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            if (!NumberText.TryParseFinite(fields[i], out values[i]))
                return null;
        }

        return values;
    }

    /// <summary>Three logical values, or one for all three, also as <c>TTF</c>; null for anything else.</summary>
    public static Periodicity? ParsePeriodicity(string text)
    {
        string[] fields = Split(text);
        if (fields is [{ Length: 3 } letters] && letters.All(letter => letter is 'T' or 'F' or 't' or 'f'))
            fields = [letters[..1], letters[1..2], letters[2..]];
        if (fields.Length == 1)
            fields = [fields[0], fields[0], fields[0]];
        return fields.Length == 3 && NumberText.TryParseLogical(fields[0], out bool a) && NumberText.TryParseLogical(fields[1], out bool b)
            && NumberText.TryParseLogical(fields[2], out bool c)
            ? new Periodicity(a, b, c)
            : null;
    }
}
