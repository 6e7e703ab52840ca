using System.Diagnostics;

namespace CrystalHpc.Tests.Parallel;

/// <summary>What a child process left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record ChildResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The last line of the output that says anything.</summary>
    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("");

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Errors}";
}

/// <summary>Runs a program to its end, or kills it with all it has started.</summary>
internal static class ChildProcess
{
    // A guard against what hangs: ranks that spin take long where there are fewer cores than ranks.
    private const int TimeoutMilliseconds = 240_000;

    /// <summary>Variables of a launcher around the test run itself, which the child must not take for its own.</summary>
    private static readonly string[] LauncherPrefixes = ["OMPI_", "PMI_", "PMIX_", "MPI_", "SLURM_", "HYDRA_", "PALS_", "CRYSTALHPC_"];

    /// <summary>Full path of a program on the search path; null if there is none.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program that takes seconds.</summary>
    public static ChildResult Run(string program, IEnumerable<string> arguments, params (string Name, string Value)[] variables) =>
        Run(TimeoutMilliseconds, program, arguments, variables);

    /// <summary>Runs a program that may take so long.</summary>
    public static ChildResult Run(int milliseconds, string program, IEnumerable<string> arguments,
        params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string name in start.Environment.Keys.Where(name => LauncherPrefixes.Any(
            prefix => name.StartsWith(prefix, StringComparison.Ordinal))).ToArray())
            start.Environment.Remove(name);
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(milliseconds))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Task.WaitAll([output, errors], TimeoutMilliseconds);
            Assert.Fail(
                $"{program} {string.Join(' ', start.ArgumentList)} did not end within {milliseconds / 1000} s; it wrote:\n" +
                $"{(output.IsCompleted ? output.Result : "?")}\n{(errors.IsCompleted ? errors.Result : "?")}");
        }

        return new ChildResult(process.ExitCode, output.Result, errors.Result);
    }
}
