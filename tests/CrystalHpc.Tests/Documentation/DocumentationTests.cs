using System.Text;
using System.Text.RegularExpressions;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Documentation;

/// <summary>
/// The commands in the documentation, run as they stand there, each page in a shell and a copy of the repository of its own. The build is
/// shared: <c>dotnet build</c> does nothing and <c>dotnet run</c> and <c>crystalhpc</c> start the program under test.
/// </summary>
[Category("Slow")]
public sealed partial class DocumentationTests
{
    private static readonly string[] Pages =
    [
        "README.md", "CONTRIBUTING.md", "docs/first-run.md", "docs/install.md", "docs/extending.md", "docs/troubleshooting.md",
        "docs/formulas.md",
        "docs/symmetry.md", "docs/matching.md", "docs/structure-files.md", "docs/lattice.md", "docs/potential.md", "docs/property.md",
        "docs/generate.md",
    ];

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Make_a_copy_without_sources()
    {
        _folder = new TemporaryFolder();
        ChildResult copy = ChildProcess.Run("cp", ["-r", .. new[] { "configs", "samples", "docs", "README.md" }.Select(name
            => Path.Combine(TestPaths.RepositoryRoot, name)), _folder.Path]);
        Assert.That(copy.ExitCode, Is.Zero, copy.ToString());
        string program = $"exec '{ChildProcess.Find("dotnet")}' '{CrystalHpcCommand.Program}'";
        _folder.WriteProgram("bin/crystalhpc", $"{program} \"$@\"");
        _folder.WriteProgram("bin/dotnet", $$"""
            case "$*" in
              build*) exit 0 ;;
              "run -c Release --project src/CrystalHpc -- "*) shift 6; {{program}} "$@" ;;
              *) echo "the test of the documentation does not know: dotnet $*" >&2; exit 99 ;;
            esac
            """);
        _folder.WriteProgram("src/CrystalHpc/bin/Release/net10.0/crystalhpc", $"{program} \"$@\"");
    }

    [OneTimeTearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void The_commands_of_a_page_run_and_print_what_it_says([ValueSource(nameof(Pages))] string page)
    {
        IReadOnlyList<DocumentedBlock> blocks = DocumentedBlock.Of(Path.Combine(TestPaths.RepositoryRoot, page));
        var script = new StringBuilder("set -euo pipefail\nshopt -s expand_aliases\n");
        foreach (DocumentedBlock block in blocks.Where(block => block.Language == "bash" && block.Needs.Length == 0))
            script.Append($"echo '== {page}, line {block.Line}'\n{block.Text}\n");
        ChildResult result = ChildProcess.Run(
            "bash", ["-c", $"cd '{_folder.Path}'\n{script}"],
            ("PATH", $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}"), ("HOME", _folder["home"]), ("TERM", "dumb"));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());

        string output = result.Output + result.Errors;
        foreach (DocumentedBlock block in blocks.Where(block => block.Language == "text"))
        {
            foreach (string line in block.Text.Split('\n').Where(line => line.Trim().Length > 0))
                Assert.That(output, Does.Contain(line.TrimEnd()),
                    $"{page}, line {block.Line}: the program prints something else now; write that down");
        }
    }

    [Test]
    public void Every_block_of_commands_runs_or_says_what_it_needs([ValueSource(nameof(Pages))] string page)
    {
        foreach (DocumentedBlock block in DocumentedBlock.Of(Path.Combine(TestPaths.RepositoryRoot, page)))
            Assert.That(block.Language, Is.AnyOf("bash", "text", "csharp", "json"), $"{page}, line {block.Line}: commands are marked bash");
    }

    [Test]
    public void Every_link_to_a_page_or_a_heading_leads_somewhere()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Path.Combine(TestPaths.RepositoryRoot, "docs"), "*.md",
            SearchOption.AllDirectories)
            .Concat(new[] { "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "samples/README.md", "src/CrystalHpc.Core/README.md" }.Select(
                name => Path.Combine(TestPaths.RepositoryRoot, name)));
        var broken = new List<string>();
        foreach (string page in pages)
        {
            foreach (Match match in Link().Matches(File.ReadAllText(page)))
            {
                string[] parts = match.Groups[1].Value.Split('#');
                string target = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
                bool exists = File.Exists(target) || Directory.Exists(target);
                if (!exists || (parts.Length > 1 && !Anchors(target).Contains(parts[1])))
                    broken.Add($"{Path.GetRelativePath(TestPaths.RepositoryRoot, page)}: {match.Groups[1].Value}");
            }
        }

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void The_citation_file_has_what_its_format_wants()
    {
        string[] lines = File.ReadAllLines(Path.Combine(TestPaths.RepositoryRoot, "CITATION.cff"));
        Dictionary<string, string> fields = lines
            .Where(line => line.Length > 0 && char.IsAsciiLetter(line[0]))
            .Select(line => line.Split(':', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim().Trim('"'));
        Assert.That(fields["cff-version"], Is.EqualTo("1.2.0"));
        Assert.That(fields.Keys, Is.SupersetOf(new[] { "message", "title", "authors" }), "required by the format");
        Assert.That(fields["message"] + fields["title"], Does.Not.Contain("TODO"));
        Assert.That(fields["type"], Is.EqualTo("software"));
        Assert.That(fields["date-released"], Does.Match(@"^\d{4}-\d{2}-\d{2}$"));
        string properties = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "Directory.Build.props"));
        Assert.That(properties, Does.Contain($"<Version>{fields["version"]}</Version>"));
        Assert.That(properties, Does.Contain($"<PackageLicenseExpression>{fields["license"]}<"));
        int authors = Array.IndexOf(lines, "authors:");
        Assert.That(lines[authors + 1], Does.Match("^  - (name|family-names|given-names): ."), "an author");
        Assert.That(File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "CHANGELOG.md")), Does.Contain($"## {fields["version"]}"));
    }

    private static HashSet<string> Anchors(string page) => File.Exists(page)
        ? [.. File.ReadLines(page).Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))]
        : [];

    [GeneratedRegex(@"\]\((?!https?:|mailto:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
