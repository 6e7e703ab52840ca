using System.Diagnostics;
using System.Security.Cryptography;

namespace CrystalHpc.Chaos;

/// <summary>What all experiments share: the program, its arguments, and the tables of a job that was left alone.</summary>
internal sealed class Laboratory
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "crystalhpc.dll");
    private readonly string[] _arguments;

    // Files that are compared; null: all of a run directory.
    private readonly string[]? _compared;

    /// <summary>Runs a job over a corpus once, undisturbed.</summary>
    public Laboratory(string folder, string configuration, string? corpus)
        : this(folder, corpus is null ? [Program, "run", configuration] : [Program, "run", configuration, "--corpus", corpus], null, corpus)
    {
    }

    private Laboratory(string folder, string[] arguments, string[]? compared, string? corpus)
    {
        Corpus = corpus ?? Path.Combine(RepositoryRoot(), "samples", "cod");
        (_arguments, _compared) = (arguments, compared);
        string run = Path.Combine(folder, "undisturbed");
        var clock = Stopwatch.StartNew();
        Outcome outcome = Start(Launch.Threads(1), run).Wait();
        Seconds = clock.Elapsed.TotalSeconds;
        if (outcome.ExitCode != 0)
            throw new InvalidOperationException($"the undisturbed job ended with {outcome}");
        Tables = Read(run);
    }

    /// <summary>Trains a small lattice model once, undisturbed: two networks on salts of two and three elements.</summary>
    public static Laboratory OfTraining(string folder)
    {
        string table = Path.Combine(folder, "salts.csv"), configuration = Path.Combine(folder, "salts.json");
        string[] cations = "Li Na K Rb Cs Mg Ca Sr Ba Ti V Cr Mn Fe Co Ni Cu Zn Cd Al".Split(' '),
            anions = "F Cl Br I O S Se Te".Split(' ');
        IEnumerable<string> rows = cations.SelectMany((cation, i) => anions.SelectMany((anion, k) => new[]
        {
            $"{cation}{anion},{((i + k) % 3 == 0 ? 221 : 225)}", $"{cation}{anion}2,{((i * k) % 4 == 0 ? 136 : 225)}",
                $"Li{cation}{anion}3,{((i + 2 * k) % 5 == 0 ? 62 : 221)}",
        }));
        File.WriteAllLines(table, ["formula,space_group", .. rows.Distinct()]);
        File.WriteAllText(configuration, $$"""{ "lattice": { "tables": ["{{table}}"], "members": 2, "width": 64, "training": { "epochs": 12, "batch": 64, "shard": 16 } } }""");
        return new Laboratory(folder, [Program, "lattice", "train", configuration],
            ["model.safetensors", "metrics.json", "predictions.csv", "history.csv"], null);
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
        string[] different = [.. Tables.Keys.Union(tables.Keys).Where(name
            => Tables.GetValueOrDefault(name) != tables.GetValueOrDefault(name))];
        string[] left = [.. Directory.EnumerateFileSystemEntries(run, "*.tmp", SearchOption.AllDirectories)];
        return different.Length > 0 ? $"TABLES DIFFER: {string.Join(", ", different.Take(5))}"
            : left.Length > 0 ? $"LEFT BEHIND: {string.Join(", ", left.Take(5))}"
            : null;
    }

    private SortedDictionary<string, string> Read(string run)
    {
        var tables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories))
        {
            // A lock whose process has ended is nobody's.
            if (path.EndsWith(".lock", StringComparison.Ordinal) || _compared?.Contains(Path.GetRelativePath(run, path)) == false)
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
