using CrystalHpc.BondValence;
using CrystalHpc.BondValence.Fit;
using CrystalHpc.Engine.Configuration;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Stages;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;
using CrystalHpc.Tests.Commands;

namespace CrystalHpc.Tests.BondValence.Fit.Stages;

/// <summary>The bootstrap of a run over teams of ranks.</summary>
[Category("Slow")]
public sealed class BootstrapStageTests
{
    private const int Replicates = 10;

    private TemporaryFolder _folder = null!;
    private RunDirectory _run = null!;
    private OpenRun _open = null!;
    private RunConfiguration _configuration = null!;
    private SortedDictionary<string, byte[]> _alone = null!;

    private string Table => Path.Combine(_run.Fit, "bootstrap.csv");

    [SetUp]
    public void Run_on_one_rank()
    {
        _folder = new TemporaryFolder();
        _run = new RunDirectory(_folder["run"]);
        _configuration = CommandLine.Systems.Configuration.Read(CrystalHpcCommand.Configuration("quickstart.json"))
            .WithRunDirectory(_run.Root);
        _configuration = WithReplicates(Replicates);
        var job = new Job(new SerialCommunicator(), new JobOptions(IsQuiet: true, Dealing.Static), null);
        _open = IndexStage.Run(job, CommandLine.Systems, _configuration);
        ExtractStage.Run(job, CommandLine.Systems, _open, []);
        MergeStage.Run(job, CommandLine.Systems, _open, others: []);
        FitStage.Run(job, _open);
        _alone = RunTables.Read(_run.Root);
    }

    [TearDown]
    public void Remove_it() => _folder.Dispose();

    [Test]
    public void The_table_has_the_pairs_of_the_fit_and_figures_where_three_groups_speak()
    {
        BootstrapRow[] rows = [.. Csv.Read<BootstrapRow>(Table)];
        ParameterRow[] parameters = [.. Csv.Read<ParameterRow>(Path.Combine(_run.Fit, "parameters.csv"))];
        Assert.That(
            rows.Select(row => (row.Cation, row.CationCharge, row.Anion, row.AnionCharge, row.Groups)),
            Is.EqualTo(parameters.Select(row => (row.Cation, row.CationCharge, row.Anion, row.AnionCharge, row.Groups))));
        Assert.That(rows.Select(row => row.Replicates), Is.All.EqualTo(Replicates));
        Assert.That(rows.Select(row => row.R0SdA is > 0), Is.EqualTo(rows.Select(row => row.Groups >= 3)));
        Assert.That(rows.Where(row => row.Groups >= 3), Has.All.Matches<BootstrapRow>(row
            => row is not null && row.R0Low95A < row.R0High95A && row.BLow95A < row.BHigh95A));
        Assert.That(_open.Record.Stage<BootstrapReport>("bootstrap")?.Replicates, Is.EqualTo(Replicates));
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(13)]
    public void Any_number_of_ranks_gives_the_same_bytes(int ranks)
    {
        Directory.Delete(_run.Fit, recursive: true);
        Fit(ranks, null);
        RunTables.AssertSame(_alone, RunTables.Read(_run.Root));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void A_signal_stops_it_between_replicates_with_the_fit_written_and_the_next_try_gives_the_same_bytes(int ranks)
    {
        bool wasInBootstrap = false;
        for (int look = 1; !wasInBootstrap; look++)
        {
            // A stop before the tables are written leaves no folder.
            if (Directory.Exists(_run.Fit))
                Directory.Delete(_run.Fit, recursive: true);
            using var signals = new StopSignals();
            signals.RequestAtLook(look);
            Assert.That(Fit(ranks, signals), Is.EqualTo(ExitCode.Stopped), $"look {look}: the fit was over before it could be stopped");
            Assert.That(File.Exists(Table), Is.False);
            wasInBootstrap = File.Exists(Path.Combine(_run.Fit, "parameters.csv"));
        }

        Assert.That(Fit(ranks, null), Is.EqualTo(ExitCode.Done));
        RunTables.AssertSame(_alone, RunTables.Read(_run.Root));
    }

    [Test]
    public void A_fit_without_bootstrap_removes_that_of_an_earlier_fit()
    {
        _open = _open with { Configuration = WithReplicates(0) };
        Fit(1, null);
        Assert.That(File.Exists(Table), Is.False);
        Assert.That(RunRecord.Read(_run).Stages.Keys, Has.None.EqualTo("bootstrap"));
    }

    private ExitCode Fit(int ranks, StopSignals? signals)
    {
        var code = ExitCode.Done;
        ThreadCommunicator.Run(ranks, world =>
        {
            try
            {
                FitStage.Run(new Job(world, new JobOptions(IsQuiet: true, Dealing.Static), signals), _open);
            }
            catch (UserException stop)
            {
                code = stop.Code;
            }
        });
        return code;
    }

    private RunConfiguration WithReplicates(int replicates) => _configuration.With(
        BondValenceSections.Fit, _configuration.Get(BondValenceSections.Fit) with { BootstrapReplicates = replicates });
}
