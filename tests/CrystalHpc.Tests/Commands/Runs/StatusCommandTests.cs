using System.Diagnostics;
using System.Text.Json.Nodes;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Runs;

/// <summary><c>crystalhpc status</c> on runs as jobs leave them.</summary>
public sealed class StatusCommandTests
{
    private static readonly string Quickstart = CrystalHpcCommand.Configuration("quickstart.json");

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void A_run_goes_from_stage_to_stage()
    {
        string run = _folder["my run"];
        Assert.That(Crystalhpc("index", Quickstart, "--run", run).ExitCode, Is.Zero);
        Assert.That(Status(run), Does.Match("index +done").And.Match("extract +waiting").And.Contain(
            "0 of 16 shards done, 0 failed, 0 running, 16 waiting"));
        Assert.That(Status(run), Does.Contain($"next      crystalhpc extract '{run}'"));

        Assert.That(Crystalhpc("extract", run, "--part", "1/2").ExitCode, Is.Zero);
        Assert.That(Status(run), Does.Contain("8 of 16 shards done").And.Contain("ended").And.Contain(
            $"crystalhpc extract '{run}' --part 1/2"));

        Assert.That(Crystalhpc("run", Quickstart, "--run", run).ExitCode, Is.Zero);
        JsonNode status = Json(run);
        Assert.That(status["stages"]!.AsObject().Select(stage => (string)stage.Value!), Has.All.EqualTo("done"));
        Assert.That((int)status["shards"]!["counts"]!["files"]!, Is.EqualTo(200));
        Assert.That(((int)status["jobs"]![0]!["exit_code"]!, (bool)status["is_running"]!), Is.EqualTo((0, false)));
        Assert.That(status["jobs"]!.AsArray().Select(job => (string)job!["name"]!),
            Is.EquivalentTo(new[] { "index", "extract-1-of-2", "run" }));
    }

    [Test]
    public void A_job_is_running_until_it_is_killed_and_then_says_what_it_was_at()
    {
        string run = _folder["run"];
        var start = new ProcessStartInfo("dotnet", [CrystalHpcCommand.Program, "run", Quickstart, "--run", run, "--threads", "1"]) {
            RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string aside = "", shards = Path.Combine(run, "shards");
        while (aside.Length == 0 && !process.HasExited)
        {
            if (!Directory.Exists(shards) || !Directory.EnumerateDirectories(shards, "*.tmp").Any())
                continue;
            ChildProcess.Run("kill", ["-STOP", $"{process.Id}"]);
            aside = Directory.EnumerateDirectories(shards, "*.tmp").FirstOrDefault("");
            if (aside.Length == 0)
                ChildProcess.Run("kill", ["-CONT", $"{process.Id}"]);
        }

        Assert.That(aside, Is.Not.Empty, "the job was not caught at a shard");
        int shard = int.Parse(Path.GetFileName(aside).Split('.')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(Status(run), Does.Match("extract +running").And.Contain($"running: shard {shard} begun by rank-0").And.Contain(
            "running, last sign of life"));
        process.Kill();
        process.WaitForExit();
        Assert.That(Status(run), Does.Match("extract +waiting").And.Contain($"failed: shard {shard} left unfinished by rank-0").And.Contain(
            "killed, or lost with its node"));
        Assert.That(Status(run), Does.Contain("give the same command again, it goes on where it stopped: crystalhpc run "));

        Assert.That(Crystalhpc("run", Quickstart, "--run", run).ExitCode, Is.Zero);
        Assert.That(Directory.GetFileSystemEntries(run, "*.tmp", SearchOption.AllDirectories), Is.Empty);
        Assert.That((int)Json(run)["jobs"]![0]!["attempt"]!, Is.EqualTo(2));
    }

    [Test]
    public void Nothing_is_written_and_a_run_that_cannot_be_written_answers()
    {
        string run = _folder["run"];
        Assert.That(Crystalhpc("index", Quickstart, "--run", run).ExitCode, Is.Zero);
        Dictionary<string, DateTime> before = Times(run);
        Status(run);
        Assert.That(Times(run), Is.EqualTo(before));
        static Dictionary<string, DateTime> Times(string folder)
            => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Append(folder).ToDictionary(path => path, File.GetLastWriteTimeUtc);
    }

    [Test]
    public void What_is_no_run_is_answered_in_a_line()
    {
        ChildResult result = Crystalhpc("status", Quickstart);
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((4, "")));
        Assert.That(result.Errors.TrimEnd(), Is.EqualTo(
            $"crystalhpc: {Quickstart} is a file; give the directory of a run (--run of the job)"));
        result = Crystalhpc("status", _folder.Path, "--json");
        Assert.That((result.ExitCode, result.Output), Is.EqualTo((4, "")));
    }

    [Test]
    public void The_fields_for_programs_are_documented()
    {
        string run = _folder["run"];
        Assert.That(Crystalhpc("index", Quickstart, "--run", run).ExitCode, Is.Zero);
        string documentation = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs", "formats.md"));
        JsonObject status = Json(run).AsObject();
        IEnumerable<string> names = status.Select(field => field.Key)
            .Concat(status["shards"]!.AsObject().Select(field => field.Key))
                .Concat(status["jobs"]![0]!.AsObject().Select(field => field.Key));
        Assert.That(names.Where(name => !documentation.Contains($"`{name}`", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase(LaunchedProgram.OpenMpi, "Open MPI")]
    [TestCase(LaunchedProgram.Mpich, "MPICH")]
    [Category("Mpi")]
    public void Under_a_launcher_a_log_begins_and_ends_with_what_the_job_was(string launcher, string library)
    {
        string run = _folder["run"];
        Assert.That(Crystalhpc("index", Quickstart, "--run", run).Errors, Does.Not.Contain("job      "), "without a launcher");
        string log = CrystalHpcCommand.Under(launcher, 2, "extract", run).Errors;
        Assert.That(log, Does.StartWith(
            $"job      crystalhpc extract {run}\n         version {typeof(RunDirectory).Assembly.GetName().Version!.ToString(3)}"));
        Assert.That(log, Does.Contain("2 ranks on 1 node (").And.Contain(library).And.Contain($"run      {run}, attempt 1\n"));
        Assert.That(log, Does.Match(
            @"job      exit code 0 after .*, peak memory \d+ MB a rank at most \(rank [01] on .*\)\nnext     crystalhpc status "));

        log = CrystalHpcCommand.Under(launcher, 2, "extract", run).Errors;
        Assert.That(log, Does.Contain($"run      {run}, attempt 2; the one before ended with exit code 0\n"));

        log = CrystalHpcCommand.Under(launcher, 2, "extract", run, "--shard", "99").Errors;
        Assert.That(log, Does.Contain("job      exit code 4 after").And.Contain("next     the message above says what to change"));
        Assert.That(CrystalHpcCommand.Under(launcher, 2, "extract", run, "--quiet").Errors, Is.Empty);
    }

    private static ChildResult Crystalhpc(params string[] arguments) => CrystalHpcCommand.Run(arguments);

    private static string Status(string run)
    {
        ChildResult result = Crystalhpc("status", run);
        Assert.That((result.ExitCode, result.Errors), Is.EqualTo((0, "")), result.ToString());
        return result.Output;
    }

    private static JsonNode Json(string run) => JsonNode.Parse(Crystalhpc("status", run, "--json").Output)!;
}
