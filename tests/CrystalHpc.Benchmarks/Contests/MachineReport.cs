using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace CrystalHpc.Benchmarks;

/// <summary>Describes the machine and the versions of the programs that are compared with.</summary>
internal static class MachineReport
{
    private const string GemmiVersion = "/usr/include/gemmi/version.hpp";

    /// <summary>Model of the processor and its vectors.</summary>
    public static string Processor
    {
        get
        {
            string model = Lines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
            return $"{model}, {(Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "no AVX2")}";
        }
    }

    public static void Run(string[] args)
    {
        double gibibytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Math.Pow(2, 30);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"machine   {Environment.ProcessorCount} processors, {Processor}; {gibibytes:0} GiB"));
        Console.WriteLine($"system    {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}");
        string? gemmi = Lines(GemmiVersion).FirstOrDefault(line => line.Contains("GEMMI_VERSION \"", StringComparison.Ordinal))
            ?.Split('"')[1];
        Console.WriteLine($"C, C++    gemmi {gemmi ?? "not installed"}; {FirstLine("g++", "--version")}; "
            + $"{FirstLine("mpirun.openmpi", "--version")}; MPICH {FirstLine("mpichversion").Split(':')[^1].Trim()}");
        string[] packages = Python(args);
        Console.WriteLine($"Python    {(packages.Length == 0 ? "not installed" : string.Join(", ", packages))}");
    }

    // The interpreter that has most of the packages.
    private static string[] Python(string[] args) => PythonPeer.Interpreters(args)
        .Select(python => Output(python, NativePeer.PathOf("versions.py"))).OrderByDescending(lines => lines.Length).First();

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];

    private static string FirstLine(string program, params string[] arguments)
        => Output(program, arguments).FirstOrDefault($"{program} not installed");

    private static string[] Output(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }
}
