using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CrystalHpc.Parallel;

/// <summary>
/// The calls that tell whether written bytes have reached the file system: fsync and close. .NET makes the same calls and ignores what they
/// return, but a quota or a network file system may report only there that bytes were lost.
/// </summary>
public static unsafe class FileCalls
{
    private const int Interrupted = 4;
    private const int InvalidArgument = 22;
    private const int NotImplemented = 38;
    private const int NotSupported = 95;

    // Looked up in the process, not in the C library, so that what LD_PRELOAD puts in front (I/O profilers, fault injectors) sees the
    // calls.
    private static readonly delegate* unmanaged<int, int> SyncCall = (delegate* unmanaged<int, int>)Find("fsync");
    private static readonly delegate* unmanaged<int, int> CloseCall = (delegate* unmanaged<int, int>)Find("close");

    /// <summary>Waits until the bytes of a file are on the disk; a file system that cannot flush is believed as it is.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <exception cref="IOException">Bytes were lost.</exception>
    public static void Flush(SafeFileHandle file, string path)
    {
        if (SyncCall is null)
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        int error;
        do
        {
            error = SyncCall((int)file.DangerousGetHandle()) == 0 ? 0 : Marshal.GetLastSystemError();
        }
        while (error == Interrupted);
        if (error is not (0 or InvalidArgument or NotImplemented or NotSupported))
            throw Failure(error, path);
    }

    /// <summary>Closes a file. Whatever is returned, the file is closed afterwards.</summary>
    /// <param name="file">The open file.</param>
    /// <param name="path">Its path, for the message.</param>
    /// <exception cref="IOException">Bytes were lost.</exception>
    public static void Close(SafeFileHandle file, string path)
    {
        if (CloseCall is null)
        {
            file.Dispose();
            return;
        }

        int descriptor = (int)file.DangerousGetHandle();
        file.SetHandleAsInvalid();
        int error = CloseCall(descriptor) == 0 ? 0 : Marshal.GetLastSystemError();
        if (error is not (0 or Interrupted))
            throw Failure(error, path);
    }

    private static nint Find(string name) =>
        OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), name, out nint call) ? call : 0;

    private static IOException Failure(int error, string path) => new($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error);
}
