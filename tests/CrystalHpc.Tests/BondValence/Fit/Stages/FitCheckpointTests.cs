using System.Text;
using CrystalHpc.BondValence;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Parallel;
using CrystalHpc.Tests.Commands;

namespace CrystalHpc.Tests.BondValence.Fit.Stages;

/// <summary>A fit that is stopped and taken up again, however often, ends with the bytes of one that was left alone.</summary>
public sealed class FitCheckpointTests
{
    private TemporaryFolder _folder = null!;
    private RunDirectory _run = null!;
    private OpenRun _open = null!;
    private RunConfiguration _configuration = null!;
    private SortedDictionary<string, byte[]> _undisturbed = null!;

    private string Checkpoint => Path.Combine(_run.Fit, "checkpoint.state");

    [SetUp]
    public void Run_undisturbed()
    {
        _folder = new TemporaryFolder();
        _run = new RunDirectory(_folder["run"]);
        _configuration = CommandLine.Systems.Configuration.Read(CrystalHpcCommand.Configuration("quickstart.json"))
            .WithRunDirectory(_run.Root);
        var job = new Job(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);
        _open = IndexStage.Run(job, CommandLine.Systems, _configuration);
        ExtractStage.Run(job, CommandLine.Systems, _open, []);
        MergeStage.Run(job, CommandLine.Systems, _open, others: []);
        FitStage.Run(job, _open);
        _undisturbed = RunTables.Read(_run.Root);
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [TestCase(1)]
    [TestCase(3)]
    public void A_fit_stopped_again_and_again_ends_with_the_same_bytes(int ranks)
    {
        Directory.Delete(_run.Fit, recursive: true);
        (int stops, HashSet<bool> searches) = (0, []);
        for (int look = 1; !RunOnce(ranks, look); look += 1 + look / 8)
        {
            stops++;
            if (File.Exists(Checkpoint))
                searches.Add(Encoding.UTF8.GetString(File.ReadAllBytes(Checkpoint))
                    .Contains("\"FirstMinimum\":null", StringComparison.Ordinal));
        }

        Assert.That(stops, Is.Positive);
        Assert.That(searches, Is.EquivalentTo((bool[])[true, false]),
            "stops fell into the first search for the minimum and into the second");
        RunTables.AssertSame(_undisturbed, RunTables.Read(_run.Root));
        Assert.That(File.Exists(Checkpoint), Is.False);
    }

    [TestCase("damaged")]
    [TestCase("of another fit")]
    public void A_checkpoint_that_does_not_fit_is_not_used(string how)
    {
        Directory.Delete(_run.Fit, recursive: true);
        for (int look = 1; !File.Exists(Checkpoint); look++)
            Assert.That(RunOnce(1, look), Is.False, "the fit was over before it could be stopped");
        byte[] bytes = File.ReadAllBytes(Checkpoint);
        if (how == "damaged")
        {
            bytes[^40] ^= 1;
            File.WriteAllBytes(Checkpoint, bytes);
        }
        else
        {
            FitOptions other = _configuration.Get(BondValenceSections.Fit) with { SoftnessPriorMeanAngstrom = 0.4 };
            var job = new Job(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);
            Assert.That(FitCheckpoint.Open(job, _run, other, priorTable: null).Checkpointing.ResumeFrom, Is.Null);
        }

        Assert.That(RunOnce(1, int.MaxValue), Is.True);
        RunTables.AssertSame(_undisturbed, RunTables.Read(_run.Root));
    }

    // True when the fit came to its end before the given number of looks whether it is to stop.
    private bool RunOnce(int ranks, int looks)
    {
        using var signals = new StopSignals();
        signals.RequestAtLook(looks);
        bool isDone = false;
        ThreadCommunicator.Run(ranks, world =>
        {
            try
            {
                FitStage.Run(new Job(world, new JobOptions(IsQuiet: true, Dealing.Static), signals), _open);
                isDone = true;
            }
            catch (UserException stop)
            {
                Assert.That(stop.Code, Is.EqualTo(ExitCode.Stopped), stop.Message);
            }
        });
        return isDone;
    }
}
