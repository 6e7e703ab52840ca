using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Cif;

/// <summary>The verdict on damaged files against two other programs, whose results lie beside the files in EXPECT.csv.</summary>
public sealed class CifVerdictTests
{
    // Legal CIF 1.1 that gemmi 0.5.7 refuses: values such as stop_asda, and lines that end with a lone CR.
    private static readonly string[] RefusedByGemmiOnly =
        ["cod-tools__global_errors_03.cif", "cod-tools__ja063322xsi20060512_062506.cif", "cod-tools__stop_errors_03.cif"];

    // What those programs leave without an error: files of comments, and odd characters within comments.
    private static readonly FindingCode[] NotAskedByThem =
        [CifFindings.Empty, CifFindings.NonAscii, CifFindings.NotUtf8, CifFindings.ControlCharacter];

    [Test]
    public void Files_that_gemmi_or_cod_tools_find_faulty_have_findings_and_no_others()
    {
        string folder = TestPaths.SharedOrIgnore("corpus/dirty");
        List<string> differing = [];
        int compared = 0;
        string[] lines = File.ReadAllLines(Path.Combine(folder, "EXPECT.csv"));
        List<string> header = Split(lines[0]);
        foreach (List<string> row in lines.Skip(1).Select(Split))
        {
            // CIF 2.0 is another language, which those programs know in part.
            if (row[header.IndexOf("traits")].Split(' ').Contains("CIF2"))
                continue;
            string file = row[header.IndexOf("file")];
            bool isFaulty = row[header.IndexOf("strict_cif_reader")] != "ok" || row[header.IndexOf("cod_tools_errors")] is not ("0" or "");
            List<Finding> findings = [];
            CifDocument.Parse(File.ReadAllBytes(Path.Combine(folder, file)), findings);
            List<FindingCode> faults = [.. findings.Select(finding => finding.Code).Where(code => code.Severity != FindingSeverity.Note)];
            if (isFaulty ? faults.Count == 0 : faults.Exists(code => !NotAskedByThem.Contains(code)))
                differing.Add(file);
            compared++;
        }

        Assert.That(compared, Is.GreaterThan(700));
        Assert.That(differing, Is.EquivalentTo(RefusedByGemmiOnly));
    }

    /// <summary>The fields of one CSV line.</summary>
    private static List<string> Split(string line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool isQuoted = false;
        foreach (char character in line + ",")
        {
            if (character == '"')
                isQuoted = !isQuoted;
            if (character != ',' || isQuoted)
            {
                field.Append(character);
                continue;
            }

            string text = field.ToString();
            fields.Add(text.StartsWith('"') ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text);
            field.Clear();
        }

        return fields;
    }
}
