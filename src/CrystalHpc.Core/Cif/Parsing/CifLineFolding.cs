using System.Text;

namespace CrystalHpc.Core.Cif;

/// <summary>
/// The line-folding protocol of CIF 1.1: a text field whose first line is a lone backslash continues every line that ends in a
/// backslash on the next.
/// </summary>
internal static class CifLineFolding
{
    /// <summary>The text with its folded lines joined; the text itself when it is not folded.</summary>
    public static string Unfold(string text)
    {
        if (!text.StartsWith('\\'))
            return text;
        string[] lines = CifQuoting.UnifyLineEnds(text).Split('\n');
        if (lines.Length == 1 || !IsFolded(lines[0], out int first) || first > 0)
            return text;

        StringBuilder unfolded = new(text.Length);
        for (int i = 1; i < lines.Length; i++)
        {
            if (IsFolded(lines[i], out int length))
                unfolded.Append(lines[i], 0, length);
            else
                unfolded.Append(lines[i]).Append(i + 1 < lines.Length ? "\n" : "");
        }

        return unfolded.ToString();
    }

    /// <summary>A text that <see cref="Unfold"/> turns into the given one: the text itself unless it happens to look folded.</summary>
    public static string Protect(string text)
    {
        if (Unfold(text) == text)
            return text;
        IEnumerable<string> lines = text.Split('\n').Select(line => IsFolded(line, out _) ? $"{line}\\\n" : line);
        return $"\\\n{string.Join('\n', lines)}";
    }

    /// <summary>True when a line ends in a backslash, white space aside; the length is that of the line before it.</summary>
    private static bool IsFolded(string line, out int length)
    {
        ReadOnlySpan<char> trimmed = line.AsSpan().TrimEnd(" \t");
        length = trimmed.Length - 1;
        return trimmed.EndsWith('\\');
    }
}
