using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrystalHpc.Core.Findings;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Outputs;

/// <summary>What file names and file contents hold never reaches a terminal, a table, an exported file or an id as it is.</summary>
public sealed class HostileTextTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Write_the_files()
    {
        _folder = new TemporaryFolder();
        foreach (string name in HostileCif.FileNames)
            _folder.Write($"cif/{name}", HostileCif.Text);
        _folder.Write("cif/twice.cif", $"{HostileCif.Text}\n{HostileCif.Text}");
    }

    [TearDown]
    public void Remove_them() => _folder.Dispose();

    [Test]
    public void Inspect_shows_plain_text_on_a_terminal([Values(0, 1, 5, 6)] int name)
    {
        string file = _folder[$"cif/{HostileCif.FileNames[name]}"];
        ChildResult result = CrystalHpcCommand.Run("inspect", file, "--site", "all");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        AssertPlain(result);
        Assert.That(result.Output, Does.Contain("=Na\\u001B]0;title\\u0007\\u001B[31m\\u009B31m\\u007F\\u202E Na"));
    }

    [Test]
    public void On_a_terminal_only_our_own_colors_appear()
    {
        string script = $"dotnet '{CrystalHpcCommand.Program}' inspect '{_folder["cif/=cmd().cif"]}'";
        string shown = ChildProcess.Run(LaunchedProgram.RequireTool("script"), ["-qec", script, "/dev/null"],
            ("TERM", "xterm-256color")).Output;
        Assert.That(shown, Does.Contain("\u001B[32maccepted\u001B[0m"));

        // What .NET itself sends to a terminal at its start: application mode of the keypad.
        shown = shown.Replace("\u001B[?1h\u001B=", "", StringComparison.Ordinal);
        string rest = System.Text.RegularExpressions.Regex.Replace(shown, "\u001B\\[(0|1|31|32|33)m", "")
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        Assert.That(PlainText.Lines(rest), Is.EqualTo(rest));
    }

    [Test]
    public void Json_is_valid_plain_and_means_what_the_file_says()
    {
        ChildResult result = CrystalHpcCommand.Run("inspect", _folder["cif/=cmd().cif"], "--json");
        AssertPlain(result);
        JsonNode structure = JsonNode.Parse(result.Output)![0]!;
        Assert.That((string)structure["sites"]![0]!["label"]!, Is.EqualTo($"=Na{HostileCif.Sequence}"));
        Assert.That((string)structure["structure_id"]!, Is.EqualTo("=cmd()"));
    }

    [Test]
    public void Errors_quote_names_plainly([Values("inspect", "run", "merge", "evaluate", "rnu")] string verb)
    {
        ChildResult result = CrystalHpcCommand.Run(verb == "rnu" ? [HostileCif.Sequence] : [verb, $"/no/{HostileCif.Sequence}"]);
        Assert.That(result.ExitCode, Is.InRange(1, 4), result.ToString());
        Assert.That(result.Errors, Does.Contain("\\u001B]0;title"));
        AssertPlain(result);
    }

    [Test]
    public void Other_programs_read_exported_files()
    {
        ChildResult result = CrystalHpcCommand.Run("inspect", _folder["cif/twice.cif"], "--export", _folder["out.cif"], "--svg",
            _folder["out.svg"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(File.ReadAllBytes(_folder["out.cif"]), Has.All.InRange((byte)'\n', (byte)'~'));
        Assert.That(XDocument.Load(_folder["out.svg"]).Root!.Value, Does.Contain("twice:x"));
        ChildResult gemmi = ChildProcess.Run(LaunchedProgram.RequireTool("gemmi"), ["validate", "-v", _folder["out.cif"]]);
        Assert.That((gemmi.ExitCode, gemmi.Errors), Is.EqualTo((0, "")), gemmi.ToString());
    }

    [Test]
    public void The_tools_of_COD_read_exported_files_without_a_word()
    {
        string parser = LaunchedProgram.RequireTool("cif_parse");
        CrystalHpcCommand.Run("inspect", _folder["cif/twice.cif"], "--export", _folder["out.cif"]);
        ChildResult parsed = ChildProcess.Run(parser, [_folder["out.cif"]]);
        Assert.That(parsed.ExitCode, Is.Zero, parsed.ToString());
        Assert.That(parsed.Errors, Does.Not.Contain("ERROR").And.Not.Contain("WARNING"), parsed.Errors);
    }

    [Test]
    public void Tables_hold_neither_formulas_nor_control_characters_and_the_run_finds_its_files()
    {
        string configuration = _folder.Write("c.json", """{ "corpus": { "paths": [ "cif" ] }, "run_directory": "run" }""");
        ChildResult result = CrystalHpcCommand.Run("run", configuration, "--threads", "1");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        AssertPlain(result);
        foreach (string path in Directory.EnumerateFiles(_folder["run"], "*.csv", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(path);
            Assert.That(PlainText.Lines(text), Is.EqualTo(text), path);
            string[] cells = text.Split('\n', ',');
            Assert.That(cells.Where(cell => cell.Trim('"').StartsWith('=') || cell.Trim('"').StartsWith('@')), Is.Empty, path);
            Assert.That(cells.Where(cell => cell.Trim('"') is ['+' or '-', not (>= '0' and <= '9') and not '.', ..] text
                && !text.StartsWith("-1+8", StringComparison.Ordinal)), Is.Empty, path);
        }

        Assert.That(File.ReadLines(_folder["run/merged/structures.csv"])
            .Count(line => line.Contains(",accepted,", StringComparison.Ordinal)), Is.EqualTo(HostileCif.FileNames.Length + 2));
        Assert.That(() => XDocument.Load(_folder["run/report.html"]), Throws.Nothing);
        ChildResult one = CrystalHpcCommand.Run("extract", _folder["run"], "--file", "cif/@b");
        Assert.That(one.ExitCode, Is.Zero, one.ToString());
        AssertPlain(one);
    }

    private static void AssertPlain(ChildResult result)
    {
        Assert.That(PlainText.Lines(result.Output), Is.EqualTo(result.Output));
        Assert.That(PlainText.Lines(result.Errors), Is.EqualTo(result.Errors));
    }
}
