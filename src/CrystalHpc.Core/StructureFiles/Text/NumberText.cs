using System.Globalization;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>Numbers as simulation programs write them: C, Python and Fortran.</summary>
internal static class NumberText
{
    private const int LongestFortranNumber = 64;

    /// <summary>
    /// Reads a real number; <c>nan</c>, <c>inf</c> and Fortran's <c>1.0D+00</c> are numbers, thousands separators are not.
    /// </summary>
    public static bool TryParseReal(ReadOnlySpan<char> text, out double value)
    {
        // No white space: fields have none, and a no-break space must not pass.
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (text.Length > 0 && (char.IsAsciiDigit(text[^1]) || text[^1] == '.'))
            return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) || TryParseFortran(text, out value);
        return TryParseWord(text, out value);
    }

    /// <summary>Reads a real number that is finite.</summary>
    public static bool TryParseFinite(ReadOnlySpan<char> text, out double value) => TryParseReal(text, out value) && double.IsFinite(value);

    /// <summary>Reads a whole number.</summary>
    public static bool TryParseInteger(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads T, F, true, false, 1 or 0; letter case is ignored.</summary>
    public static bool TryParseLogical(ReadOnlySpan<char> text, out bool value)
    {
        value = text.Equals("T", StringComparison.OrdinalIgnoreCase) || text.Equals("true", StringComparison.OrdinalIgnoreCase) || text
            is "1";
        return value || text.Equals("F", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase)
            || text is "0";
    }

    /// <summary>Writes the shortest text that reads as the same double.</summary>
    public static void Write(TextWriter output, double value)
    {
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out int length, "R", CultureInfo.InvariantCulture);
        output.Write(text[..length]);
    }

    private static bool TryParseFortran(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        int mark = text.IndexOfAny('d', 'D');
        if (mark < 0 || text.Length > LongestFortranNumber)
            return false;
        Span<char> copy = stackalloc char[text.Length];
        text.CopyTo(copy);
        copy[mark] = 'E';
        return double.TryParse(copy, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParseWord(ReadOnlySpan<char> text, out double value)
    {
        ReadOnlySpan<char> word = text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;
        value = double.NaN;
        if (word.Equals("nan", StringComparison.OrdinalIgnoreCase))
            return true;
        value = text.Length > 0 && text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("infinity", StringComparison.OrdinalIgnoreCase);
    }
}
