using System.Text.Json.Nodes;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Runs;

/// <summary>How far a run is, told by directories that were made for it.</summary>
public sealed class RunStatusTests
{
    private const string Digest = "0123456789abcdef";
    private const string OtherHost = "a-node-that-this-machine-is-not";
    private const int FilesOfShard = 10;
    private static readonly DateTime Now = DateTime.UtcNow;
    private static readonly (string Name, string Report)[] FitAlone = [("fit", "fit")];

    private TemporaryFolder _folder = null!;
    private RunDirectory _run = null!;

    [SetUp]
    public void Make_a_folder()
    {
        _folder = new TemporaryFolder();
        _run = new RunDirectory(_folder["run"]);
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void Every_shard_is_done_failed_running_or_waiting()
    {
        RunRecord record = Indexed(shards: 8);
        Complete(0, Digest);
        Complete(1, Digest);
        Complete(2, "fedcba9876543210");
        File.WriteAllText(Path.Combine(Complete(3, Digest), "shard.json"), "{ \"shard\": 3, ");
        Begin(4, "rank-7");
        Begin(0, "rank-2");
        Directory.CreateDirectory(Path.Combine(_run.Shards, "9999"));
        Directory.CreateDirectory(Path.Combine(_run.Shards, "notes"));

        ShardStatus shards = ShardStatus.Read(_run, record, since: null);
        Assert.That((shards.Done, shards.Failed.Count, shards.Running.Count, shards.Waiting), Is.EqualTo((2, 3, 0, 3)));
        Assert.That(shards.Counts.Files, Is.EqualTo(2 * FilesOfShard));
        Assert.That(shards.Failed.Select(shard => $"{shard.Shard} {shard.Problem}"), Is.EqualTo(new[]
        {
            "2 stale: made with another configuration, corpus or format of tables", "3 its shard.json is damaged",
                "4 left unfinished by rank-7",
        }));

        shards = ShardStatus.Read(_run, record, since: Now.AddMinutes(-1));
        Assert.That((shards.Done, shards.Failed.Count, shards.Running.Count, shards.Waiting), Is.EqualTo((2, 2, 1, 3)));
        Assert.That(shards.Running[0], Is.EqualTo(new ShardProblem(4, "begun by rank-7")));
    }

    [Test]
    public void What_was_left_before_the_running_job_began_is_not_running()
    {
        RunRecord record = Indexed(shards: 2);
        Begin(0, "rank-0");
        Directory.SetLastWriteTimeUtc(_run.Shard(0) + ".rank-0.tmp", Now.AddHours(-2));
        Begin(1, "rank-0");
        ShardStatus shards = ShardStatus.Read(_run, record, since: Now.AddHours(-1));
        Assert.That(shards.Failed.Select(shard => shard.Shard), Is.EqualTo(new[] { 0 }));
        Assert.That(shards.Running.Select(shard => shard.Shard), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void Rate_and_time_left_are_those_of_the_job_that_is_running()
    {
        RunRecord record = Indexed(shards: 10);
        File.SetLastWriteTimeUtc(_run.RunJson, Now.AddHours(-5));
        for (int shard = 0; shard < 4; shard++)
            File.SetLastWriteTimeUtc(Path.Combine(Complete(shard, Digest), "shard.json"),
                shard < 2 ? Now.AddHours(-4) : Now.AddSeconds(-5));
        Attempt("extract", OtherHost, started: Now.AddSeconds(-40), seen: Now.AddSeconds(-10));
        RunStatus status = Status(record);
        Assert.That(status.FilesPerSecond, Is.EqualTo(2 * FilesOfShard / 40.0).Within(1e-9));
        Assert.That(status.SecondsLeft, Is.EqualTo(6 * FilesOfShard / 0.5).Within(1e-9));
        Assert.That(StateOf(status, "extract"), Is.EqualTo(StageState.Running));
        Assert.That(status.NextStep(), Is.Null);
    }

    [TestCase(60, ExpectedResult = AttemptState.Running)]
    [TestCase(600, ExpectedResult = AttemptState.Killed)]
    public AttemptState A_job_on_another_node_lives_as_long_as_it_gives_signs_of_life(int secondsAgo)
    {
        RunRecord record = Indexed(shards: 2);
        Attempt("run", OtherHost, Now.AddHours(-1), Now.AddSeconds(-secondsAgo));
        return Status(record).Attempts[0].State;
    }

    [Test]
    public void A_job_on_this_machine_is_looked_up_among_its_processes()
    {
        RunRecord record = Indexed(shards: 2);
        Attempt("merge", Environment.MachineName, DateTime.UtcNow, Now);
        Assert.That(Status(record).Attempts[0].State, Is.EqualTo(AttemptState.Running), "this process");
        Attempt("merge", Environment.MachineName, Now.AddYears(-1), Now);
        Assert.That(Status(record).Attempts[0].State, Is.EqualTo(AttemptState.Killed), "its number was that of another process a year ago");
    }

    [Test]
    public void A_killed_job_is_told_and_the_same_command_goes_on()
    {
        RunRecord record = Indexed(shards: 3);
        Complete(0, Digest);
        Begin(2, "rank-1");
        Attempt("extract", OtherHost, Now.AddHours(-2), Now.AddHours(-1));
        RunStatus status = Status(record);
        Assert.That((status.IsRunning, status.FilesPerSecond, StateOf(status, "extract")),
            Is.EqualTo((false, (double?)null, StageState.Waiting)));
        Assert.That(status.NextStep(), Is.EqualTo("give the same command again, it goes on where it stopped: crystalhpc extract"));
        Assert.That(status.Shards!.Failed.Single(), Is.EqualTo(new ShardProblem(2, "left unfinished by rank-1")));
    }

    [Test]
    public void Stages_after_one_that_must_be_done_again_are_outdated()
    {
        RunRecord record = Indexed(shards: 2);
        record.WriteStage(_run, "merge", "");
        Complete(0, Digest);
        Assert.That(States(record), Is.EqualTo("index done, extract waiting, merge outdated, fit waiting, report waiting"));
        Assert.That(Status(record).NextStep(), Is.EqualTo($"crystalhpc extract {_run.Root}"));
        Complete(1, Digest);
        Assert.That(States(record), Is.EqualTo("index done, extract done, merge done, fit waiting, report waiting"));
        Attempt("fit", OtherHost, Now.AddMinutes(-1), Now);
        Assert.That(States(record), Is.EqualTo("index done, extract done, merge done, fit running, report waiting"));
    }

    [Test]
    public void A_run_whose_corpus_is_being_listed_has_no_shards_yet()
    {
        Attempt("index", OtherHost, Now.AddMinutes(-1), Now);
        Assert.That(RunStatus.ProblemOf(_run), Is.Null);
        RunStatus status = RunStatus.Read(_run, null, [], Now);
        Assert.That(StateOf(status, "index"), Is.EqualTo(StageState.Running));
        Assert.That((status.Shards, status.SecondsLeft), Is.EqualTo(((ShardStatus?)null, (double?)null)));
    }

    [Test]
    public void A_torn_record_of_an_attempt_counts_as_none()
    {
        RunRecord record = Indexed(shards: 1);
        _folder.Write("run/logs/extract.job.json", "{ \"name\": \"extract\", ");
        _folder.Write("run/logs/merge.job.json", "{ \"name\": \"merge\" }");
        Assert.That(Status(record).Attempts, Is.Empty);
    }

    [Test]
    public void A_folder_that_is_no_run_is_answered_with_what_was_probably_meant()
    {
        Indexed(shards: 1);
        Directory.CreateDirectory(_run.Merged);
        string file = _folder.Write("cod.json", "{}");
        Assert.That(RunStatus.ProblemOf(_run), Is.Null);
        Assert.That(RunStatus.ProblemOf(new RunDirectory(_folder.Path)), Does.EndWith("is not a run directory; these in it are: run"));
        Assert.That(RunStatus.ProblemOf(new RunDirectory(_run.Merged)),
            Does.EndWith($"is not a run directory; it lies in one: {_run.Root}"));
        Assert.That(RunStatus.ProblemOf(new RunDirectory(file)), Does.EndWith("is a file; give the directory of a run (--run of the job)"));
        Assert.That(RunStatus.ProblemOf(new RunDirectory(_folder["none"])), Does.StartWith("there is no directory"));
    }

    [Test]
    public void An_attempt_is_recorded_from_its_beginning_to_its_end_and_the_next_one_counts_on()
    {
        foreach (int attempt in new[] { 1, 2 })
        {
            var job = new Job(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static, Verb: "extract"), null);
            RunAttempt.Begin(job, _run, "3-of-100");
            AttemptRecord begun = AttemptRecord.Read(AttemptRecord.PathOf(_run, "extract-3-of-100"))!;
            Assert.That((begun.Attempt, begun.ExitCode, begun.Process), Is.EqualTo((attempt, (int?)null, Environment.ProcessId)));
            job.End(ExitCode.Stopped);
            AttemptRecord ended = AttemptRecord.Read(AttemptRecord.PathOf(_run, "extract-3-of-100"))!;
            Assert.That((ended.Attempt, ended.ExitCode), Is.EqualTo((attempt, (int?)75)));
        }
    }

    private RunStatus Status(RunRecord record) => RunStatus.Read(_run, record, FitAlone, Now);

    private string States(RunRecord record) =>
        string.Join(", ", Status(record).Stages.Select(stage => $"{stage.Name} {stage.State.ToString().ToLowerInvariant()}"));

    private static StageState StateOf(RunStatus status, string stage) => status.Stages.Single(item => item.Name == stage).State;

    private RunRecord Indexed(int shards)
    {
        var record = new RunRecord
        {
            Format = RunRecord.CurrentFormat,
            CodeVersion = "test",
            Formats = [],
            ExtractionDigest = Digest,
            Corpus = new CorpusRecord([], shards * FilesOfShard, 1000, shards, ""),
            Configuration = new JsonObject(),
        };
        record.Write(_run);
        return record;
    }

    private string Complete(int shard, string digest)
    {
        using var folder = new ShardFolder(_run, shard);
        folder.Seal(digest, new ShardCounts(FilesOfShard, FilesOfShard, 7, 1, []));
        return _run.Shard(shard);
    }

    private void Begin(int shard, string by) => Directory.CreateDirectory($"{_run.Shard(shard)}.{by}.tmp");

    private void Attempt(string name, string host, DateTime started, DateTime seen)
    {
        new AttemptRecord(name, name, "test", 1, host, Environment.ProcessId, null, 1, started, null, null).Write(_run);
        File.SetLastWriteTimeUtc(AttemptRecord.PathOf(_run, name), seen);
    }
}
