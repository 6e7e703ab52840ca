using CrystalHpc.Core.Findings;

namespace CrystalHpc.Engine.Corpora;

/// <summary>The bytes of one file, or why there are none.</summary>
public readonly record struct FileContent(ReadOnlyMemory<byte> Bytes, Finding? Failure)
{
    /// <summary>A file that could be read.</summary>
    public static FileContent Of(ReadOnlyMemory<byte> bytes) => new(bytes, null);

    /// <summary>A file that could not be dealt with, and why.</summary>
    public static FileContent Failed(FindingCode code, string message) => new(default, new Finding(code, message));

    /// <summary>True for what reading a file may throw because of the file: it costs this file and no other.</summary>
    public static bool IsUnreadable(Exception fault) =>
        fault is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException or OutOfMemoryException;

    /// <summary>What such a fault says, on one line.</summary>
    public static string Reason(Exception fault) =>
        fault is OutOfMemoryException ? "memory does not suffice for it" : fault.Message.ReplaceLineEndings(" ");
}
