using CrystalHpc.Commands;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Tests;

/// <summary>Codes are what tables, counts and configurations rely on: unique, well formed, documented.</summary>
public sealed class FindingCatalogTests
{
    private static readonly FindingCode[] Codes = [.. FindingCatalog.Parts.SelectMany(part => part.Codes)];

    [Test]
    public void Every_code_has_a_name_of_its_own_in_kebab_case()
    {
        Assert.That(Codes.Select(code => code.Name), Is.Unique);
        Assert.That(Codes.Select(code => code.Name), Is.All.Match("^[a-z0-9]+(-[a-z0-9]+)+$"));
    }

    [Test]
    public void Every_meaning_is_a_sentence() =>
        Assert.That(Codes.Select(code => code.Meaning), Is.All.Match(@"^[A-Z_].*\.$"));

    [Test]
    public void The_documentation_lists_every_code() =>
        Assert.That(
            File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs", "findings.md")), Does.EndWith(FindingCatalog.ToMarkdown()),
            "write the tables again: crystalhpc info --findings");
}
