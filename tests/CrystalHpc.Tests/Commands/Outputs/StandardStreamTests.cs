using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Outputs;

/// <summary>
/// Standard streams that are full or closed: a job writes its tables all the same, and a result that nobody got is an error.
/// </summary>
public sealed class StandardStreamTests
{
    private static readonly string Halite = Path.Combine(TestPaths.RepositoryRoot, "samples/cod/9/00/86/9008678.cif");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void A_job_writes_its_tables_whatever_becomes_of_its_words(
        [Values(">/dev/full", "2>/dev/full", ">&-", "2>&-", ">&- 2>&-", ">/dev/full 2>&1")] string streams)
    {
        string configuration = _folder.Write("c.json", $$"""{ "corpus": { "paths": [ "{{Halite}}" ] }, "run_directory": "run" }""");
        ChildResult result = Shell($"run '{configuration}' --threads 2 {streams}");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(File.Exists(_folder["run/report.html"]), Is.True);
        Assert.That(result.Errors, Does.Not.Contain("   at "));
    }

    [TestCase("inspect FILE >/dev/full")]
    [TestCase("inspect FILE >&-")]
    [TestCase("inspect FILE --json >/dev/full")]
    [TestCase("info >&-")]
    [TestCase("--help >/dev/full")]
    [TestCase("inspect --help >/dev/full")]
    [TestCase("completion bash >/dev/full")]
    [TestCase("init --print >/dev/full")]
    public void A_result_that_could_not_be_written_is_an_error(string command)
    {
        ChildResult result = Shell(command.Replace("FILE", $"'{Halite}'", StringComparison.Ordinal));
        Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
        Assert.That(result.Errors, Does.Not.Contain("   at "));
    }

    [Test]
    public void A_summary_for_scripts_that_could_not_be_written_is_an_error_and_the_tables_are_there()
    {
        string configuration = _folder.Write("c.json", $$"""{ "corpus": { "paths": [ "{{Halite}}" ] }, "run_directory": "run" }""");
        ChildResult result = Shell($"run '{configuration}' --threads 1 --quiet --json >/dev/full");
        Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
        Assert.That(result.Errors, Is.EqualTo("crystalhpc: standard output cannot be written: No space left on device\n"));
        Assert.That(File.Exists(_folder["run/report.html"]), Is.True);
    }

    [Test]
    public void A_reader_that_has_seen_enough_is_no_error()
    {
        ChildResult result = Shell($"inspect '{Halite}' --site all | head -1; exit ${{PIPESTATUS[0]}}");
        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")));
    }

    private static ChildResult Shell(string command) =>
        ChildProcess.Run("bash", ["-c", $"dotnet '{CrystalHpcCommand.Program}' {command}"], LaunchedProgram.TestMachine);
}
