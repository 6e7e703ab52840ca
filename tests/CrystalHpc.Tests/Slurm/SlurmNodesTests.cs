using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Slurm;

/// <summary>
/// The scripts in <c>slurm/</c> on a real Slurm of two nodes, each with a host name of its own, by srun with both families of MPI.
/// </summary>
[Category("Slurm")]
[NonParallelizable]
public sealed class SlurmNodesTests
{
    private const string Pmix = "srun --mpi=pmix --wait=60";
    private const string Pmi2 = "srun --mpi=pmi2 --wait=60";
    private static readonly string Quickstart = CrystalHpcCommand.Configuration("quickstart.json");
    private static readonly string[] OneRankOnEachNode = ["--nodes=2", "--ntasks-per-node=1"];

    private SlurmCluster _cluster = null!;
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Start_the_cluster()
    {
        _cluster = SlurmCluster.Start(nodes: 2);
        _folder = new TemporaryFolder();
    }

    [OneTimeTearDown]
    public void Stop_the_cluster()
    {
        _cluster?.Dispose();
        _folder?.Dispose();
    }

    [TestCase(Pmix, LaunchedProgram.OpenMpi, "Open MPI")]
    [TestCase(Pmi2, LaunchedProgram.Mpich, "MPICH")]
    [TestCase("mpirun.openmpi", LaunchedProgram.OpenMpi, "Open MPI")]
    [TestCase("mpirun.mpich", LaunchedProgram.Mpich, "MPICH")]
    public void Ranks_of_both_nodes_are_one_job(string launch, string tool, string library)
    {
        LaunchedProgram.RequireTool(tool);
        string job = _cluster.Submit([.. OneRankOnEachNode, "slurm/stage.sbatch", "info"], ("LAUNCH", launch));
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("COMPLETED"), _cluster.LogOf(job));
        Assert.That(_cluster.LogOf(job), Does.Contain(library).And.Match("ranks +2, 1 on this node"));
    }

    [TestCase(Pmix, LaunchedProgram.OpenMpi, "pmix")]
    [TestCase(Pmi2, LaunchedProgram.Mpich, "pmi2")]
    public void The_whole_job_gives_the_same_tables_by_either_family(string launch, string tool, string run)
    {
        LaunchedProgram.RequireTool(tool);
        string job = _cluster.Submit([.. OneRankOnEachNode, "slurm/run.sbatch", Quickstart, "--run", _folder[run]], ("LAUNCH", launch));
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("COMPLETED"), _cluster.LogOf(job));
        RunTables.AssertSame(Reference(), RunTables.Read(_folder[run]));
    }

    [Test]
    public void A_chain_of_stages_under_mpi_gives_the_same()
    {
        LaunchedProgram.RequireTool(LaunchedProgram.OpenMpi);
        Dictionary<string, string> jobs = _cluster.SubmitChain(Quickstart, _folder["chain"]);
        Assert.That(_cluster.StateAtEnd(jobs["report"]), Is.EqualTo("COMPLETED"));
        RunTables.AssertSame(Reference(), RunTables.Read(_folder["chain"]));
    }

    [Test]
    public void A_library_that_does_not_belong_to_the_launcher_is_noticed()
    {
        LaunchedProgram.RequireTool(LaunchedProgram.Mpich);
        string job = _cluster.Submit([.. OneRankOnEachNode, "slurm/stage.sbatch", "info"], ("LAUNCH", Pmix),
            ("CRYSTALHPC_MPI_LIB", "libmpich.so.12"));
        Assert.That(_cluster.StateAtEnd(job), Is.EqualTo("FAILED"), _cluster.LogOf(job));
        Assert.That(_cluster.LogOf(job), Does.Contain("srun with PMIx"));
    }

    private SortedDictionary<string, byte[]> Reference()
    {
        if (!Directory.Exists(_folder["reference"]))
            CrystalHpcCommand.Run("run", Quickstart, "--run", _folder["reference"]);
        return RunTables.Read(_folder["reference"]);
    }
}
