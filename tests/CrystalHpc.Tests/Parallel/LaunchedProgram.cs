namespace CrystalHpc.Tests.Parallel;

/// <summary>Starts the contract program as a job of several processes.</summary>
internal static class LaunchedProgram
{
    public const string OpenMpi = "mpirun.openmpi";
    public const string Mpich = "mpirun.mpich";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CrystalHpc.Tests.Mpi.dll");

    /// <summary>Settings of a test machine: few cores, maybe root, no control sequences from the pseudo-terminal of Open MPI.</summary>
    public static readonly (string Name, string Value)[] TestMachine =
    [
        ("OMPI_ALLOW_RUN_AS_ROOT", "1"),
        ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"),
        ("OMPI_MCA_rmaps_base_oversubscribe", "1"),
        ("PRTE_MCA_rmaps_default_mapping_policy", ":oversubscribe"),
        ("TERM", "dumb"),
    ];

    /// <summary>Runs the program under a launcher; ignores the running test, saying why, if the launcher is not installed.</summary>
    public static ChildResult Under(string launcher, int processes, string mode, params (string Name, string Value)[] variables)
    {
        string path = RequireTool(launcher);
        string[] arguments = ["-n", $"{processes}", "dotnet", Program, .. mode.Split(' ')];
        return ChildProcess.Run(path, arguments, [.. TestMachine, .. variables]);
    }

    /// <summary>Runs the program without a launcher.</summary>
    public static ChildResult Alone(string mode, params (string Name, string Value)[] variables) =>
        ChildProcess.Run("dotnet", [Program, .. mode.Split(' ')], [.. TestMachine, .. variables]);

    /// <summary>Full path of a tool; ignores the running test if it is not installed.</summary>
    public static string RequireTool(string tool)
    {
        string? path = ChildProcess.Find(tool);
        if (path is null)
            Assert.Ignore($"{tool} is not installed");
        return path;
    }
}
