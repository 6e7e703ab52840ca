using System.Runtime.InteropServices;

namespace CrystalHpc.Parallel.Native;

/// <summary>The C library calls that loading MPI and ending in good order need.</summary>
internal static partial class Libc
{
    /// <summary>RTLD_LAZY | RTLD_GLOBAL: the plugins of older Open MPI look for symbols of the main library.</summary>
    public const int LazyGlobal = 0x101;

    /// <summary>The versioned name: plain "libc" can be a linker script.</summary>
    private const string Library = "libc.so.6";

    [LibraryImport(Library, EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Open(string path, int flags);

    /// <summary>Sets a variable that native code sees; Environment.SetEnvironmentVariable does not reach getenv on Unix.</summary>
    [LibraryImport(Library, EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport(Library, EntryPoint = "sigaction")]
    public static unsafe partial int SignalAction(int signal, void* action, void* oldAction);

    /// <summary>Ends the process without running anything more: neither finalizers nor MPI_Finalize, which would wait for other ranks.</summary>
    [LibraryImport(Library, EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    /// <summary>Lets a signal do nothing.</summary>
    public static void Ignore(int signal) => _ = SetHandler(signal, 1);

    [LibraryImport(Library, EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
