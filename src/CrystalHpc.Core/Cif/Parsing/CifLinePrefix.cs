namespace CrystalHpc.Core.Cif;

/// <summary>
/// The text-prefix protocol of CIF 2.0 (Bernstein et al., J. Appl. Cryst. 49 (2016) 277): every line of a text field starts with the
/// same characters, which its first line gives followed by a backslash, so that even a line that starts with a semicolon can be held.
/// A second backslash says that the lines are folded too.
/// </summary>
internal static class CifLinePrefix
{
    /// <summary>The text without the prefix of its lines; the text itself when not every line has it.</summary>
    public static string Remove(string text)
    {
        int end = text.AsSpan().IndexOfAny('\n', '\r');
        ReadOnlySpan<char> first = text.AsSpan(0, Math.Max(end, 0)).TrimEnd(" \t");
        int length = first.IndexOf('\\');
        if (length <= 0 || first[length..] is not ("\\" or "\\\\"))
            return text;

        string prefix = text[..length];
        string[] lines = CifQuoting.UnifyLineEnds(text).Split('\n');
        if (!lines.Skip(1).All(line => line.StartsWith(prefix, StringComparison.Ordinal)))
            return text;
        string content = string.Join('\n', lines.Skip(1).Select(line => line[length..]));
        bool isFolded = first.Length == length + 2;
        return isFolded ? $"\\\n{content}" : content;
    }
}
