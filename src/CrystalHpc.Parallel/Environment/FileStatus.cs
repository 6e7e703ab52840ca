using System.Buffers.Binary;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>What lies at a path once links are followed, found out without opening it: opening a named pipe can wait for ever.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Device">The file system that it lies on; 0 where that cannot be told.</param>
/// <param name="Inode">Its number there: two paths with the same device and number lead to the same file.</param>
public readonly record struct FileStatus(FileKind Kind, ulong Device, ulong Inode)
{
    private const int WorkingFolder = -100;
    private const uint TypeAndInode = 0x101;

    /// <summary>True when two paths can be told to lead to the same file.</summary>
    public bool HasIdentity => Inode != 0;

    /// <summary>Looks at a path.</summary>
    public static FileStatus Of(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception failure) when (failure is EntryPointNotFoundException or DllNotFoundException)
        {
            // Older libraries and other systems: .NET tells files from folders, and no more.
            return new FileStatus(Directory.Exists(path) ? FileKind.Folder : File.Exists(path) ? FileKind.File : FileKind.Missing, 0, 0);
        }
    }

    // struct statx: stx_mode at byte 28, stx_ino at 32, stx_dev_major and stx_dev_minor at 136.
    private static unsafe FileStatus Read(string path)
    {
        byte* status = stackalloc byte[256];
        if (path.Contains('\0', StringComparison.Ordinal) || Libc.Status(WorkingFolder, path, 0, TypeAndInode, status) != 0)
            return new FileStatus(FileKind.Missing, 0, 0);
        var fields = new ReadOnlySpan<byte>(status, 256);
        FileKind kind = (BinaryPrimitives.ReadUInt16LittleEndian(fields[28..]) & 0xF000) switch
        {
            0x1000 => FileKind.NamedPipe,
            0x2000 or 0x6000 => FileKind.Device,
            0x4000 => FileKind.Folder,
            0xC000 => FileKind.Socket,
            _ => FileKind.File,
        };
        ulong device = BinaryPrimitives.ReadUInt64LittleEndian(fields[136..]);
        return new FileStatus(kind, device, BinaryPrimitives.ReadUInt64LittleEndian(fields[32..]));
    }
}

/// <summary>Kinds of files.</summary>
public enum FileKind
{
    /// <summary>Nothing, or nothing that may be looked at.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe.</summary>
    NamedPipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A character or block device.</summary>
    Device,
}
