using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Parallel;

namespace CrystalHpc.Tests.Engine.Runs;

/// <summary>When results may be kept.</summary>
public sealed class FinishedStageTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void Finish_a_stage()
    {
        _folder = new TemporaryFolder();
        foreach (string name in (string[])["a.csv", "b.csv", "c.csv"])
            _folder.Write($"fit/{name}", $"{name}\n");
        ForRanks(2, job => Stage(job, "options").Record());
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void Results_made_from_the_same_are_kept([Values(1, 2, 3)] int ranks) => Assert.That(IsCurrent(ranks, "options"), Is.True);

    [Test]
    public void Results_made_from_something_else_are_not() => Assert.That(IsCurrent(2, "other options"), Is.False);

    [Test]
    public void Results_of_another_build_are_not() => ForRanks(1, job => Assert.That(
        new FinishedStage(job, _folder["fit"], [typeof(ICommunicator)], () => "options").IsCurrent(), Is.False));

    [TestCase("b.csv", "changed\n")]
    [TestCase("b.csv", null)]
    [TestCase("new.csv", "new\n")]
    public void Results_that_changed_are_not(string name, string? content)
    {
        if (content is null)
            File.Delete(_folder[$"fit/{name}"]);
        else
            _folder.Write($"fit/{name}", content);
        Assert.That(IsCurrent(2, "options"), Is.False);
    }

    [Test]
    public void A_damaged_record_vouches_for_nothing()
    {
        File.AppendAllText(_folder["fit/finished.state"], " ");
        Assert.That(IsCurrent(2, "options"), Is.False);
    }

    [Test]
    public void A_known_digest_is_not_taken_again()
    {
        ForRanks(2, job => Stage(job, "options").Record(new SortedDictionary<string, string> { ["a.csv"] = "00" }));
        Assert.That(IsCurrent(2, "options"), Is.False);
    }

    private bool IsCurrent(int ranks, string madeFrom)
    {
        var found = new bool[ranks];
        ForRanks(ranks, job => found[job.World.Rank] = Stage(job, madeFrom).IsCurrent());
        Assert.That(found.Distinct().Count(), Is.EqualTo(1));
        return found[0];
    }

    private FinishedStage Stage(Job job, string madeFrom) => new(job, _folder["fit"], [typeof(FinishedStage)], () => madeFrom);

    private static void ForRanks(int ranks, Action<Job> work) => ThreadCommunicator.Run(
        ranks, world => work(new Job(world, new JobOptions(IsQuiet: true, Dealing.Static), null)));
}
