using System.Text.RegularExpressions;

namespace CrystalHpc.Tests.Parallel;

/// <summary>Real MPI libraries keep the communicator contract between real processes.</summary>
[Category("Mpi")]
public sealed partial class LaunchedContractTests
{
    [Test]
    public void An_mpi_library_keeps_the_contract(
        [Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher, [Values(1, 2, 4)] int processes) =>
        AssertKept(LaunchedProgram.Under(launcher, processes, "contract"), processes);

    [Test]
    public void Our_own_tables_keep_the_contract_where_mpi_net_is_usual([Values(1, 2, 4)] int processes)
    {
        (string, string) variable = ("CRYSTALHPC_MPI_BINDING", "native");
        ChildResult info = LaunchedProgram.Under(LaunchedProgram.Mpich, processes, "info", variable);
        Assert.That(info.LastLine, Does.Contain("Abi = MPICH").And.Contain("Binding = own handle tables"));
        AssertKept(LaunchedProgram.Under(LaunchedProgram.Mpich, processes, "contract", variable), processes);
    }

    [TestCase(LaunchedProgram.OpenMpi, "libmpi.so.40", "Open MPI", "own handle tables")]
    [TestCase(LaunchedProgram.Mpich, "libmpich.so.12", "MPICH", "MPI.NET 1.4.0")]
    public void The_library_of_the_launcher_is_found(string launcher, string library, string abi, string binding)
    {
        ChildResult result = LaunchedProgram.Under(launcher, 2, "info");
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.LastLine, Does.Contain($"Library = {library}").And.Contain($"Abi = {abi},"));
        Assert.That(result.LastLine, Does.Contain($"Binding = {binding},"));
        Assert.That(result.LastLine, Does.Contain("ThreadLevel = Serialized").Or.Contain("ThreadLevel = Multiple"));
        Assert.That(result.LastLine, Does.Contain("Size = 2").And.Contain("NodeSize = 2").And.Contain("Launcher = mpirun of"));
    }

    /// <summary>No library with the standard interface is packaged widely yet, so a thin one over MPICH stands in.</summary>
    [Test]
    public void A_library_with_the_standard_interface_keeps_the_contract([Values(1, 2, 4)] int processes)
    {
        string compiler = LaunchedProgram.RequireTool("mpicc.mpich");
        string source = Path.Combine(TestPaths.RepositoryRoot, "tests", "CrystalHpc.Tests.Mpi", "mpi5_double.c");
        using var folder = new TemporaryFolder();
        string library = Path.Combine(folder.Path, "libmpi_abi.so.1");
        ChildResult compiled = ChildProcess.Run(
            compiler, ["-shared", "-fPIC", "-Wl,-soname,libmpi_abi.so.1", "-o", library, source]);
        Assert.That(compiled.ExitCode, Is.Zero, compiled.ToString());

        (string, string) variable = ("CRYSTALHPC_MPI_LIB", library);
        Assert.That(LaunchedProgram.Under(LaunchedProgram.Mpich, processes, "info", variable).LastLine,
            Does.Contain("Abi = MPI-5 standard, Binding = own handle tables"));
        AssertKept(LaunchedProgram.Under(LaunchedProgram.Mpich, processes, "contract", variable), processes);
    }

    private static void AssertKept(ChildResult result, int processes)
    {
        Match line = Summary().Match(result.LastLine);
        Assert.That(line.Success, Is.True, result.ToString());
        Assert.That(line.Groups["failed"].Value, Is.EqualTo("0"), result.ToString());
        Assert.That(int.Parse(line.Groups["passed"].Value), Is.GreaterThan(40));
        if (processes > 1)
            Assert.That(line.Groups["skipped"].Value, Is.EqualTo("0"));
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
    }

    [GeneratedRegex(@"^(?<passed>\d+) passed, (?<failed>\d+) failed, (?<skipped>\d+) skipped$")]
    private static partial Regex Summary();

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("crystalhpc-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
