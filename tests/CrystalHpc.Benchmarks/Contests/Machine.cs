namespace CrystalHpc.Benchmarks;

/// <summary>How busy the machine was: a figure says little without it.</summary>
internal static class Machine
{
    /// <summary>Load averages over 1, 5 and 15 minutes, where the system tells.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    /// <summary>The folder that holds CrystalHpc.sln.</summary>
    public static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CrystalHpc.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the benchmarks run from a checkout of the repository");
    }
}
