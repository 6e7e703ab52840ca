using System.Text.Json.Nodes;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>What people and shells see of the command line.</summary>
public sealed class CommandLineTests
{
    private static readonly string Halite = Path.Combine(TestPaths.RepositoryRoot, "samples/cod/9/00/86/9008678.cif");

    [Test]
    public void The_first_page_shows_the_way_of_the_data_a_line_for_each_verb_and_how_to_begin()
    {
        ChildResult help = CrystalHpcCommand.Run("--help");
        Assert.That(help.ExitCode, Is.Zero);
        Assert.That(help.Output, Does.Contain("CIF files -> index -> extract -> merge -> fit"));
        Assert.That(help.Output, Does.Contain("To begin: crystalhpc run configs/quickstart.json"));
        string[] lines = help.Output.Split('\n');
        int verbs = lines.Count(line => line.Length > 3 && line.StartsWith("  ", StringComparison.Ordinal)
            && char.IsAsciiLetterLower(line[2]));
        Assert.That(verbs, Is.GreaterThan(12));
        Assert.That(lines.Length, Is.LessThan(40), "the page fits a screen");
    }

    [Test]
    public void The_page_of_a_verb_keeps_all_its_examples()
    {
        string help = CrystalHpcCommand.Run("inspect", "--help").Output;
        Assert.That(help, Does.Contain("Examples:").And.Contain("--definitions crystal_nn,econ").And.Contain("inspect - <"));
    }

    [TestCase("rum", "did you mean 'run'?")]
    [TestCase("exract", "did you mean 'extract'?")]
    [TestCase("info --jsno", "did you mean '--json'?")]
    [TestCase("fit x --thraeds 2", "did you mean '--threads'?")]
    [TestCase("inspect x --definitions ekon", "did you mean 'econ'?")]
    public void A_slip_of_the_pen_is_answered_with_what_was_meant(string line, string answer)
    {
        ChildResult result = CrystalHpcCommand.Run(line.Split(' '));
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain(answer));
        Assert.That(result.Errors.Split('\n').Length, Is.LessThan(8), "the help is not thrown at people");
    }

    [TestCase("nonsense", ExpectedResult = null)]
    [TestCase("merge", ExpectedResult = "merge")]
    [TestCase("cutof", ExpectedResult = "cutoff")]
    [TestCase("cutoff_angstrom", ExpectedResult = null)]
    [TestCase("cut", ExpectedResult = "cutoff")]
    public string? The_nearest_word_is_near(string wrong) => Spelling.Nearest(wrong, ["merge", "extract", "cutoff"]);

    [Test]
    public void A_wrong_name_in_a_configuration_is_answered_with_what_was_meant()
    {
        using var folder = new TemporaryFolder();
        JsonNode json = CommandLine.Systems.Configuration.Defaults.ToJson();
        json["neighbors"]!["definition"] = "crystall_nn";
        string path = folder.Write("wrong.json", json.ToJsonString());
        Assert.That(CrystalHpcCommand.Run("run", path).Errors, Does.Contain("is \"crystall_nn\" (did you mean 'crystal_nn'?)"));
    }

    [Test]
    public void Colors_appear_on_terminals_only_and_never_against_the_wish_of_the_user()
    {
        const string Green = "\u001b[32m";
        Assert.That(CrystalHpcCommand.Run("inspect", Halite).Output, Does.Not.Contain("\u001b"));
        Assert.That(OnTerminal(("TERM", "xterm-256color")), Does.Contain(Green));
        Assert.That(OnTerminal(("TERM", "dumb")), Does.Contain("accepted").And.Not.Contain(Green));
        Assert.That(OnTerminal(("TERM", "xterm-256color"), ("NO_COLOR", "1")), Does.Contain("accepted").And.Not.Contain(Green));
    }

    [Test]
    public void Info_speaks_to_programs()
    {
        JsonNode info = JsonNode.Parse(CrystalHpcCommand.Run("info", "--json").Output)!;
        Assert.That((int)info["ranks"]!, Is.EqualTo(1));
        Assert.That(info["launcher"], Is.Null);
        Assert.That((string)info["libraries"]!["MathNet.Numerics"]!, Is.Not.Empty);
    }

    // A pseudo-terminal from util-linux.
    private static string OnTerminal(params (string Name, string Value)[] variables) => ChildProcess.Run(
        LaunchedProgram.RequireTool("script"), ["-qec", $"dotnet '{CrystalHpcCommand.Program}' inspect '{Halite}'", "/dev/null"],
        variables).Output;
}
