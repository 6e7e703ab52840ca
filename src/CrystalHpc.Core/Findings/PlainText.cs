using System.Globalization;
using System.Text;

namespace CrystalHpc.Core.Findings;

/// <summary>
/// Text from files and names as it may be shown. Control characters (escape sequences begin with one) and the invisible ones that turn the
/// direction of text or break lines become <c>\uXXXX</c>, which JSON reads as the same character.
/// </summary>
public static class PlainText
{
    /// <summary>The text on one line, without anything invisible.</summary>
    public static string Of(string text) => IsPlain(text, keepsLines: false) ? text : Escape(text, keepsLines: false);

    /// <summary>The same, but line feeds stay.</summary>
    public static string Lines(string text) => IsPlain(text, keepsLines: true) ? text : Escape(text, keepsLines: true);

    /// <summary>True when <see cref="Of"/> would change nothing.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => IsPlain(text, keepsLines: false);

    private static bool IsPlain(ReadOnlySpan<char> text, bool keepsLines)
    {
        while (!text.IsEmpty)
        {
            int ascii = text.IndexOfAnyExceptInRange(' ', '~');
            if (ascii < 0)
                return true;
            text = text[ascii..];
            if (!IsShown(text, keepsLines, out int length))
                return false;
            text = text[length..];
        }

        return true;
    }

    private static string Escape(ReadOnlySpan<char> text, bool keepsLines)
    {
        var plain = new StringBuilder(text.Length + 16);
        while (!text.IsEmpty)
        {
            bool isShown = IsShown(text, keepsLines, out int length);
            foreach (char unit in text[..length])
                _ = isShown ? plain.Append(unit) : plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            text = text[length..];
        }

        return plain.ToString();
    }

    // The first character of a text, which may be half of a surrogate pair.
    private static bool IsShown(ReadOnlySpan<char> text, bool keepsLines, out int length)
    {
        bool isWhole = Rune.DecodeFromUtf16(text, out Rune first, out length) == System.Buffers.OperationStatus.Done;
        return isWhole && (keepsLines && first.Value == '\n' || Rune.GetUnicodeCategory(first) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned));
    }
}
