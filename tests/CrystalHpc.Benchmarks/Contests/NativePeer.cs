using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CrystalHpc.Benchmarks;

/// <summary>Compiles the C and C++ programs of Peers beside this program, when the compiler and the headers are there.</summary>
internal static class NativePeer
{
    /// <summary>Path of a script or source of the folder Peers.</summary>
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Peers", file);

    /// <summary>Compiles a source that is newer than its program; null, and a line that says why, when that does not work.</summary>
    public static string? Compile(string compiler, string source, string output, params string[] options)
    {
        string target = PathOf(output);
        if (File.GetLastWriteTimeUtc(target) > File.GetLastWriteTimeUtc(PathOf(source)))
            return target;
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(compiler,
                [.. options, "-O3", "-march=native", PathOf(source), "-o", target])
            {
                RedirectStandardError = true,
            })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return target;
            Console.WriteLine($"{source} does not compile, that contestant is left out: {ErrorOf(errors)}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"{compiler} is not installed, that contestant is left out");
        }

        return null;
    }

    private static string ErrorOf(string output)
    {
        string[] lines = output.Split('\n');
        return lines.FirstOrDefault(line => line.Contains("error:", StringComparison.Ordinal), lines[0]);
    }

    /// <summary>A function of a compiled library.</summary>
    public static TDelegate Function<TDelegate>(string library, string name)
        where TDelegate : Delegate =>
        Marshal.GetDelegateForFunctionPointer<TDelegate>(NativeLibrary.GetExport(NativeLibrary.Load(library), name));
}
