using System.Text;

namespace CrystalHpc.Core.Cif;

/// <summary>Chooses the delimiters that a text needs so that it reads back as it was.</summary>
internal static class CifQuoting
{
    /// <summary>
    /// The text with its delimiters: none, single quotes, double quotes or, starting with <c>;</c>, a text field that must begin a line.
    /// Line ends become LF. CIF 1.1 cannot hold a line that starts with a semicolon: such a line gets a space in front.
    /// </summary>
    public static string Quote(string text)
    {
        if (CanStandAlone(text))
            return text;
        bool isOneLine = text.AsSpan().IndexOfAny('\n', '\r') < 0;
        if (isOneLine && CanStandBetween(text, '\''))
            return $"'{text}'";
        if (isOneLine && CanStandBetween(text, '"'))
            return $"\"{text}\"";
        string lines = UnifyLineEnds(text).Replace("\n;", "\n ;", StringComparison.Ordinal);
        return $";{CifLineFolding.Protect(lines)}\n;";
    }

    /// <summary>The text with LF for every line end of CIF; other characters that Unicode calls line ends stay.</summary>
    public static string UnifyLineEnds(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static bool CanStandAlone(string text)
    {
        if (text.Length == 0 || text is "?" or "." || text[0] is '_' or '#' or '$' or '\'' or '"' or '[' or ']' or ';')
            return false;
        if (text.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0)
            return false;
        return text.Length < 5 || CifReservedWords.Classify(Encoding.UTF8.GetBytes(text)) == CifReservedWord.None;
    }

    /// <summary>A quote inside a quoted text is harmless unless white space follows.</summary>
    private static bool CanStandBetween(string text, char quote)
    {
        for (int i = text.IndexOf(quote, StringComparison.Ordinal); i >= 0 && i + 1 < text.Length; i = text.IndexOf(quote, i + 1))
        {
            if (text[i + 1] <= ' ')
                return false;
        }

        return true;
    }
}
