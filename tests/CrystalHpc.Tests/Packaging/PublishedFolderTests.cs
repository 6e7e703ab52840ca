using System.Runtime.InteropServices;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Tests.Commands;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Packaging;

/// <summary>
/// The folder that <c>packaging/publish.sh</c> makes, on a machine without .NET: a search path on which there is no dotnet. Publishing
/// takes a minute and needs runtime packs; the tests take the folder that lies in artifacts, and are skipped when there is none of this
/// version.
/// </summary>
[Category("Published")]
public sealed class PublishedFolderTests
{
    private TemporaryFolder _folder = null!;
    private string _program = null!;

    [OneTimeSetUp]
    public void Unpack_it_somewhere_else()
    {
        string version = typeof(RunDirectory).Assembly.GetName().Version!.ToString(3);
        string name = $"crystalhpc-{version}-linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        string archive = Path.Combine(TestPaths.RepositoryRoot, "artifacts", $"{name}.tar.gz");
        if (!File.Exists(archive))
            Assert.Ignore("there is no published folder; packaging/publish.sh makes it");
        _folder = new TemporaryFolder();
        ChildResult unpacked = ChildProcess.Run("tar", ["-xzf", archive, "-C", _folder.Path]);
        Assert.That(unpacked.ExitCode, Is.Zero, unpacked.ToString());
        _program = _folder[$"{name}/crystalhpc"];
        Directory.CreateDirectory(_folder["bin"]);
    }

    [OneTimeTearDown]
    public void Remove_it() => _folder?.Dispose();

    [Test]
    public void It_runs_without_dotnet_and_gives_the_tables_of_the_build()
    {
        string version = ChildProcess.Run(_program, ["--version"], NoDotnet).Output;
        if (version != CrystalHpcCommand.Run("--version").Output)
            Assert.Ignore($"the published folder is of another version, {version.Trim()}; packaging/publish.sh makes it anew");
        string configuration = Path.Combine(Path.GetDirectoryName(_program)!, "configs", "quickstart.json");
        ChildResult published = ChildProcess.Run(_program, ["run", configuration, "--run", _folder["published"]], NoDotnet);
        Assert.That(published.ExitCode, Is.Zero, published.ToString());
        Assert.That(CrystalHpcCommand.Run("run", CrystalHpcCommand.Configuration("quickstart.json"), "--run", _folder["built"]).ExitCode,
            Is.Zero);
        RunTables.AssertSame(RunTables.Read(_folder["built"]), RunTables.Read(_folder["published"]));
    }

    [Test]
    public void It_runs_under_mpirun([Values(LaunchedProgram.OpenMpi, LaunchedProgram.Mpich)] string launcher)
    {
        // The launchers need a shell and their own programs beside them, but no dotnet.
        string path = LaunchedProgram.RequireTool(launcher);
        foreach (string tool in Directory.EnumerateFiles("/usr/bin").Where(tool => Path.GetFileName(tool) is not ("dotnet" or "dnx")))
        {
            string link = _folder[$"bin/{Path.GetFileName(tool)}"];
            if (!File.Exists(link))
                File.CreateSymbolicLink(link, tool);
        }

        ChildResult result = ChildProcess.Run(path, ["-n", "2", _program, "info"], [.. LaunchedProgram.TestMachine, .. NoDotnet]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        Assert.That(result.Output, Does.Match(@"ranks +2, 2 on this node").And.Match(
            $"launcher +mpirun of {(launcher == LaunchedProgram.Mpich ? "MPICH" : "Open MPI")}"));
    }

    private (string Name, string Value)[] NoDotnet
        => [("PATH", _folder["bin"]), ("DOTNET_ROOT", "/nonexistent"), ("DOTNET_ROOT_X64", "/nonexistent")];
}
