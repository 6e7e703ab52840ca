using CrystalHpc.Chaos;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands.Runs;

/// <summary>
/// A few runs of the chaos program, one of each kind: whatever happens to a job, started again it ends with the same tables.
/// </summary>
[Category("Mpi")]
[Category("Slow")]
[NonParallelizable]
public sealed class ChaosTests
{
    private TemporaryFolder _folder = null!;
    private Laboratory _laboratory = null!;

    [OneTimeSetUp]
    public void Run_undisturbed()
    {
        LaunchedProgram.RequireTool(LaunchedProgram.OpenMpi);
        LaunchedProgram.RequireTool(LaunchedProgram.Mpich);
        _folder = new TemporaryFolder();
        _laboratory = new Laboratory(_folder.Path, Laboratory.Quickstart, corpus: null);
    }

    [OneTimeTearDown]
    public void Remove_the_runs() => _folder?.Dispose();

    [Test]
    public void A_disturbed_job_started_again_ends_with_the_same_tables([Values] Kind kind)
    {
        var experiment = new Experiment(_laboratory, _folder[kind.ToString()], seed: 17 + (int)kind);
        Assert.That(experiment.Run(kind), Is.Null, experiment.Story);
    }

    [Test]
    public void A_killed_training_started_again_ends_with_the_same_model()
    {
        var laboratory = Laboratory.OfTraining(Directory.CreateDirectory(_folder["training"]).FullName);
        var experiment = new Experiment(laboratory, _folder["killed-training"], seed: 5);
        Assert.That(experiment.Run(Kind.KillUnderOpenMpi), Is.Null, experiment.Story);
    }
}
