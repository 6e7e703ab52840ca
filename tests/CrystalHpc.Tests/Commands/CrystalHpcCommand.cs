using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>Runs the crystalhpc command as users do: as a process, alone or under a launcher.</summary>
internal static class CrystalHpcCommand
{
    /// <summary>The program under test.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "crystalhpc.dll");

    /// <summary>Runs the command without a launcher.</summary>
    public static ChildResult Run(params string[] arguments)
        => ChildProcess.Run("dotnet", [Program, .. arguments], LaunchedProgram.TestMachine);

    /// <summary>Runs the command under a launcher; ignores the test when the launcher is not installed.</summary>
    public static ChildResult Under(string launcher, int ranks, params string[] arguments) => ChildProcess.Run(
        LaunchedProgram.RequireTool(launcher), ["-n", $"{ranks}", "dotnet", Program, .. arguments], LaunchedProgram.TestMachine);

    /// <summary>Writes a configuration that differs from a shipped one in some sections; returns its path.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="shipped">The configuration that it extends.</param>
    /// <param name="sections">What differs, such as <c>"fit": { "seed": 2 }</c>.</param>
    public static string Extending(TemporaryFolder folder, string name, string shipped, string sections) =>
        folder.Write(name, $"{{ \"extends\": \"{Configuration(shipped)}\", {sections} }}");

    /// <summary>Path of a configuration that is shipped.</summary>
    public static string Configuration(string name) => Path.Combine(TestPaths.RepositoryRoot, "configs", name);
}
