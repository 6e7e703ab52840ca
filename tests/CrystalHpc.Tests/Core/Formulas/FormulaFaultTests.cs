using System.Text.Json;
using CrystalHpc.Core.Formulas;
using CsvHelper;
using CsvHelper.Configuration;
using System.Globalization;

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
        using var csv = new CsvReader(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture));
        var wrong = new List<string>();
        csv.Read();
        csv.ReadHeader();
        while (csv.Read())
        {
            string text = JsonSerializer.Deserialize<string>(csv.GetField("text_json")!)!;
            string expected = csv.GetField("expected")!;
            string found = Formula.TryParse(mark + text, out Formula? formula, out _) ? formula.Reduced : "refuse";
            bool isRight = found == (expected.StartsWith("refuse", StringComparison.Ordinal) ? "refuse" : expected)
                || csv.GetField("also_ok")!.Split(" | ").Contains(found);
            if (!isRight)
                wrong.Add($"{text}: {found} for {expected}");
        }

        return wrong;
    }
}
