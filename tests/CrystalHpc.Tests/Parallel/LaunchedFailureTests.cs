namespace CrystalHpc.Tests.Parallel;

/// <summary>
/// How jobs end when a rank fails: at once, with an exit code that says so and a message that names rank, shard and file.
/// </summary>
[Category("Mpi")]
[NonParallelizable]
public sealed class LaunchedFailureTests
{
    private const int FailureExitCode = 70;

    [Test]
    public void An_unhandled_exception_on_one_rank_ends_the_job(
        [Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher, [Values("throw", "throw-thread")] string mode)
    {
        ChildResult result = LaunchedProgram.Under(launcher, 3, mode);
        Assert.That(result.ExitCode, Is.EqualTo(FailureExitCode), result.ToString());
        Assert.That(AllOutput(result), Does.Contain("rank 2, shard 17, file 1000041.cif on ")
            .And.Contain("unhandled System.IO.InvalidDataException: failure on purpose").And.Contain("at CrystalHpc.Tests.Mpi.Program."));
    }

    [Test]
    public void A_failed_rank_that_gets_stuck_ends_the_job_all_the_same(
        [Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher)
    {
        ChildResult result = LaunchedProgram.Under(launcher, 3, "throw-stuck");

        // Without an abort, mpirun of MPICH reports of whichever rank it hears first: the failed one, or one that it has killed or hung up
        // on.
        int[] codes = launcher == LaunchedProgram.Mpich ? [FailureExitCode, 9, 1] : [FailureExitCode];
        Assert.That(result.ExitCode, Is.AnyOf(codes), result.ToString());
    }

    [Test]
    public void An_abort_ends_the_job_with_its_exit_code([Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher)
    {
        ChildResult result = LaunchedProgram.Under(launcher, 3, "abort 7");
        Assert.That(result.ExitCode, Is.EqualTo(7), result.ToString());
    }

    [TestCase("throw")]
    [TestCase("throw-thread")]
    public void An_unhandled_exception_of_a_single_process_ends_it_alike(string mode)
    {
        ChildResult result = LaunchedProgram.Alone(mode);
        Assert.That(result.ExitCode, Is.EqualTo(FailureExitCode), result.ToString());
        Assert.That(result.Errors, Does.Contain("rank 0, shard 17, file 1000041.cif on "));
    }

    [Test]
    public void An_exception_of_a_rank_that_is_a_thread_names_that_rank()
    {
        ChildResult result = LaunchedProgram.Alone("throw-rank-thread");
        Assert.That(result.ExitCode, Is.EqualTo(FailureExitCode), result.ToString());
        Assert.That(result.Errors, Does.Contain("rank 1, shard 17, file 1000041.cif on "));
    }

    [Test]
    public void An_exception_of_a_thread_of_a_process_names_both()
    {
        ChildResult result = LaunchedProgram.Under(LaunchedProgram.OpenMpi, 2, "throw-rank-thread");
        Assert.That(result.ExitCode, Is.EqualTo(FailureExitCode), result.ToString());
        Assert.That(AllOutput(result), Does.Match("rank [01], thread 1, shard 17, file 1000041.cif on "));
    }

    [Test]
    public void An_abort_of_a_single_process_has_its_exit_code() =>
        Assert.That(LaunchedProgram.Alone("abort 7").ExitCode, Is.EqualTo(7));

    [TestCase(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich, "libmpich.so.12", "mpirun of Open MPI")]
    [TestCase(LaunchedProgram.Mpich, LaunchedProgram.OpenMpi, "libmpi.so.40", "mpirun of MPICH")]
    public void A_library_of_another_launcher_is_refused(string launcher, string ownerOfLibrary, string library, string launcherName)
    {
        LaunchedProgram.RequireTool(ownerOfLibrary);
        ChildResult result = LaunchedProgram.Under(launcher, 2, "contract", ("CRYSTALHPC_MPI_LIB", library));
        Assert.That(result.ExitCode, Is.Not.Zero, result.ToString());
        Assert.That(AllOutput(result), Does.Contain($"the MPI library '{library}'").And.Contain("does not belong to the launcher")
            .And.Contain($"{launcherName}, which started 2 processes").And.Contain("CRYSTALHPC_MPI_LIB"));
        Assert.That(result.Output, Does.Not.Contain("passed"));
    }

    [Test]
    public void Without_a_launcher_no_library_is_loaded()
    {
        ChildResult result = LaunchedProgram.Alone("info");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.LastLine, Does.Contain("Library = ,").And.Contain("Launcher = ,").And.Contain("Size = 1"));
        string loaded = LaunchedProgram.Alone("libraries").Output;
        Assert.That(loaded, Does.Contain("libc.so.6").And.Not.Contain("libmpi"));
        Assert.That(loaded.Split('\n'), Does.Contain("CrystalHpc.Parallel").And.Not.Contain("MPI"));
    }

    [Test]
    public void A_single_process_does_without_a_library([Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher)
    {
        ChildResult result = LaunchedProgram.Under(launcher, 1, "info", ("CRYSTALHPC_MPI_LIB", "none"));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.LastLine, Does.Contain("Library = ,").And.Contain("Size = 1").And.Contain("Launcher = mpirun of"));
    }

    [Test]
    public void Several_processes_without_a_library_are_refused()
    {
        ChildResult result = LaunchedProgram.Under(LaunchedProgram.Mpich, 2, "info", ("CRYSTALHPC_MPI_LIB", "none"));
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(AllOutput(result), Does.Contain("no MPI library found, but mpirun of MPICH started 2 process(es)"));
    }

    [Test]
    public void A_library_that_is_named_and_missing_is_an_error()
    {
        ChildResult result = LaunchedProgram.Alone("mpi", ("CRYSTALHPC_MPI_LIB", "libnothing.so.1"));
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors, Does.Contain("no MPI library found").And.Contain("libnothing.so.1"));
    }

    [Test]
    public void A_library_that_is_not_mpi_is_an_error()
    {
        ChildResult result = LaunchedProgram.Alone("mpi", ("CRYSTALHPC_MPI_LIB", "libm.so.6"));
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors, Does.Contain("'libm.so.6' is no MPI library"));
    }

    [TestCase(LaunchedProgram.OpenMpi, "mpi.net", "MPI.NET works with the MPICH family only, and 'libmpi.so.40' is Open MPI")]
    [TestCase(LaunchedProgram.Mpich, "mpi", "CRYSTALHPC_MPI_BINDING is 'mpi'; allowed are 'native' and 'mpi.net'")]
    public void A_binding_that_does_not_exist_for_the_library_is_refused(string launcher, string binding, string message)
    {
        ChildResult result = LaunchedProgram.Under(launcher, 2, "info", ("CRYSTALHPC_MPI_BINDING", binding));
        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(AllOutput(result), Does.Contain(message));
    }

    /// <summary>Some launchers pass the standard error of the ranks on as standard output.</summary>
    private static string AllOutput(ChildResult result) => result.Output + result.Errors;
}
