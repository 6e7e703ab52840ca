using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Slurm;

/// <summary>
/// The scripts in <c>slurm/</c> without a Slurm: programs with the names of its commands write down how they were called.
/// </summary>
public sealed class SlurmScriptTests
{
    private const string Odd = "it's 5 $HOME 100%j";

    private TemporaryFolder _folder = null!;
    private string _scripts = null!;

    [SetUp]
    public void Put_the_scripts_into_a_folder_with_an_odd_name()
    {
        _folder = new TemporaryFolder();
        _scripts = _folder[$"{Odd}/slurm"];
        Directory.CreateDirectory(_folder[Odd]);
        ChildResult copy = ChildProcess.Run("cp", ["-r", Path.Combine(TestPaths.RepositoryRoot, "slurm"), _folder[Odd]]);
        Assert.That(copy.ExitCode, Is.Zero, copy.ToString());
        _folder.WriteProgram("bin/sbatch", $"printf '%s\\n' \"$@\" >>'{_folder["calls"]}'; echo 17");
        _folder.Write("a b.json", "{}");
    }

    [TearDown]
    public void Remove_them() => _folder.Dispose();

    [Test]
    public void Shellcheck_has_nothing_to_say()
    {
        string tool = LaunchedProgram.RequireTool("shellcheck");
        string slurm = Path.Combine(TestPaths.RepositoryRoot, "slurm");
        ChildResult result = ChildProcess.Run(tool, [.. Directory.GetFiles(slurm),
            Path.Combine(TestPaths.RepositoryRoot, "tests", "slurm", "cluster")]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
    }

    [TestCase("--array", "abc", "a b.json", "run")]
    [TestCase("--array", "0", "a b.json", "run")]
    [TestCase("--array", "3x", "a b.json", "run")]
    [TestCase("--array", "-1", "a b.json", "run")]
    [TestCase("--array")]
    [TestCase("a b.json")]
    [TestCase("none.json", "run")]
    [TestCase("a b.json", "--corpus", "cif")]
    [TestCase("a b.json", "bin")]
    public void What_is_wrong_is_said_before_anything_is_queued(params string[] arguments)
    {
        ChildResult result = Submit(arguments);
        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Errors.Trim(), Is.Not.Empty);
        Assert.That(File.Exists(_folder["calls"]), Is.False, result.ToString());
        Assert.That(Directory.Exists(_folder["run/logs"]) || Directory.Exists(_folder["bin/logs"]), Is.False);
    }

    [Test]
    public void Jobs_are_named_after_their_stages_and_log_into_the_run_directory()
    {
        ChildResult result = Submit("--array", "4", "a b.json", Odd + " run", "--corpus", "my cif");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Is.EqualTo("index 17\nextract 17\nmerge 17\nfit 17\nevaluate 17\nreport 17\n"));
        string[] calls = File.ReadAllLines(_folder["calls"]);
        string run = _folder[Odd + " run"];
        Assert.That(calls.Where(word => word.StartsWith("--job-name=", StringComparison.Ordinal)).Select(word => word[11..].Split('-')[0]),
            Is.EqualTo(new[] { "index", "extract", "merge", "fit", "evaluate", "report" }));
        Assert.That(calls, Does.Contain($"--output={run.Replace("%", "%%", StringComparison.Ordinal)}/logs/index-%j.log"));
        Assert.That(calls, Does.Contain($"--output={run.Replace("%", "%%", StringComparison.Ordinal)}/logs/extract-%A_%a.log").And.Contain(
            "--array=0-3"));
        Assert.That(string.Join('\n', calls), Does.Contain($"{_scripts}/stage.sbatch\nindex\na b.json\n--run\n{run}\n--corpus\nmy cif\n"));
        Assert.That(Directory.Exists(Path.Combine(run, "logs")));
    }

    [Test]
    public void When_a_job_is_refused_those_before_it_are_cancelled()
    {
        _folder.WriteProgram("bin/sbatch", $"grep -qs . '{_folder["calls"]}' && exit 1; echo once >'{_folder["calls"]}'; echo 18");
        _folder.WriteProgram("bin/scancel", $"echo \"$@\" >'{_folder["cancelled"]}'");
        Assert.That(Submit("a b.json", "run").ExitCode, Is.Not.Zero);
        Assert.That(File.ReadAllText(_folder["cancelled"]), Is.EqualTo("18\n"));
    }

    [Test]
    public void The_folder_that_publishing_made_is_started_unless_a_build_is_newer()
    {
        Assert.That(Program(), Does.StartWith("dotnet "));
        string published = $"{Odd}/artifacts/crystalhpc-9-linux-x64/crystalhpc";
        _folder.WriteProgram(published, "exit 0");
        Assert.That(Program(), Is.EqualTo(_folder[published] + "\n"));
        string built = $"{Odd}/src/CrystalHpc/bin/Release/net10.0/crystalhpc.dll";
        _folder.Write(built, "");
        File.SetLastWriteTimeUtc(_folder[built], DateTime.UtcNow.AddHours(1));
        Assert.That(Program(), Is.EqualTo($"dotnet {_folder[built]}\n"));
        File.SetLastWriteTimeUtc(_folder[built], DateTime.UtcNow.AddHours(-1));
        Assert.That(Program(), Is.EqualTo(_folder[published] + "\n"));
    }

    [Test]
    public void A_published_folder_for_another_kind_of_machine_is_passed_over()
    {
        _folder.WriteProgram($"{Odd}/artifacts/crystalhpc-9-linux-arm64/crystalhpc", "exit 126");
        Assert.That(Program(), Does.StartWith("dotnet "));
    }

    private string Program() => ChildProcess.Run(
        "bash", ["-c", "slurm=$1 SLURM_JOB_ID=1; . \"$slurm/common.sh\"; echo \"${program[*]}\"", "-", _scripts],
        ("CRYSTALHPC", "")).Output;

    private ChildResult Submit(params string[] arguments) => ChildProcess.Run(
        "env", [$"--chdir={_folder.Path}", Path.Combine(_scripts, "submit"), .. arguments],
        ("PATH", $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}"));
}
