using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CrystalHpc.Tests.Parallel;

namespace CrystalHpc.Tests.Slurm;

/// <summary>
/// A private Slurm cluster on this machine, started and ended by <c>tests/slurm/cluster</c>, with jobs that run the program under test by
/// the scripts that are shipped. What a killed test run has left running is ended by the next one.
/// </summary>
internal sealed partial class SlurmCluster : IDisposable
{
    private const string Prefix = "crystalhpc-slurm-";
    private const string Pointer = "log: ";
    private const int StartsAtMost = 2;
    private static readonly string Script = Path.Combine(TestPaths.RepositoryRoot, "tests", "slurm", "cluster");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _folder;
    private readonly (string Name, string Value)[] _variables;

    private SlurmCluster(string folder)
    {
        _folder = folder;
        _variables =
        [
            .. LaunchedProgram.TestMachine,
            ("SLURM_CONF", Path.Combine(folder, "slurm.conf")),
            ("SBATCH_OUTPUT", Path.Combine(folder, "job-%j.log")),
            ("CRYSTALHPC", $"dotnet {Path.Combine(AppContext.BaseDirectory, "crystalhpc.dll")}"),
            .. new[] { "INDEX_JOB", "EXTRACT_TASK", "MERGE_JOB", "EVALUATE_JOB", "REPORT_JOB" }.Select(job => (job, "--ntasks=1")),
            .. new[] { "EXTRACT_JOB", "FIT_JOB" }.Select(job => (job, "--ntasks=2")),
        ];
    }

    /// <summary>Starts a cluster; fails the test where Slurm is missing, unless CRYSTALHPC_SKIP_SLURM=1 says to do without.</summary>
    public static SlurmCluster Start(int nodes)
    {
        if (Environment.GetEnvironmentVariable("CRYSTALHPC_SKIP_SLURM") == "1")
            Assert.Ignore("CRYSTALHPC_SKIP_SLURM=1");
        EndLeftovers();
        ChildResult result = null!;
        for (int start = 0; start < StartsAtMost; start++)
        {
            string folder = Directory.CreateTempSubdirectory(Prefix).FullName;
            File.WriteAllText(Path.Combine(folder, "owner"), Identity(Environment.ProcessId));
            result = ChildProcess.Run("bash", [Script, "start", folder, $"{nodes}"]);
            if (result.ExitCode == 0)
                return new SlurmCluster(folder);
            End(folder);
        }

        Assert.Fail($"no Slurm cluster could be started here (tests/run.sh installs Slurm; CRYSTALHPC_SKIP_SLURM=1 does "
            + $"without):\n{result}");
        throw new UnreachableException();
    }

    /// <summary>Runs a command of the user from the repository: sbatch, scontrol, slurm/submit.</summary>
    public ChildResult Run(string[] command, params (string Name, string Value)[] variables)
        => RunIn(TestPaths.RepositoryRoot, command, variables);

    /// <summary>Runs a command of the user from some folder.</summary>
    public ChildResult RunIn(string folder, string[] command, params (string Name, string Value)[] variables) =>
        ChildProcess.Run("env", [$"--chdir={folder}", .. command], [.. _variables, .. variables]);

    /// <summary>Submits a job and returns its number.</summary>
    public string Submit(string[] arguments, params (string Name, string Value)[] variables)
    {
        ChildResult result = Run(["sbatch", "--parsable", .. arguments], variables);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result.LastLine;
    }

    /// <summary>Sets up a chain and returns the numbers of its jobs by stage.</summary>
    public Dictionary<string, string> SubmitChain(params string[] arguments)
    {
        ChildResult result = Run(["slurm/submit", .. arguments]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(words => words[0], words => words[1]);
    }

    /// <summary>Waits until a job, or all tasks of an array, have ended and returns their states, sorted and each once.</summary>
    public string StateAtEnd(string job)
    {
        string[] states = [];
        WaitUntil($"job {job} ends", () =>
        {
            states = [.. Values(job, JobState()).Distinct().Order(StringComparer.Ordinal)];
            return states.All(state => state is not ("PENDING" or "CONFIGURING" or "RUNNING" or "COMPLETING" or "REQUEUED"));
        });
        return string.Join(' ', states);
    }

    /// <summary>How often a job was queued again.</summary>
    public int RestartsOf(string job) => int.Parse(Values(job, Restarts()).First(), CultureInfo.InvariantCulture);

    /// <summary>What a job wrote: first to the log that Slurm opened for it, then to that in its run directory.</summary>
    public string LogOf(string job)
    {
        string path = Path.Combine(_folder, $"job-{job}.log");
        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        return text.StartsWith(Pointer, StringComparison.Ordinal) && text.Split('\n')[0][Pointer.Length..] is var log && File.Exists(log)
            ? text + File.ReadAllText(log)
            : text;
    }

    /// <summary>Waits for something that is going to happen.</summary>
    public static void WaitUntil(string what, Func<bool> happened)
    {
        var clock = Stopwatch.StartNew();
        while (!happened())
        {
            if (clock.Elapsed > Patience)
                throw new TimeoutException($"waited {Patience.TotalSeconds} s until {what}");
            Thread.Sleep(50);
        }
    }

    public void Dispose() => End(_folder);

    private string[] Values(string job, Regex pattern)
    {
        ChildResult result = Run(["scontrol", "--oneliner", "show", "job", job]);
        Assert.That(result.ExitCode, Is.Zero, result.ToString());
        return [.. pattern.Matches(result.Output).Select(match => match.Groups[1].Value)];
    }

    private static void EndLeftovers()
    {
        foreach (string folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            string owner = Path.Combine(folder, "owner");
            string identity = File.Exists(owner) ? File.ReadAllText(owner) : "";
            if (identity.Length > 0 && identity != Identity(int.Parse(identity.Split(' ')[0], CultureInfo.InvariantCulture)))
                End(folder);
        }
    }

    private static void End(string folder)
    {
        ChildProcess.Run("bash", [Script, "stop", folder]);
        Directory.Delete(folder, recursive: true);
    }

    // Number and start time of a process: numbers are used again.
    private static string Identity(int process)
    {
        string path = $"/proc/{process}/stat";
        try
        {
            return $"{process} {File.ReadAllText(path).Split(") ")[^1].Split(' ')[19]}";
        }
        catch (IOException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"\bJobState=(\w+)")]
    private static partial Regex JobState();

    [GeneratedRegex(@"\bRestarts=(\d+)")]
    private static partial Regex Restarts();
}
