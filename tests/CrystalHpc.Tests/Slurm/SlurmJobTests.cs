using System.Globalization;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Slurm;

/// <summary>The scripts in <c>slurm/</c> on a real Slurm of one node.</summary>
[Category("Slurm")]
[NonParallelizable]
public sealed class SlurmJobTests
{
    private static readonly string[] TimeLimitOfTwoMinutes = ["--time=2", "--ntasks=1"];
    private static readonly string Quickstart = CrystalHpcCommand.Configuration("quickstart.json");

    private SlurmCluster _cluster = null!;
    private TemporaryFolder _folder = null!;
    private SortedDictionary<string, byte[]> _tables = null!;
    private Task<string> _limited = null!;

    [OneTimeSetUp]
    public void Start_the_cluster_and_the_job_with_a_time_limit()
    {
        _cluster = SlurmCluster.Start(nodes: 1);
        _folder = new TemporaryFolder();
        _limited = Task.Run(RunIntoTheTimeLimit);
        ChildResult reference = CrystalHpcCommand.Run("run", Quickstart, "--run", _folder["reference"]);
        Assert.That(reference.ExitCode, Is.Zero, reference.ToString());
        _tables = RunTables.Read(_folder["reference"]);
    }

    [OneTimeTearDown]
    public void Stop_the_cluster()
    {
        if (_limited is not null)
            Task.WhenAny(_limited).Wait();
        _limited?.Dispose();
        _cluster?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    public void The_whole_job_gives_what_it_gives_without_slurm()
    {
        Assert.That(_cluster.StateAtEnd(WholeJob("whole")), Is.EqualTo("COMPLETED"));
        RunTables.AssertSame(_tables, RunTables.Read(_folder["whole"]));
    }

    [Test]
    public void A_job_from_any_folder_with_any_names_logs_its_beginning_and_its_end_into_the_run_directory()
    {
        string program = _folder.WriteProgram("my crystal", $"exec dotnet '{CrystalHpcCommand.Program}' \"$@\"");
        string scripts = Path.Combine(_folder["it's 5 $HOME"], "slurm"), run = Path.Combine(_folder.Path, "my 'run' $1 %j");
        CopyFolder(Path.Combine(TestPaths.RepositoryRoot, "slurm"), scripts);
        string elsewhere = Directory.CreateDirectory(_folder["elsewhere"]).FullName;
        ChildResult submitted = _cluster.RunIn(
            elsewhere, ["sbatch", "--parsable", "--ntasks=2", "../it's 5 $HOME/slurm/run.sbatch", Quickstart, "--run", run],
            ("CRYSTALHPC", $"'{program}'"));
        string job = submitted.LastLine;
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("COMPLETED"), _cluster.LogOf(job));
        RunTables.AssertSame(_tables, RunTables.Read(run));
        string log = File.ReadAllText(Path.Combine(run, "logs", $"run-{job}.log"));
        Assert.That(log, Does.StartWith($"== Slurm job {job} (run) on n1: 1 nodes, 2 tasks, 1 cores each\n"));
        Assert.That(log, Does.Contain("srun --mpi=pmix --wait=60 ").And.Contain("job      crystalhpc run ").And.Contain(
            "2 ranks on 1 node"));
        Assert.That(log, Does.Contain("MPI").And.Contain($"run      {run}, attempt 1\n").And.Match(
            "job      exit code 0 after .*, peak memory [0-9]+ MB a rank"));
        Assert.That(log, Does.Match($"next     crystalhpc status .*\n== Slurm job {job}: exit code 0 after [0-9]+ s"));
        Assert.That(_cluster.LogOf(job), Does.StartWith($"log: {run}/logs/"));
    }

    [Test]
    public void A_killed_rank_names_its_shard_and_the_job_goes_on_when_it_is_submitted_again()
    {
        string run = _folder["killed"], shards = Path.Combine(run, "shards");
        string job = WholeJob("killed", "--ntasks=2");
        int[] processes = [];
        string[] left = [];
        SlurmCluster.WaitUntil("a rank is held at a shard", () =>
        {
            if (!Directory.Exists(shards) || Directory.GetDirectories(shards, "*.tmp").Length == 0)
                return false;
            Signal("-STOP", processes = [.. HeldProcesses(run)]);
            left = [.. Directory.GetDirectories(shards, "*.tmp").Select(folder => Path.GetFileName(folder)!)];
            if (left.Length == 0)
                Signal("-CONT", processes);
            return left.Length > 0;
        });
        Signal("-KILL", processes);
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("FAILED"), _cluster.LogOf(job));
        string log = _cluster.LogOf(job);
        foreach (string[] name in left.Select(folder => folder.Split('.')))
            Assert.That(log, Does.Contain($"shard {int.Parse(name[0], CultureInfo.InvariantCulture)} left unfinished by {name[1]}"));
        Assert.That(log, Does.Contain("Killed").And.Contain("a rank was killed or lost").And.Contain("submit the same again"));
        job = WholeJob("killed", "--ntasks=2");
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("COMPLETED"), _cluster.LogOf(job));
        Assert.That(_cluster.LogOf(job), Does.Contain("attempt 2; the one before was killed"));
        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    public void One_shard_is_extracted_anew()
    {
        string run = _folder["reference"];
        string mark = Path.Combine(new RunDirectory(run).Shard(5), "shard.json");
        DateTime before = File.GetLastWriteTimeUtc(mark);
        string job = _cluster.Submit(["--ntasks=1", "slurm/stage.sbatch", "extract", run, "--shard", "5"]);
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("COMPLETED"), _cluster.LogOf(job));
        Assert.That(File.GetLastWriteTimeUtc(mark), Is.GreaterThan(before));
        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    public void A_chain_with_an_array_gives_the_same()
    {
        Dictionary<string, string> jobs = _cluster.SubmitChain("--array", "3", Quickstart, _folder["array"]);
        Assert.That(_cluster.StateAtEnd(jobs["report"]), Is.EqualTo("COMPLETED"));
        Assert.That(
            Directory.GetFiles(new RunDirectory(_folder["array"]).Logs, "*.log").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Is.EqualTo(new[]
            {
                $"evaluate-{jobs["evaluate"]}.log", $"extract-{jobs["extract"]}_0.log", $"extract-{jobs["extract"]}_1.log",
                    $"extract-{jobs["extract"]}_2.log",
                $"fit-{jobs["fit"]}.log", $"index-{jobs["index"]}.log", $"merge-{jobs["merge"]}.log", $"report-{jobs["report"]}.log",
            }));
        RunTables.AssertSame(_tables, RunTables.Read(_folder["array"]));
    }

    [Test]
    public void A_shard_that_fails_stops_the_chain_until_it_is_made_again()
    {
        string run = _folder["failing"];
        string corpus = Path.Combine(_folder["copy"], "cod");
        CopyFolder(Path.Combine(TestPaths.RepositoryRoot, "samples", "cod"), corpus);
        ChildResult indexed = CrystalHpcCommand.Run("index", Quickstart, "--corpus", corpus, "--run", run);
        Assert.That(indexed.ExitCode, Is.Zero, indexed.ToString());
        string lost = Directory.EnumerateFiles(corpus, "*.cif", SearchOption.AllDirectories).First(), aside = _folder["aside.cif"];
        File.Move(lost, aside);

        Dictionary<string, string> jobs = _cluster.SubmitChain("--array", "3", Quickstart, run, "--corpus", corpus);
        Assert.That(_cluster.StateAtEnd(jobs["report"]), Is.EqualTo("CANCELLED"));
        Assert.That(_cluster.StateAtEnd(jobs["merge"]), Is.EqualTo("CANCELLED"));
        Assert.That(_cluster.StateAtEnd(jobs["extract"]), Does.Contain("FAILED"));
        Assert.That(Directory.Exists(new RunDirectory(run).Merged), Is.False);

        File.Move(aside, lost);
        string shard = Csv.Read<ManifestRow>(new RunDirectory(run).Manifest)
            .First(row => lost.EndsWith(row.Path, StringComparison.Ordinal)).Shard.ToString(CultureInfo.InvariantCulture);
        string again = _cluster.Submit(["--ntasks=1", "slurm/stage.sbatch", "extract", run, "--shard", shard]);
        Assert.That(_cluster.StateAtEnd(again), Is.EqualTo("COMPLETED"), _cluster.LogOf(again));
        jobs = _cluster.SubmitChain("--array", "3", Quickstart, run, "--corpus", corpus);
        Assert.That(_cluster.StateAtEnd(jobs["report"]), Is.EqualTo("COMPLETED"));
        RunTables.AssertSame(_tables, RunTables.Read(run));
    }

    [Test]
    public void Fits_of_one_run_by_two_configurations_lie_beside_it()
    {
        string run = _folder["reference"];
        string same = CrystalHpcCommand.Extending(_folder, "same.json", "quickstart.json", "\"fit\": { }");
        string other = CrystalHpcCommand.Extending(_folder, "other.json", "quickstart.json", "\"fit\": { \"sigma_valence\": 0.24 }");
        string job = _cluster.Submit(["--array=0-1", "slurm/fits.sbatch", run, same, other]);
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("COMPLETED"));
        byte[] expected = _tables[Path.Combine("fit", "parameters.csv")];
        Assert.That(File.ReadAllBytes(Path.Combine(run + "-same", "fit", "parameters.csv")), Is.EqualTo(expected));
        Assert.That(File.ReadAllBytes(Path.Combine(run + "-other", "fit", "parameters.csv")), Is.Not.EqualTo(expected));
    }

    [Test]
    public void A_cancelled_job_does_not_come_back()
    {
        string job = WholeJob("cancelled");
        SlurmCluster.WaitUntil("the job has begun", () => File.Exists(new RunDirectory(_folder["cancelled"]).RunJson));
        _cluster.Run(["scancel", job]);
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("CANCELLED"));
        Thread.Sleep(2000);
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("CANCELLED"));
        Assert.That(_cluster.RestartsOf(job), Is.Zero);
    }

    [Test]
    public void The_time_limit_ahead_a_job_stops_and_queues_again_and_goes_on()
    {
        string job = _limited.GetAwaiter().GetResult();
        string state = _cluster.StateAtEnd(job), log = _cluster.LogOf(job);
        Assert.That(state, Is.EqualTo("COMPLETED"), log);
        Assert.That(_cluster.RestartsOf(job), Is.EqualTo(1));
        Assert.That(log, Does.Contain("stopped by SIGUSR1").And.Contain("shards are complete already"));
        RunTables.AssertSame(_tables, RunTables.Read(_folder["limited"]));
    }

    private string WholeJob(string run, params string[] options) =>
        _cluster.Submit([.. options, "slurm/run.sbatch", Quickstart, "--run", _folder[run]]);

    // The work is short, and Slurm looks at time limits every half minute: the process is held until the signal is on its way.
    private string RunIntoTheTimeLimit()
    {
        string job = WholeJob("limited", TimeLimitOfTwoMinutes);
        string shards = Path.Combine(_folder["limited"], "shards");
        SlurmCluster.WaitUntil("two shards are complete", () => Directory.Exists(shards) && Directory.EnumerateDirectories(shards)
            .Count(shard => File.Exists(Path.Combine(shard, "shard.json"))) >= 2);
        int[] processes = [.. HeldProcesses(_folder["limited"])];
        Signal("-STOP", processes);
        SlurmCluster.WaitUntil("Slurm warns of the time limit", () => _cluster.LogOf(job)
            .Contains("time limit ahead", StringComparison.Ordinal));
        Signal("-CONT", processes);
        SlurmCluster.WaitUntil("the job is queued again", () => _cluster.RestartsOf(job) == 1);
        _cluster.Run(["scontrol", "update", $"JobId={job}", "TimeLimit=60"]);
        return job;
    }

    private static IEnumerable<int> HeldProcesses(string run)
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out int process))
                continue;
            string command = "";
            try
            {
                command = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
            }

            string[] words = command.Split('\0');
            if (Path.GetFileName(words[0]) == "dotnet" && words.Contains(run))
                yield return process;
        }
    }

    private static void Signal(string signal, int[] processes)
    {
        Assert.That(processes, Is.Not.Empty, "the process to be held has ended already");
        ChildResult result = ChildProcess.Run("bash", ["-c", $"kill {signal} {string.Join(' ', processes)}"]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
    }

    private static void CopyFolder(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
