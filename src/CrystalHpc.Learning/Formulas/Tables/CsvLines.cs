using System.Text;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Learning.Formulas.Tables;

/// <summary>The rows of a CSV file as people make them: quotes (RFC 4180), any line ends, blank lines, lines of comment.</summary>
internal static class CsvLines
{
    /// <summary>The rows with their lines in the file, from 1.</summary>
    /// <exception cref="UserException">A quote is not closed.</exception>
    public static IEnumerable<(int Line, string[] Fields)> Read(string text, string path)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        (int line, int start, int quoteLine, bool isQuoted, bool wasQuoted) = (1, 1, 0, false, false);
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (isQuoted && i < text.Length)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                    field.Append(text[i++]);
                else if (c == '"')
                    isQuoted = false;
                else
                    field.Append(c);
                line += c == '\n' ? 1 : 0;
                continue;
            }

            if (isQuoted)
                throw UserException.Unusable(FormattableString.Invariant($"{path}: a quote opened on line {quoteLine} is not closed"));
            if (c == '"' && field.ToString().Trim().Length == 0)
            {
                field.Clear();
                (isQuoted, wasQuoted, quoteLine) = (true, true, line);
            }
            else if (c == ',')
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else if (c is '\n' or '\r')
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
                if (wasQuoted || fields.Count > 1 || fields[0].Length > 0)
                {
                    if (wasQuoted || !IsComment(fields[0]))
                        yield return (start, [.. fields]);
                }

                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
                fields.Clear();
                wasQuoted = false;
                start = ++line;
            }
            else
            {
                field.Append(c);
            }
        }
    }

    // A spreadsheet's #NAME? and #VALUE! are cells, no comments.
    private static bool IsComment(string text) => text is "#" || text.StartsWith("# ", StringComparison.Ordinal);
}
