using System.Text;
using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests.Core.Cif;

/// <summary>The verdict on damaged files against two other programs, whose results lie beside the files in EXPECT.csv.</summary>
public sealed class CifVerdictTests
{
    // Legal CIF 1.1 that gemmi 0.5.7 refuses: values such as stop_asda, and (cod-tools too) lines that end with a lone CR.
    private static readonly string[] RefusedByOthers =
        ["cod-tools__duplicate_second_empty.cif", "cod-tools__global_errors_03.cif", "cod-tools__ja063322xsi20060512_062506.cif",
            "cod-tools__stop_errors_03.cif"];

    // What those programs leave without an error: files of comments, and odd characters within comments.
    private static readonly FindingCode[] NotAskedByThem =
        [CifFindings.Empty, CifFindings.NonAscii, CifFindings.NotUtf8, CifFindings.ControlCharacter];

    // Where both programs agree with each other and not with us; docs/cif-verdicts.md has the reasons.
    private static readonly string[] AgainstBoth =
    [
        "cif_api__comment_only.cif", "cif_api__empty.cif", "cif_api__ver1.cif", "cif_api__ver2.cif", "cod-tools__blank.cif",
        "cod-tools__comments-and-blanks.cif", "cod-tools__comments.cif", "cod-tools__multiline-blank.cif",
        "cod-tools__single-comment-line-noCR.cif", "cod-tools__single-comment-line.cif",
        "cctbx_project__example.cif", "cctbx_project__example.cif.ba26b2ce.cif", "cod-tools__1a.cif",
        "cod-tools__b002906h-problems-with-merged-biblio.cif", "cod-tools__b415935g-multiple-tag-fixes.cif",
        "cod-tools__non-ascii-comment.cif", "cod-tools__non-ascii-first-line-comment.cif", "cod-tools__non-ascii-side-comment.cif",
        "parsnip__hP3-four-decimal-places.cif", "parsnip__hP3.cif",
        "cod-tools__duplicate_second_empty.cif", "cod-tools__ja063322xsi20060512_062506.cif",
    ];

    // CIF 2.0, which gemmi reads as CIF 1.1: no data at all, and names that occur again, are left to others by cod-tools.
    private static readonly string[] Version2AgainstCodTools =
    [
        "cif_api__bom_ver2.cif", "cif_api__ver2.cif", "cod-tools__cif2_measurand_su_data_item.cif",
        "cod-tools__template_duplicate_save_frames.cif",
    ];

    [Test]
    public void Files_of_CIF_1_1_that_gemmi_or_cod_tools_find_faulty_have_findings_and_no_others()
    {
        List<Comparison> files = [.. Compare().Where(file => !file.IsVersion2)];
        IEnumerable<string> differing = files
            .Where(file => file.ByGemmi || file.ByCodTools ? file.Faults.Count == 0 : file.Faults.Exists(code
                => !NotAskedByThem.Contains(code)))
            .Select(file => file.Name);
        Assert.That(files, Has.Count.GreaterThan(700));
        Assert.That(differing, Is.EquivalentTo(RefusedByOthers));
    }

    [Test]
    public void Files_of_CIF_2_0_that_cod_tools_finds_faulty_have_findings_and_no_others()
    {
        List<Comparison> files = [.. Compare().Where(file => file.IsVersion2)];
        Assert.That(files, Has.Count.EqualTo(254));
        Assert.That(
            files.Where(file => file.ByCodTools != file.Faults.Count > 0).Select(file => file.Name),
            Is.EquivalentTo(Version2AgainstCodTools));
    }

    [Test]
    public void Verdicts_against_both_programs_are_listed_with_their_reasons()
    {
        IEnumerable<string> against = Compare()
            .Where(file => file.ByGemmi == file.ByCodTools && file.ByGemmi != file.Faults.Count > 0)
            .Select(file => file.Name);
        Assert.That(against, Is.EquivalentTo(AgainstBoth));
        string documentation = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs", "cif-verdicts.md"));
        Assert.That(AgainstBoth.Where(name => !documentation.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    private static IEnumerable<Comparison> Compare()
    {
        string folder = TestPaths.SharedOrIgnore("corpus/dirty");
        string[] lines = File.ReadAllLines(Path.Combine(folder, "EXPECT.csv"));
        List<string> header = Split(lines[0]);
        foreach (List<string> row in lines.Skip(1).Select(Split))
        {
            string name = row[header.IndexOf("file")];
            List<Finding> findings = [];
            CifDocument.Parse(File.ReadAllBytes(Path.Combine(folder, name)), findings);
            yield return new Comparison(
                name,
                IsVersion2: row[header.IndexOf("traits")].Split(' ').Contains("CIF2"),
                ByGemmi: row[header.IndexOf("strict_cif_reader")] != "ok",
                ByCodTools: row[header.IndexOf("cod_tools_errors")] is not ("0" or ""),
                [.. findings.Select(finding => finding.Code).Where(code => code.Severity != FindingSeverity.Note)]);
        }
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

    /// <summary>Whether the two programs found a file faulty, and what we found.</summary>
    private sealed record Comparison(string Name, bool IsVersion2, bool ByGemmi, bool ByCodTools, List<FindingCode> Faults);
}
