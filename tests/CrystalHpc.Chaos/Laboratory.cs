using System.Diagnostics;
using System.Security.Cryptography;

namespace CrystalHpc.Chaos;

/// <summary>What all experiments share: the program, its arguments, and the tables of a job that was left alone.</summary>
internal sealed class Laboratory
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "crystalhpc.dll");
    private readonly string[] _arguments;

    /// <summary>Runs the job once, undisturbed.</summary>
    public Laboratory(string folder, string configuration, string? corpus)
    {
        Corpus = corpus ?? Path.Combine(RepositoryRoot(), "samples", "cod");
        _arguments = corpus is null ? [Program, "run", configuration] : [Program, "run", configuration, "--corpus", corpus];
        string run = Path.Combine(folder, "undisturbed");
        var clock = Stopwatch.StartNew();
        Outcome outcome = Start(Launch.Threads(1), run).Wait();
        Seconds = clock.Elapsed.TotalSeconds;
        if (outcome.ExitCode != 0)
            throw new InvalidOperationException($"the undisturbed job ended with {outcome}");
        Tables = Read(run);
    }

    /// <summary>The configuration of the quickstart.</summary>
    public static string Quickstart { get; } = Path.Combine(RepositoryRoot(), "configs", "quickstart.json");

    /// <summary>The corpus.</summary>
    public string Corpus { get; }

    /// <summary>How long the undisturbed job took.</summary>
    public double Seconds { get; }

    /// <summary>Digests of its tables by name.</summary>
    public SortedDictionary<string, string> Tables { get; }

    /// <summary>Starts the job.</summary>
    public RunningJob Start(Launch launch, string run) => new(launch, [.. _arguments, "--run", run, .. launch.Options]);

    /// <summary>What differs between a run directory and the undisturbed one; null when nothing does.</summary>
    public string? Compare(string run)
    {
        SortedDictionary<string, string> tables = Read(run);
        string[] different = [.. Tables.Keys.Union(tables.Keys).Where(name => Tables.GetValueOrDefault(name) != tables.GetValueOrDefault(name))];
        string[] left = [.. Directory.EnumerateFileSystemEntries(run, "*.tmp", SearchOption.AllDirectories)];
        return different.Length > 0 ? $"TABLES DIFFER: {string.Join(", ", different.Take(5))}"
            : left.Length > 0 ? $"LEFT BEHIND: {string.Join(", ", left.Take(5))}"
            : null;
    }

    private static SortedDictionary<string, string> Read(string run)
    {
        var tables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories))
        {
            // A lock whose process has ended is nobody's.
            if (path.EndsWith(".lock", StringComparison.Ordinal))
                continue;

            // These hold times; that they are there counts all the same.
            bool isTimed = Path.GetFileName(path) is "run.json" or "report.html" || path.EndsWith(".job.json", StringComparison.Ordinal);
            tables[Path.GetRelativePath(run, path)] = isTimed ? "" : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        }

        return tables;
    }

    private static string RepositoryRoot()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "CrystalHpc.sln")))
                return folder;
        }

        throw new InvalidOperationException("no CrystalHpc.sln above the program");
    }
}
