using CrystalHpc.Parallel;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Tests.Parallel;

/// <summary>Which library a process takes, by the variables of its launcher.</summary>
// Shard and file at work are those of the process.
[NonParallelizable]
public sealed class MpiChoiceTests
{
    [TestCase("", null, 1, "Unknown")]
    [TestCase("OMPI_COMM_WORLD_SIZE=4", "mpirun of Open MPI", 4, "OpenMpi")]
    [TestCase("OMPI_COMM_WORLD_SIZE=4 PMIX_NAMESPACE=x PMIX_RANK=0", "mpirun of Open MPI", 4, "OpenMpi")]
    [TestCase("PMI_RANK=0 PMI_SIZE=8 MPI_LOCALNRANKS=8", "mpirun of MPICH", 8, "Mpich")]
    [TestCase("PMI_FD=7 MPI_LOCALNRANKS=3", "mpirun of MPICH", 3, "Mpich")]
    [TestCase("PMIX_NAMESPACE=slurm.1 SLURM_STEP_ID=0 SLURM_STEP_NUM_TASKS=6", "srun with PMIx", 6, "OpenMpi")]
    [TestCase("PMI_RANK=0 PMI_SIZE=6 SLURM_STEP_ID=0 SLURM_STEP_NUM_TASKS=6", "srun with PMI", 6, "Mpich")]
    [TestCase("SLURM_STEP_ID=0 SLURM_STEP_NUM_TASKS=6", "srun", 6, "Unknown")]
    [TestCase("SLURM_NTASKS=6 SLURM_JOB_ID=1", null, 1, "Unknown", Description = "a batch script")]
    [TestCase("SLURM_STEP_ID=0 SLURM_STEP_NUM_TASKS=1", null, 1, "Unknown", Description = "an interactive shell of srun")]
    public void The_launcher_is_known_by_its_variables(string variables, string? name, int size, string family)
    {
        Dictionary<string, string> set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Launcher launcher = Launcher.Detect(variable => set.GetValueOrDefault(variable));
        Assert.That((launcher.Name, launcher.Size, $"{launcher.Family}"), Is.EqualTo((name, size, family)));
    }

    [Test]
    public void The_library_of_the_launcher_comes_first_and_the_unversioned_name_last()
    {
        Assert.That(MpiLoader.Candidates(LibraryFamily.OpenMpi, null)[0], Is.EqualTo("libmpi.so.40"));
        Assert.That(MpiLoader.Candidates(LibraryFamily.Unknown, "")[0], Is.EqualTo("libmpi.so.40"));
        Assert.That(MpiLoader.Candidates(LibraryFamily.Mpich, null).Take(2), Is.EqualTo(new[] { "libmpich.so.12", "libmpi.so.12" }));
        foreach (LibraryFamily family in Enum.GetValues<LibraryFamily>())
            Assert.That(MpiLoader.Candidates(family, null)[^1], Is.EqualTo("libmpi.so"));
    }

    [Test]
    public void A_named_library_is_the_only_candidate()
    {
        Assert.That(MpiLoader.Candidates(LibraryFamily.OpenMpi, "/opt/mpi/libmpi.so.12"), Is.EqualTo(new[] { "/opt/mpi/libmpi.so.12" }));
        Assert.That(MpiLoader.Candidates(LibraryFamily.OpenMpi, "none"), Is.Empty);
    }

    [Test]
    public void Every_table_has_a_value_for_every_type_and_operation()
    {
        foreach (MpiAbi abi in new[] { MpiAbiTables.Mpich, MpiAbiTables.Standard,
            MpiAbiTables.OpenMpi(symbol => symbol.GetHashCode(StringComparison.Ordinal)) })
        {
            Assert.That(abi.Types, Has.Length.EqualTo(Enum.GetValues<ElementType>().Length).And.Unique, abi.Name);
            Assert.That(abi.Operations, Has.Length.EqualTo(Enum.GetValues<ReduceOperation>().Length).And.Unique, abi.Name);
            Assert.That(abi.ErrorClasses, Has.Length.EqualTo(20).And.Unique, abi.Name);
        }
    }

    [Test]
    public void Fewer_cores_than_threads_is_worth_a_warning()
    {
        var description = new MpiDescription(
            "libmpi.so.40", "Open MPI", "Open MPI", "own handle tables", ThreadLevel.Serialized, 1, 2, 2, 1, "mpirun of Open MPI", "node7");
        Assert.That(description.BindingWarning(1), Is.Null);
        Assert.That(description.BindingWarning(4), Does.Contain("rank 1 on node7 may use 1 core(s)").And.Contain("4 threads")
            .And.Contain("--map-by slot:PE=4").And.Contain("--cpus-per-task=4"));
    }

    [Test]
    public void The_context_of_a_failure_names_what_is_known()
    {
        string[] texts = new string[3];
        var thread = new Thread(() =>
        {
            texts[0] = JobContext.Describe();
            JobContext.Shard = 0;
            texts[1] = JobContext.Describe();
            JobContext.Shard = null;
            JobContext.File = "a/b.cif";
            texts[2] = JobContext.Describe();
        });
        thread.Start();
        thread.Join();
        Assert.That(texts, Is.EqualTo(new[] { "rank 0", "rank 0, shard 0", "rank 0, file a/b.cif" }));
    }

    [Test]
    public void The_length_of_a_message_is_a_whole_number_of_elements()
    {
        Assert.That(new MessageStatus(0, 0, 24).Count<long>(), Is.EqualTo(3));
        Assert.That(() => new MessageStatus(0, 0, 25).Count<long>(), Throws.InvalidOperationException);
        Assert.That(() => new MessageStatus(0, 0, 1L << 32).Count<byte>(), Throws.TypeOf<OverflowException>());
    }
}
