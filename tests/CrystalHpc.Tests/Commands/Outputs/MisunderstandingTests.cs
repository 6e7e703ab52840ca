using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Outputs;

/// <summary>What people try first, and what is said to them.</summary>
public sealed class MisunderstandingTests
{
    private static readonly string Samples = Path.Combine(TestPaths.RepositoryRoot, "samples", "cod");
    private static readonly string Halite = Path.Combine(Samples, "9/00/86/9008678.cif");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void A_folder_is_no_file_to_inspect_and_no_configuration_to_run()
    {
        AssertEnds(4, ["inspect", Samples], "is a folder, and one file is wanted", $"crystalhpc init my-run.json --corpus {Samples}");
        AssertEnds(2, ["run", Samples], "is a folder, not a configuration", $"crystalhpc init my-run.json --corpus {Samples}");
    }

    [Test]
    public void A_file_that_is_no_cif_is_told_as_such()
    {
        AssertEnds(0, ["inspect", Path.Combine(TestPaths.RepositoryRoot, "README.md")], "does not look like a CIF file");
        AssertEnds(2, ["run", Halite], "is not JSON", "crystalhpc init");
    }

    [TestCase("rnu", "did you mean 'run'?")]
    [TestCase("inpsect", "did you mean 'inspect'?")]
    public void Exchanged_letters_are_understood(string verb, string answer) => AssertEnds(1, [verb], answer);

    [Test]
    public void Help_is_a_word_too()
    {
        Assert.That(CrystalHpcCommand.Run("help").Output, Is.EqualTo(CrystalHpcCommand.Run("--help").Output));
        Assert.That(CrystalHpcCommand.Run("help", "fit").Output, Is.EqualTo(CrystalHpcCommand.Run("fit", "--help").Output));
        Assert.That(CrystalHpcCommand.Run("[suggest:x]").ExitCode, Is.EqualTo(1), "a question of a completion script that is none");
        ChildResult nothing = CrystalHpcCommand.Run();
        Assert.That((nothing.ExitCode, nothing.Output.Contains("Usage: crystalhpc VERB", StringComparison.Ordinal)), Is.EqualTo((1, true)));
    }

    [Test]
    public void A_file_may_be_called_as_a_list_of_arguments_is()
    {
        File.Copy(Halite, _folder["@salt.cif"]);
        ChildResult result = ChildProcess.Run("env", ["-C", _folder.Path, "dotnet", CrystalHpcCommand.Program, "inspect", "@salt.cif"],
            LaunchedProgram.TestMachine);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
    }

    [TestCase("--svg", "nowhere/a.svg")]
    [TestCase("--export", "nowhere/a.cif")]
    [TestCase("--svg", ".")]
    public void Output_into_a_missing_folder_is_refused(string option, string path)
        => AssertEnds(4, ["inspect", Halite, option, _folder[path]], _folder[""].TrimEnd('/'));

    [Test]
    public void Export_without_a_structure_is_refused() =>
        AssertEnds(4, ["inspect", _folder.Write("a.cif", "data_x\n"), "--export", _folder["b.cif"]], "there is no structure to export");

    [TestCase("--threads abc", "--threads must be a whole number from 1 to 1024, not 'abc'")]
    [TestCase("--dealing 1", "'1'")]
    [TestCase("--log-per-rank /dev/null/x", "/dev/null")]
    public void Options_of_jobs_are_checked_before_work_starts(string options, string message)
    {
        ChildResult result = CrystalHpcCommand.Run(["run", _folder.Write("c.json", $$"""{ "corpus": { "paths": [ "{{Halite}}" ] } }"""), "--run", _folder["run"], .. options.Split(' ')]);
        Assert.That(result.ExitCode, Is.EqualTo(1).Or.EqualTo(4), result.ToString());
        Assert.That(result.Errors, Does.Contain(message).And.Not.Contain("   at "));
        Assert.That(Directory.Exists(_folder["run"]), Is.False);
    }

    [TestCase("0.000001", "3.0")]
    [TestCase("37", "2.15")]
    public void A_table_with_a_misprinted_softness_is_told_and_breaks_nothing(string softness, string r0)
    {
        string table = _folder.Write("odd.csv", $"cation,cation_charge,anion,anion_charge,r0,b\nNa,1,Cl,-1,{r0},{softness}\n");
        AssertEnds(0, ["inspect", Halite, "--parameters", table, "--json"], "line 2: warning table-unusual-softness");
        AssertEnds(0, ["inspect", Halite, "--parameters", table, "--site", "all"], "table-unusual-softness");
        ChildResult result = CrystalHpcCommand.Run("evaluate", table, Halite, "--run", _folder["run"], "--json", "--threads", "1");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Errors, Does.Contain("the table odd has rows with table-unusual-softness (line 2)"));
        Assert.That(File.ReadAllText(_folder["run/evaluation/findings.csv"]), Does.Contain("table-unusual-softness"));
        Assert.That(() => System.Text.Json.Nodes.JsonNode.Parse(result.Output), Throws.Nothing);
    }

    private static void AssertEnds(int exitCode, string[] words, params string[] messages)
    {
        ChildResult result = CrystalHpcCommand.Run(words);
        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
        foreach (string message in messages)
            Assert.That(result.Errors, Does.Contain(message));
        Assert.That(result.Errors, Does.Not.Contain("   at "));
    }
}
