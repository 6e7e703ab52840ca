namespace CrystalHpc.Tests;

/// <summary>Where tests find the repository and, when it lies beside it, the shared corpora.</summary>
internal static class TestPaths
{
    /// <summary>The folder that holds CrystalHpc.sln.</summary>
    public static string RepositoryRoot { get; } = FindRoot();

    /// <summary>Path of a shared file or folder; ignores the running test, saying why, when it is not there.</summary>
    public static string SharedOrIgnore(string relative)
    {
        string path = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", relative));
        if (!File.Exists(path) && !Directory.Exists(path))
            Assert.Ignore($"the shared file '{relative}' does not lie beside the repository");
        return path;
    }

    private static string FindRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CrystalHpc.sln")))
                return folder;
        }

        throw new InvalidOperationException("no CrystalHpc.sln above the test assembly");
    }
}
