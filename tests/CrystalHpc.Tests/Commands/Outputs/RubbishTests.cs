using System.CommandLine;
using CrystalHpc.Engine.Commands;
using CrystalHpc.Parallel;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Outputs;

/// <summary>Every option of every verb with values that make no sense: a documented exit code and no stack trace.</summary>
[Category("Slow")]
public sealed class RubbishTests
{
    private static readonly string[] Values =
        ["", "abc", "-1", "0", "7", "99999999999999999999", "NaN", "1/0", "=", "/no/such/folder/x.cif", "/dev/null", ".",
            HostileCif.Sequence, "@nothing", new('a', 5000)];

    private static readonly string Halite = Path.Combine(TestPaths.RepositoryRoot, "samples/cod/9/00/86/9008678.cif");

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Run_once()
    {
        _folder = new TemporaryFolder();
        string configuration = _folder.Write("c.json", $$"""{ "corpus": { "paths": [ "{{Halite}}" ] }, "run_directory": "run" }""");
        Assert.That(CrystalHpcCommand.Run("run", configuration, "--quiet").ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Remove_it() => _folder.Dispose();

    // Names come from the command line itself: a new option is tried, too.
    private static IEnumerable<TestCaseData> OptionsOfVerbs()
    {
        using MpiEnvironment environment = MpiEnvironment.Start(useMpi: false);
        RootCommand root = CommandLine.Create(new JobRunner(environment));
        int place = 0;
        foreach (Command verb in root.Subcommands)
        {
            yield return new TestCaseData(place++, verb.Name, "");
            foreach (Option option in verb.Options)
                yield return new TestCaseData(place++, verb.Name, option.Name);
        }
    }

    // Two values a case, others for the next: all of them meet some option of every verb in a minute.
    [TestCaseSource(nameof(OptionsOfVerbs))]
    public void Rubbish_is_refused_or_borne(int place, string verb, string option) =>
        Try(verb, option, [Values[2 * place % Values.Length], Values[(2 * place + 1) % Values.Length]]);

    [TestCaseSource(nameof(OptionsOfVerbs))]
    [Explicit("a thousand processes take eight minutes")]
    public void Rubbish_of_every_kind_is_refused_or_borne(int place, string verb, string option) => Try(verb, option, Values);

    private void Try(string verb, string option, string[] values)
    {
        foreach (string value in values)
        {
            string[] words = option.Length == 0 ? [verb, value] : [verb, .. Usual(verb), option, value];
            ChildResult result = ChildProcess.Run("env", ["-C", _folder.Path, "dotnet", CrystalHpcCommand.Program, .. words],
                LaunchedProgram.TestMachine);
            Assert.That(result.ExitCode, Is.InRange(0, 4), $"{string.Join(' ', words)}\n{result}");
            Assert.That(result.Errors, Does.Not.Contain("   at ").And.Not.Contain("System.").And.Not.Contain("\u001B"),
                string.Join(' ', words));
        }
    }

    private string[] Usual(string verb) => verb switch
    {
        "run" or "index" => [_folder["c.json"], "--run", _folder["other"]],
        "extract" or "merge" or "fit" or "evaluate" or "report" => [_folder["run"]],
        "inspect" => [Halite],
        "synthesize" => [_folder["made"]],
        "init" => [_folder["new.json"]],
        "completion" => ["bash"],
        _ => [],
    };
}
