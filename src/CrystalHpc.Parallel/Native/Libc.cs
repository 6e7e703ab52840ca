using System.Runtime.InteropServices;

namespace CrystalHpc.Parallel.Native;

/// <summary>The C library calls that loading MPI, ending in good order and looking at files need.</summary>
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

    /// <summary>What a file is; the 256 bytes have the same layout on every architecture. glibc before 2.28 lacks it.</summary>
    [LibraryImport(Library, EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int Status(int folder, string path, int flags, uint wanted, byte* status);

    [LibraryImport(Library, EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OpenFolder(string path);

    /// <summary>The next entry (struct dirent of 64-bit Linux), or null.</summary>
    [LibraryImport(Library, EntryPoint = "readdir")]
    public static unsafe partial byte* ReadFolder(nint folder);

    [LibraryImport(Library, EntryPoint = "closedir")]
    public static partial int CloseFolder(nint folder);

    /// <summary>
    /// Ends the process without running anything more: neither finalizers nor MPI_Finalize, which would wait for other ranks.
    /// </summary>
    [LibraryImport(Library, EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    /// <summary>Lets a signal do nothing.</summary>
    public static void Ignore(int signal) => _ = SetHandler(signal, 1);

    [LibraryImport(Library, EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
