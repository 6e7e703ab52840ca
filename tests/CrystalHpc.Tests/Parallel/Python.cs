namespace CrystalHpc.Tests.Parallel;

/// <summary>The Python of the system, where Debian's packages live.</summary>
internal static class Python
{
    private static readonly string[] Candidates = ["/usr/bin/python3", "python3"];

    /// <summary>Runs a script; ignores the test, saying why, when no Python with the module is there.</summary>
    public static ChildResult Run(string module, string script, params string[] arguments)
    {
        string? python = Candidates
            .Where(candidate => File.Exists(candidate) || ChildProcess.Find(candidate) is not null)
            .FirstOrDefault(candidate => ChildProcess.Run(candidate, ["-c", $"import {module}"]).ExitCode == 0);
        if (python is null)
            Assert.Ignore($"no Python with the module {module} is installed");
        return ChildProcess.Run(python, ["-c", script, .. arguments]);
    }
}
