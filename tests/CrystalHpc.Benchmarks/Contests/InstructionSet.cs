using System.Diagnostics;
using System.Runtime.Intrinsics.X86;

namespace CrystalHpc.Benchmarks;

/// <summary>
/// What must stand in the environment before a program starts: older versions of OpenBLAS take a new processor for a very old one and are
/// many times too slow then, and <c>--avx2</c> asks for both programs without AVX-512. This program starts itself again for it.
/// </summary>
internal static class InstructionSet
{
    private const string OpenBlas = "OPENBLAS_CORETYPE", DotNet = "DOTNET_EnableAVX512";

    /// <summary>The exit code of the program started again; null when this one has what it needs.</summary>
    public static int? RunAgain(string[] args)
    {
        bool isNarrow = args.Contains("--avx2"), isWide = Avx512F.IsSupported && !isNarrow;
        bool isSet = Environment.GetEnvironmentVariable(OpenBlas) is not null && !(isNarrow && Avx512F.IsSupported);
        if (!Avx2.IsSupported || isSet)
            return null;
        var start = new ProcessStartInfo("dotnet", [typeof(InstructionSet).Assembly.Location, .. args]);
        start.Environment[OpenBlas] = isWide ? "SkylakeX" : "Haswell";
        if (isNarrow)
            start.Environment[DotNet] = "0";
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
