using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace CrystalHpc.Chaos;

/// <summary>
/// The library <c>faults.c</c>, compiled for this machine, which makes single calls of a job fail. strace could inject failures, too, but
/// counts them for each thread and cannot tell files below a folder from those that the runtime opens.
/// </summary>
internal sealed class FaultInjector
{
    private readonly string _library;
    private readonly string _log;

    private FaultInjector(string folder) => (_library, _log) = (Path.Combine(folder, "libfaults.so"), Path.Combine(folder, "faults.log"));

    /// <summary>Compiles the library; null, with the reason, where that cannot be done.</summary>
    public static FaultInjector? Compile(string folder, out string reason)
    {
        reason = "needs Linux and a C compiler (cc)";
        if (!OperatingSystem.IsLinux())
            return null;
        var injector = new FaultInjector(folder);
        string source = Path.Combine(AppContext.BaseDirectory, "faults.c");
        try
        {
            using Process compiler = Process.Start(new ProcessStartInfo(
                "cc", ["-shared", "-fPIC", "-O1", "-o", injector._library, source, "-ldl"]))!;
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? injector : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>A launch in whose process a call fails.</summary>
    /// <param name="launch">The launch.</param>
    /// <param name="fault">What fails; null: nothing, calls are only counted.</param>
    /// <param name="folders">Folders whose files are meant.</param>
    public Launch Into(Launch launch, Fault? fault, params string[] folders)
    {
        File.Delete(_log);
        return launch with
        {
            Name = fault is null ? launch.Name : $"{launch.Name}, {fault}",
            Variables =
            [
                ("LD_PRELOAD", _library), ("FAULT_LOG", _log), ("FAULT_UNDER", string.Join(':', folders)),
                .. fault?.Variables ?? [],
            ],
        };
    }

    /// <summary>Which calls of each kind the last job made, in order.</summary>
    public ILookup<string, string> Calls() => Lines().ToLookup(line => line.Split(' ')[0]);

    /// <summary>The calls that were made to fail.</summary>
    public IReadOnlyList<string> Failed() => [.. Lines().Where(line => line.EndsWith(" failed", StringComparison.Ordinal))];

    private string[] Lines() => File.Exists(_log) ? File.ReadAllLines(_log) : [];
}

/// <summary>A call that fails.</summary>
/// <param name="Call">The kind of call.</param>
/// <param name="At">Which one of its kind, from 1.</param>
/// <param name="Error">Number of the error.</param>
/// <param name="Lasts">All later ones fail, too.</param>
internal sealed record Fault(string Call, int At, int Error, bool Lasts)
{
    /// <summary>What the library is told.</summary>
    public IEnumerable<(string, string)> Variables =>
    [
        ("FAULT_CALL", Call), ("FAULT_AT", At.ToString(CultureInfo.InvariantCulture)),
        ("FAULT_ERROR", Error.ToString(CultureInfo.InvariantCulture)), ("FAULT_LASTS", Lasts ? "1" : "0"),
    ];

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Call} {At}{(Lasts ? " and all later" : "")} with error {Error}");
}
