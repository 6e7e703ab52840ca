using System.Diagnostics;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Parallel;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Runs;

/// <summary>Verbs touch nothing that is not theirs, keep out of each other's way, and notice tables that were changed by hand.</summary>
public sealed class OwnershipTests
{
    private static readonly string Sample = Directory.EnumerateFiles(
        Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), "*.cif", SearchOption.AllDirectories)
        .First(path => File.ReadAllText(path).Contains("'Cl Na'", StringComparison.Ordinal));

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Make_a_folder() => _folder = new TemporaryFolder();

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [TestCase("run")]
    [TestCase("index")]
    public void A_directory_of_others_is_refused_whatever_else_is_wrong(string verb)
    {
        string[] files = [_folder.Write("theirs/index/chunk-000000.csv", "mine"), _folder.Write("theirs/a.tmp", "mine"),
            _folder.Write("theirs/report.html", "mine")];
        foreach (string corpus in (string[])[Sample, _folder["nowhere"]])
        {
            ChildResult result = CrystalHpcCommand.Run(verb, CrystalHpcCommand.Configuration("quickstart.json"), "--corpus", corpus,
                "--run", _folder["theirs"]);
            Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
            Assert.That(result.Errors, Does.Contain("nothing in it was touched. Name a new or an empty directory"));
            Assert.That(Directory.GetFiles(_folder["theirs"], "*", SearchOption.AllDirectories), Is.EquivalentTo(files));
            Assert.That(files.Select(File.ReadAllText), Is.All.EqualTo("mine"));
        }
    }

    [Test]
    public void A_run_that_another_job_works_on_is_left_to_it()
    {
        string run = _folder["run"];
        Assert.That(Run(run).ExitCode, Is.Zero);
        var job = new Job(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);
        using (DirectoryLock.Take(job, run, "fit"))
        {
            ChildResult[] results = [Run(run), CrystalHpcCommand.Run("merge", run), CrystalHpcCommand.Run("extract", run, "--shard", "0"),
                CrystalHpcCommand.Run("evaluate", run)];
            Assert.That(results.Select(result => result.ExitCode), Is.All.EqualTo(4), string.Join('\n', results.AsEnumerable()));
            Assert.That(results.Select(result => result.Errors), Is.All.Contains(
                $"is in use by 'crystalhpc fit', process {Environment.ProcessId} on "));
        }

        Assert.That(Run(run).ExitCode, Is.Zero);
    }

    [Test]
    public void A_job_that_was_killed_is_in_nobodys_way()
    {
        string run = _folder["run"];
        using Process job = Process.Start("dotnet", [CrystalHpcCommand.Program, .. Arguments(run), "--quiet"]);
        Assert.That(() => job.HasExited || Locks(run).Length > 0, Is.True.After(30).Seconds.PollEvery(5).MilliSeconds);
        job.Kill();
        job.WaitForExit();
        ChildResult again = Run(run);
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(Locks(run), Is.Empty);
    }

    [Test]
    public void A_verdict_changed_by_hand_is_noticed_by_all_that_work_on_merged_tables()
    {
        string run = _folder["run"], table = Path.Combine(run, "merged", "structures.csv");
        Assert.That(Run(run).ExitCode, Is.Zero);
        string merged = File.ReadAllText(table);
        File.WriteAllText(table, merged.Replace(",accepted,", ",rejected,", StringComparison.Ordinal)
            .Replace("accepted", "rejected", StringComparison.Ordinal));
        Assert.That(File.ReadAllText(table), Is.Not.EqualTo(merged));
        foreach (string verb in (string[])["fit", "evaluate", "report"])
        {
            ChildResult result = CrystalHpcCommand.Run(verb, run);
            Assert.That(result.ExitCode, Is.EqualTo(4), result.ToString());
            Assert.That(result.Errors, Does.Contain($"{table} is not as it was merged"));
        }

        Assert.That(CrystalHpcCommand.Run("merge", run).ExitCode, Is.Zero);
        Assert.That(File.ReadAllText(table), Is.EqualTo(merged));
    }

    [Test]
    public void Inspecting_overwrites_neither_the_file_itself_nor_one_of_others()
    {
        string copy = _folder["copy.cif"], theirs = _folder.Write("theirs.cif", "data_theirs\n");
        File.Copy(Sample, copy);
        foreach ((string output, string option) in ((string, string)[])[(copy, "--export"), (copy, "--svg"), (theirs, "--export"),
            (theirs, "--svg")])
            Assert.That(CrystalHpcCommand.Run("inspect", copy, option, output).ExitCode, Is.EqualTo(4));
        Assert.That(File.ReadAllBytes(copy), Is.EqualTo(File.ReadAllBytes(Sample)));
        Assert.That(File.ReadAllText(theirs), Is.EqualTo("data_theirs\n"));
        foreach ((string option, string output) in ((string, string)[])[("--export", "out.cif"), ("--export", "out.xyz"),
            ("--svg", "out.svg")])
        {
            Assert.That(CrystalHpcCommand.Run("inspect", copy, option, _folder[output]).ExitCode, Is.Zero);
            Assert.That(CrystalHpcCommand.Run("inspect", copy, option, _folder[output]).ExitCode, Is.Zero, "a file of ours is replaced");
        }
    }

    [Test]
    public void Columns_alone_do_not_make_an_XYZ_file_ours()
    {
        string theirs = _folder.Write("theirs.xyz", "1\nProperties=species:S:1:pos:R:3:site:I:1\nNa 0 0 0 0\n");
        Assert.That(CrystalHpcCommand.Run("inspect", Sample, "--export", theirs).ExitCode, Is.EqualTo(4));
        Assert.That(File.ReadAllText(theirs), Does.StartWith("1\nProperties"));
    }

    private static string[] Locks(string run) =>
        Directory.Exists(OwnedDirectory.MarkerOf(run)) ? Directory.GetFiles(OwnedDirectory.MarkerOf(run), "*.lock") : [];

    private static string[] Arguments(string run) =>
        ["run", CrystalHpcCommand.Configuration("quickstart.json"), "--corpus", Sample, "--run", run, "--threads", "1"];

    private static ChildResult Run(string run) => CrystalHpcCommand.Run(Arguments(run));
}
