using System.Diagnostics;
using System.Globalization;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Runs;

/// <summary>Two jobs never write the same in a directory; a job that has ended is in nobody's way.</summary>
public sealed class DirectoryLockTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(400);
    private static readonly Job Job = new(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);
    private static readonly ProcessIdentity Elsewhere = new("node17", 4711, 99);

    private TemporaryFolder _folder = null!;

    private string Run => _folder["run"];

    [SetUp]
    public void Make_a_run()
    {
        _folder = new TemporaryFolder();
        OwnedDirectory.Claim(Run);
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void The_second_job_learns_who_the_first_is_and_comes_in_when_that_has_ended()
    {
        using (DirectoryLock.Take(Job, Run, "fit"))
        {
            Assert.That(
                () => DirectoryLock.Take(Job, Run, "merge"),
                Throws.TypeOf<UserException>().With.Property(nameof(UserException.Code)).EqualTo(ExitCode.Unusable)
                    .And.Message.Contains(
                        $"{Run} is in use by 'crystalhpc fit', process {Environment.ProcessId} on {ProcessIdentity.Own.Host}, since 20"));
        }

        Assert.That(() => DirectoryLock.Take(Job, Run, "merge").Dispose(), Throws.Nothing);
        Assert.That(Locks(), Is.Empty);
    }

    [Test]
    public void Extractions_of_different_shards_go_on_side_by_side_and_everything_else_waits_for_them()
    {
        using DirectoryLock odd = DirectoryLock.Take(Job, Run, "extract", [1, 3, 5]);
        using DirectoryLock even = DirectoryLock.Take(Job, Run, "extract", [0, 2, 4]);
        foreach (int[]? shards in (int[]?[])[[5, 6], [0], null])
            Assert.That(() => DirectoryLock.Take(Job, Run, "extract", shards),
                Throws.TypeOf<UserException>().With.Message.Contains("in use by 'crystalhpc extract'"));
        odd.Dispose();
        using DirectoryLock again = DirectoryLock.Take(Job, Run, "extract", [5, 6]);
        Assert.That(Locks(), Has.Length.EqualTo(2));
    }

    [Test]
    public void The_lock_of_a_process_that_was_killed_is_stale()
    {
        using Process process = Process.Start("sleep", "60");
        string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
        var identity = new ProcessIdentity(ProcessIdentity.Own.Host, process.Id,
            long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], CultureInfo.InvariantCulture));
        Write(Holder(identity));
        Assert.That(() => Take(Holder(ProcessIdentity.Own)), Throws.TypeOf<UserException>(), "it runs");
        process.Kill();
        process.WaitForExit();
        Assert.That(() => Take(Holder(ProcessIdentity.Own)), Throws.Nothing);
        Assert.That(Locks(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_later_process_of_the_same_number_is_another()
    {
        Write(Holder(ProcessIdentity.Own with { Started = ProcessIdentity.Own.Started - 1 }));
        Assert.That(() => Take(Holder(ProcessIdentity.Own)), Throws.Nothing);
    }

    [Test]
    public void A_lock_from_elsewhere_is_stale_when_it_shows_no_sign_of_life()
    {
        Write(Holder(Elsewhere));
        Assert.That(() => Take(Holder(ProcessIdentity.Own)), Throws.Nothing);
        Assert.That(Locks(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_lock_from_elsewhere_is_kept_when_its_time_stamp_is_renewed()
    {
        string file = Write(Holder(Elsewhere) with { SlurmJob = "12_3" });
        DateTime stamp = DateTime.UnixEpoch;
        using var heart = new Timer(_ => File.SetLastWriteTimeUtc(file, stamp += TimeSpan.FromSeconds(10)), null, 0, 50);
        Assert.That(
            () => DirectoryLock.Register(Job, Run, Holder(ProcessIdentity.Own), TimeSpan.FromMinutes(1)),
            Throws.TypeOf<UserException>().With.Message.Contains("process 4711 on node17, Slurm job 12_3, since").And.Message.Contains(
            $"remove {file}"));
    }

    [TestCase(1, true)]
    [TestCase(0, false)]
    public void A_job_that_slurm_put_back_into_the_queue_takes_its_own_lock_over(int restarts, bool isGone)
    {
        LockHolder first = Holder(Elsewhere) with { SlurmJob = "12" };
        Assert.That(first.IsGone(Holder(ProcessIdentity.Own) with { SlurmJob = "12", SlurmRestarts = restarts }), Is.EqualTo(isGone));
    }

    [Test]
    public void A_lock_that_cannot_be_read_is_nobodys()
    {
        File.WriteAllText(Path.Combine(OwnedDirectory.MarkerOf(Run), "crystalhpc-a-1-2-3.lock"), "{ \"process\":");
        Assert.That(() => Take(Holder(ProcessIdentity.Own)), Throws.Nothing);
    }

    [Test]
    public void Of_many_jobs_that_begin_at_the_same_moment_one_comes_in()
    {
        int taken = 0, refused = 0;
        var locks = new System.Collections.Concurrent.ConcurrentBag<DirectoryLock>();
        System.Threading.Tasks.Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ =>
        {
            try
            {
                locks.Add(DirectoryLock.Take(Job, Run, "run"));
                Interlocked.Increment(ref taken);
            }
            catch (UserException)
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.That((taken, refused), Is.EqualTo((1, 5)));
        locks.Single().Dispose();
    }

    // The file of this job lies between the two others, which run: it outwaits the later one until the earlier one is there, and then gives
    // way at once.
    [Test]
    public void A_job_that_outwaits_another_gives_way_to_one_that_comes_first_as_soon_as_that_arrives()
    {
        string later = Named("z", "merge"), earlier = Path.Combine(OwnedDirectory.MarkerOf(Run), "a.lock");
        byte[] fit = (Holder(ProcessIdentity.Own) with { Verb = "fit" }).ToBytes();
        using var arrival = new Timer(_ => File.WriteAllBytes(earlier, fit), null, 300, Timeout.Infinite);
        Assert.That(() => Take(Holder(ProcessIdentity.Own)), Throws.TypeOf<UserException>().With.Message.Contains(
            "in use by 'crystalhpc fit'"));
        Assert.That((File.Exists(later), File.Exists(earlier)), Is.EqualTo((true, true)));
    }

    private string Named(string name, string verb)
    {
        string file = Path.Combine(OwnedDirectory.MarkerOf(Run), $"{name}.lock");
        File.WriteAllBytes(file, (Holder(ProcessIdentity.Own) with { Verb = verb }).ToBytes());
        return file;
    }

    private static LockHolder Holder(ProcessIdentity process) => new(process, null, 0, DateTimeOffset.UtcNow, "run", null);

    private string Take(LockHolder asking) => DirectoryLock.Register(Job, Run, asking, Silence);

    private string Write(LockHolder holder)
    {
        string file = Path.Combine(OwnedDirectory.MarkerOf(Run), $"{holder.Process.FileName}-1.lock");
        File.WriteAllBytes(file, holder.ToBytes());
        return file;
    }

    private string[] Locks() => Directory.GetFiles(OwnedDirectory.MarkerOf(Run), "*.lock");
}
