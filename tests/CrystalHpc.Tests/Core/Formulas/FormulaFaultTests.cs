using System.Globalization;
using System.Text;
using System.Text.Json;
using CrystalHpc.Core.Formulas;

namespace CrystalHpc.Tests.Core.Formulas;

/// <summary>Formulas on which published programs fail, from public reports: <c>../shared/faults/formulas.csv</c>.</summary>
public sealed class FormulaFaultTests
{
    [Test]
    public void Formulas_from_public_reports_are_read_or_refused_as_is_right()
    {
        string path = TestPaths.SharedOrIgnore("faults/formulas.csv");
        Assert.That(Wrong(path, mark: ""), Is.Empty);
        Assert.That(Wrong(path, mark: "\uFEFF"), Is.Empty, "with a byte order mark");
        Cultures.UnderEach(() => Assert.That(Wrong(path, mark: ""), Is.Empty, CultureInfo.CurrentCulture.Name));
    }

    private static List<string> Wrong(string path, string mark)
    {
        List<string[]> rows = Rows(File.ReadAllText(path));
        int text = Array.IndexOf(rows[0], "text_json"), expected = Array.IndexOf(rows[0], "expected"),
            alsoRight = Array.IndexOf(rows[0], "also_ok");
        var wrong = new List<string>();
        foreach (string[] row in rows[1..])
        {
            string written = mark + JsonSerializer.Deserialize<string>(row[text]);
            string found = Formula.TryParse(written, out Formula? formula, out _) ? formula.Reduced : "refuse";
            string wanted = row[expected].StartsWith("refuse", StringComparison.Ordinal) ? "refuse" : row[expected];
            if (found != wanted && !row[alsoRight].Split(" | ").Contains(found))
                wrong.Add($"{written}: {found} for {wanted}");
        }

        return wrong;
    }

    // RFC 4180; the cells hold commas, quotes and line breaks.
    private static List<string[]> Rows(string table)
    {
        var rows = new List<string[]>();
        var fields = new List<string>();
        var field = new StringBuilder();
        bool isQuoted = false;
        for (int at = 0; at < table.Length; at++)
        {
            char c = table[at];
            if (c == '"')
            {
                isQuoted = !isQuoted;
                if (isQuoted && at > 0 && table[at - 1] == '"')
                    field.Append('"');
            }
            else if (isQuoted || c is not (',' or '\n' or '\r'))
            {
                field.Append(c);
            }
            else if (c != '\r')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c != '\n')
                    continue;
                rows.Add([.. fields]);
                fields.Clear();
            }
        }

        return rows;
    }
}
