using System.Text;
using System.Text.Json;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Learning.Formulas.Tables;

namespace CrystalHpc.Tests.Learning.Formulas;

/// <summary>Tables of formulas as people make them.</summary>
public sealed class FormulaTableTests
{
    [Test]
    public void Tables_of_people_are_read_or_refused_as_they_should_be()
    {
        string folder = TestPaths.SharedOrIgnore("faults/tables");
        foreach ((int line, string[] fields) in CsvLines.Read(File.ReadAllText(Path.Combine(folder, "situations.csv")), "situations.csv")
            .Skip(1))
        {
            string expected = fields[1];
            string found = Outcome(Path.Combine(folder, fields[0]));
            bool mayRefuse = expected.StartsWith("refuse", StringComparison.Ordinal)
                || fields[4].Contains("refuse", StringComparison.Ordinal);
            if (found.StartsWith("refused", StringComparison.Ordinal))
                Assert.That(mayRefuse, $"{fields[0]}: {found}");
            else if (expected.StartsWith('{'))
                Assert.That(found, fields[4] == "refuse line 2 only" ? Is.EqualTo(
                    Rows(expected)[(Rows(expected).IndexOf(';', StringComparison.Ordinal) + 2)..]) : Is.EqualTo(Rows(expected)), fields[0]);
            else
                Assert.Fail($"{fields[0]}, line {line}: {found}, not {expected}");
        }
    }

    [Test]
    public void Rows_that_cannot_be_used_are_told_by_line_and_code()
    {
        using var folder = new TemporaryFolder();
        FormulaTable table = FormulaTable.Read(folder.Write("rows.csv", "formula,target\nNaCl,8.5\nMgO\nTiO2,nan\nZnO,8.5 eV\n"));
        Assert.That(table.Refused.Select(row => (row.Line, row.Finding.Code)), Is.EqualTo(new[] { (3, FormulaTableFindings.ShortRow) }));
        Assert.That(FormulaTable.Number(table.Rows[0], 1, 0, 10, out _), Is.EqualTo(8.5));
        Assert.That(FormulaTable.Number(table.Rows[1], 1, 0, 10, out RefusedRow missing), Is.Null);
        Assert.That(FormulaTable.Number(table.Rows[2], 1, 0, 10, out RefusedRow bad), Is.Null);
        Assert.That((missing.Line, missing.Finding.Code), Is.EqualTo((4, FormulaTableFindings.MissingTarget)));
        Assert.That((bad.Line, bad.Finding.Code), Is.EqualTo((5, FormulaTableFindings.BadTarget)));
    }

    [Test]
    public void An_open_quote_is_told_with_its_line()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("open.csv", "formula,target\n\"NaCl,8.5\nMgO,7.8\n");
        Assert.That(() => FormulaTable.Read(path), Throws.TypeOf<UserException>().With.Message.Contains("line 2"));
    }

    // Rows as Hill formula and number; a table in which no target can be used is refused, as training and evaluation do.
    private static string Outcome(string path)
    {
        try
        {
            FormulaTable table = FormulaTable.Read(path);
            int target = Enumerable.Range(0, table.Columns.Count).First(i
                => table.Columns[i].StartsWith("target", StringComparison.OrdinalIgnoreCase));
            var text = new StringBuilder();
            foreach (FormulaRow row in table.Rows)
            {
                if (FormulaTable.Number(row, target, double.MinValue, double.MaxValue, out _) is { } number)
                    text.Append(FormattableString.Invariant($"{row.Composition.Text} {number}; "));
            }

            return text.Length > 0 ? text.ToString() : "refused: no row can be used";
        }
        catch (UserException refusal)
        {
            return $"refused: {refusal.Message}";
        }
    }

    private static string Rows(string json) => string.Concat(JsonDocument.Parse(json).RootElement.GetProperty("rows").EnumerateArray()
        .Select(row => FormattableString.Invariant($"{row[0].GetString()} {row[1].GetDouble()}; ")));
}
