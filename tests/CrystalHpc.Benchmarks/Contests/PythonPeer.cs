using System.Diagnostics;
using System.Globalization;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// A Python script of Peers that answers requests, one line each, with seconds of its own clock: starting it is not measured.
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    private PythonPeer(Process process, string greeting) => (_process, Greeting) = (process, greeting);

    /// <summary>The first line of the script.</summary>
    public string Greeting { get; }

    /// <summary>
    /// Starts a script with the interpreter of --python; without it with python3 or else /usr/bin/python3, which may hold the packages of
    /// a distribution. Null, and a line that says why, when that fails.
    /// </summary>
    public static PythonPeer? TryStart(string[] args, string script, string folder)
    {
        string reason = "";
        foreach (string python in Interpreters(args))
        {
            if (TryStart(python, script, folder, out reason) is { } peer)
                return peer;
        }

        Console.WriteLine($"{script} does not start, that contestant is left out: {reason}");
        return null;
    }

    /// <summary>The interpreters that are tried in turn.</summary>
    public static string[] Interpreters(string[] args)
        => Arguments.Find(args, "--python") is { } named ? [named] : ["python3", "/usr/bin/python3"];

    private static PythonPeer? TryStart(string python, string script, string folder, out string reason)
    {
        reason = $"{python} is not installed";
        try
        {
            ProcessStartInfo start = new(python, [NativePeer.PathOf(script), folder])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            // One core for everybody.
            start.Environment["OMP_NUM_THREADS"] = start.Environment["OPENBLAS_NUM_THREADS"] = "1";
            Process process = Process.Start(start)!;
            string lastError = "";
            process.ErrorDataReceived += (_, line) => lastError = line.Data ?? lastError;
            process.BeginErrorReadLine();
            if (process.StandardOutput.ReadLine() is { } greeting)
                return new PythonPeer(process, greeting);
            process.WaitForExit();
            reason = $"{python}: {lastError}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
        }

        return null;
    }

    /// <summary>The numbers that answer a request; the first is the time in seconds.</summary>
    public double[] Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"the peer ended at '{request}'");
        return [.. answer.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
