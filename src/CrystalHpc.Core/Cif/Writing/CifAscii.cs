using System.Globalization;
using System.Text;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// Text in the characters of CIF 1.1: printable ASCII, tabs, line ends. Any other character is written as COD writes it, by its number in
/// Unicode: <c>&amp;#xC5;</c>. Readers that follow the standard, gemmi and cod-tools among them, refuse it raw.
/// </summary>
internal static class CifAscii
{
    /// <summary>The text in those characters; the same object when it has no others.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var ascii = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= ' ' and <= '~') or '\t' or '\n' or '\r')
                ascii.Append((char)rune.Value);
            else
                ascii.Append(CultureInfo.InvariantCulture, $"&#x{rune.Value:X};");
        }

        return ascii.ToString();
    }
}
