using System.Text;

namespace CrystalHpc.Core.StructureFiles;

/// <summary>
/// Splits the second line of an extended XYZ frame into items: <c>key=value</c> and lone words; quotes of both kinds with backslashes,
/// values in brackets, spaces around the equals sign.
/// </summary>
internal static class XyzHeaderParser
{
    /// <summary>Appends the items of a line; returns what is wrong with it, or null.</summary>
    public static string? Parse(ReadOnlySpan<char> line, List<XyzItem> items)
    {
        int at = 0;
        while (true)
        {
            at = SkipSpace(line, at);
            if (at == line.Length)
                return null;
            if (ReadToken(line, ref at, isKey: true, out string key) is { } keyProblem)
                return keyProblem;
            int equals = SkipSpace(line, at);
            if (equals == line.Length || line[equals] != '=')
            {
                items.Add(new XyzItem(key, "T", IsWord: true));
                continue;
            }

            if (key.Length == 0)
                return "a value without a name";
            at = SkipSpace(line, equals + 1);
            // Behind a space, what looks like the next item is the next item.
            if (at == line.Length || (at > equals + 1 && IsNextItem(line[at..])))
                return $"{key} has no value";
            if (ReadToken(line, ref at, isKey: false, out string value) is { } valueProblem)
                return valueProblem;
            items.Add(new XyzItem(key, value, IsWord: false));
        }
    }

    private static bool IsNextItem(ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAny(' ', '\t');
        ReadOnlySpan<char> word = end < 0 ? rest : rest[..end];
        return word[0] is not ('"' or '\'' or '[' or '{') && word.Contains('=');
    }

    private static int SkipSpace(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static string? ReadToken(ReadOnlySpan<char> line, ref int at, bool isKey, out string token)
    {
        char first = line[at];
        if (first is '"' or '\'')
            return ReadQuoted(line, ref at, first, out token);
        if (!isKey && first is '[' or '{')
            return ReadBrackets(line, ref at, out token);
        int start = at;
        while (at < line.Length && line[at] is not (' ' or '\t') && !(isKey && line[at] == '='))
            at++;
        token = line[start..at].ToString();
        return null;
    }

    private static string? ReadQuoted(ReadOnlySpan<char> line, ref int at, char quote, out string token)
    {
        var text = new StringBuilder();
        for (int i = at + 1; i < line.Length; i++)
        {
            char c = line[i];
            if (c == quote)
            {
                at = i + 1;
                token = text.ToString();
                return at == line.Length || line[at] is ' ' or '\t' or '=' ? null
                    : $"no space follows the quote after '{Beginning(token)}'";
            }

            // A backslash hides the next character; before a plain one it stands for itself, as in the paths of Windows.
            if (c == '\\' && i + 1 < line.Length && line[i + 1] is '\\' or '"' or '\'')
                c = line[++i];
            text.Append(c);
        }

        token = text.ToString();
        return $"the quote before '{Beginning(token)}' is not closed";
    }

    private static string? ReadBrackets(ReadOnlySpan<char> line, ref int at, out string token)
    {
        int depth = 0;
        char quote = '\0';
        for (int i = at; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c is '[' or '{')
                depth++;
            else if (c is ']' or '}' && --depth == 0)
            {
                token = line[at..(i + 1)].ToString();
                at = i + 1;
                return null;
            }
        }

        token = line[at..].ToString();
        return $"the bracket before '{Beginning(token)}' is not closed";
    }

    private static string Beginning(string text) => text.Length > 24 ? text[..24] : text;
}
