using System.Diagnostics;
using System.Globalization;

namespace CrystalHpc.Chaos;

/// <summary>How a job is started.</summary>
/// <param name="Name">For people.</param>
/// <param name="Prefix">Program and arguments in front of the command.</param>
/// <param name="Options">Options behind it.</param>
internal sealed record Launch(string Name, IReadOnlyList<string> Prefix, IReadOnlyList<string> Options)
{
    /// <summary>Variables of its environment, beside those that every job gets.</summary>
    public IReadOnlyList<(string Name, string Value)> Variables { get; init; } = [];

    public static Launch Under(string launcher, int ranks) =>
        new($"{launcher} -n {ranks}", [launcher, "-n", ranks.ToString(CultureInfo.InvariantCulture), "dotnet"], []);

    public static Launch Threads(int threads) =>
        new($"{threads} threads", ["dotnet"], ["--threads", threads.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>No file may grow beyond so many blocks of 512 bytes.</summary>
    public static Launch WithFileLimit(int blocks, int threads) => Threads(threads) with
    {
        Name = $"{threads} threads, no file beyond {blocks / 2} kB",
        Prefix = ["sh", "-c", $"ulimit -f {blocks}; exec dotnet \"$@\"", "sh"],
    };
}

/// <summary>What a job left behind.</summary>
internal sealed record Outcome(int ExitCode, string Errors, bool WasHanging)
{
    public override string ToString()
        => $"exit code {ExitCode}{(WasHanging ? ", after hanging" : "")}: {Errors.Trim().ReplaceLineEndings(" | ")}";
}

/// <summary>A job under way.</summary>
internal sealed class RunningJob
{
    private const int LongestMilliseconds = 90_000;

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _output;

    public RunningJob(Launch launch, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(launch.Prefix[0], [.. launch.Prefix.Skip(1), .. command])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        (string, string)[] variables =
        [
            ("OMPI_ALLOW_RUN_AS_ROOT", "1"), ("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"), ("OMPI_MCA_rmaps_base_oversubscribe", "1"),
            ("TERM", "dumb"),

            // The runtime maps its code twice through a file of 2 GB, which a file limit forbids.
            ("DOTNET_EnableWriteXorExecute", "0"),
        ];
        foreach ((string name, string value) in variables.Concat(launch.Variables))
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        (_output, _errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>The processes that run the command: the ranks, or the only one.</summary>
    public IReadOnlyList<int> Ranks()
    {
        Dictionary<int, int> parents = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            if (ReadOrNull(Path.Combine(folder, "stat")) is { } stat)
                parents[Number(Path.GetFileName(folder))] = Number(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0]);
        }

        return [.. parents.Keys.Where(id => Descends(id, parents) && (ReadOrNull($"/proc/{id}/cmdline") ?? "")
            .StartsWith("dotnet\0", StringComparison.Ordinal)).Order()];
    }

    /// <summary>Waits for the end; a job that does not come to it is killed.</summary>
    public Outcome Wait()
    {
        bool isHanging = !_process.WaitForExit(LongestMilliseconds);
        if (isHanging)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        return new Outcome(_process.ExitCode, _errors.Result + (_output.Result.Contains("crystalhpc:", StringComparison.Ordinal)
            ? _output.Result : ""), isHanging);
    }

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(string name, int process) =>
        Process.Start(new ProcessStartInfo("kill", [$"-{name}", process.ToString(CultureInfo.InvariantCulture)]) {
            RedirectStandardError = true })!.WaitForExit();

    private bool Descends(int id, Dictionary<int, int> parents)
    {
        for (; id > 1; id = parents.GetValueOrDefault(id))
        {
            if (id == _process.Id)
                return true;
        }

        return false;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
