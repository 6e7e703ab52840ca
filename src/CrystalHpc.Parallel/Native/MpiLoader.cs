using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace CrystalHpc.Parallel.Native;

/// <summary>Finds the MPI library that belongs to the launcher, loads it and tells its binary interface.</summary>
internal static class MpiLoader
{
    /// <summary>Path of the library to use, or "none" for no library.</summary>
    public const string Variable = "CRYSTALHPC_MPI_LIB";

    private static readonly string[] OpenMpiNames = ["libmpi.so.40"];

    /// <summary>MS-MPI; or Debian's MPICH, then MPICH as built from source, Intel MPI, MVAPICH2 and Cray's compatibility library.</summary>
    private static readonly string[] MpichNames = OperatingSystem.IsWindows() ? ["msmpi.dll"] : ["libmpich.so.12", "libmpi.so.12"];

    private static readonly string[] StandardNames = ["libmpi_abi.so.1", "libmpi_abi.so.0", "libmpi_abi.so"];

    private static nint _handle;

    /// <summary>The names to try, in order.</summary>
    /// <param name="family">The library that belongs to the launcher.</param>
    /// <param name="forced">Value of <see cref="Variable"/>.</param>
    public static string[] Candidates(LibraryFamily family, string? forced) => forced switch
    {
        "none" => [],
        { Length: > 0 } => [forced],
        _ => family == LibraryFamily.Mpich
            ? [.. MpichNames, .. StandardNames, .. OpenMpiNames, "libmpi.so"]
            : [.. OpenMpiNames, .. MpichNames, .. StandardNames, "libmpi.so"],
    };

    /// <summary>Loads the first library that is there; null if none is.</summary>
    /// <param name="candidates">Names or paths, in order.</param>
    /// <exception cref="MpiStartException">A library was loaded before in this process, or is no MPI library.</exception>
    public static MpiLibrary? Load(IEnumerable<string> candidates)
    {
        if (_handle != 0)
            throw new MpiStartException("MPI was started before in this process; a process can start it only once");
        if (!(OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) || !Environment.Is64BitProcess)
            return null;
        if (OperatingSystem.IsLinux())
        {
            // UCX must leave the signals to .NET and must not patch the memory functions.
            _ = Libc.SetVariable("UCX_ERROR_SIGNALS", "", 0);
            _ = Libc.SetVariable("UCX_MEMTYPE_CACHE", "n", 0);
        }

        foreach (string candidate in candidates)
        {
            nint handle = Open(candidate);
            if (handle == 0)
                continue;
            if (!NativeLibrary.TryGetExport(handle, "MPI_Init_thread", out _))
                throw new MpiStartException($"'{candidate}' is no MPI library: it lacks MPI_Init_thread");
            _handle = handle;
            NativeLibrary.SetDllImportResolver(typeof(MpiLoader).Assembly, Resolve);
            return new MpiLibrary(candidate, handle, LibraryVersion(), DetectAbi(candidate, handle));
        }

        return null;
    }

    private static nint Open(string name) =>
        OperatingSystem.IsLinux() ? Libc.Open(name, Libc.LazyGlobal) : NativeLibrary.TryLoad(name, out nint handle) ? handle : 0;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == MpiNative.Library ? _handle : 0;

    private static MpiAbi DetectAbi(string name, nint handle)
    {
        if (NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out _))
            return MpiAbiTables.OpenMpi(symbol => NativeLibrary.GetExport(handle, symbol));

        // MPI_Abi_get_version alone proves nothing: newer MPICH exports it from the library with its own interface too.
        bool standard = Path.GetFileName(name).Contains("mpi_abi", StringComparison.Ordinal) &&
            NativeLibrary.TryGetExport(handle, "MPI_Abi_get_version", out _);
        return standard ? MpiAbiTables.Standard : MpiAbiTables.Mpich;
    }

    /// <summary>Callable before MPI is started; the text can have many lines, of which the first says most.</summary>
    private static unsafe string LibraryVersion()
    {
        byte* text = stackalloc byte[8192];
        int length = 0;
        _ = MpiNative.GetLibraryVersion(text, &length);
        return Encoding.UTF8.GetString(text, Math.Clamp(length, 0, 8192)).TrimEnd('\0', '\n', ' ').Replace('\t', ' ');
    }
}

/// <summary>A loaded MPI library.</summary>
/// <param name="Path">Name or path by which it was found.</param>
/// <param name="Handle">What its functions are looked up by.</param>
/// <param name="Version">What it says about itself.</param>
/// <param name="Abi">Its binary interface.</param>
internal sealed record MpiLibrary(string Path, nint Handle, string Version, MpiAbi Abi);
