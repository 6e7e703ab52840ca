using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Commands;

/// <summary>Runs the crystalhpc command as users do: as a process, alone or under a launcher.</summary>
internal static class CrystalHpcCommand
{
    /// <summary>The program under test.</summary>
    public static readonly string Program = Path.Combine(AppContext.BaseDirectory, "crystalhpc.dll");

    /// <summary>Runs the command without a launcher.</summary>
    public static ChildResult Run(params string[] arguments) => ChildProcess.Run("dotnet", [Program, .. arguments], LaunchedProgram.TestMachine);

    /// <summary>Runs the command under a launcher; ignores the test when the launcher is not installed.</summary>
    public static ChildResult Under(string launcher, int ranks, params string[] arguments) => ChildProcess.Run(
        LaunchedProgram.RequireTool(launcher), ["-n", $"{ranks}", "dotnet", Program, .. arguments], LaunchedProgram.TestMachine);

    /// <summary>Path of a configuration that is shipped.</summary>
    public static string Configuration(string name) => Path.Combine(TestPaths.RepositoryRoot, "configs", name);
}
