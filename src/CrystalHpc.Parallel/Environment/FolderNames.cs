using System.Runtime.InteropServices;
using CrystalHpc.Parallel.Native;

namespace CrystalHpc.Parallel;

/// <summary>Names of the entries of a folder as bytes: .NET shows names that are no UTF-8 with replacement characters.</summary>
public static class FolderNames
{
    private const byte FolderType = 4;

    /// <summary>
    /// All entries; those whose kind the file system does not tell may be folders. Empty where the folder cannot be read.
    /// </summary>
    public static unsafe IReadOnlyList<(byte[] Name, bool MayBeFolder)> Read(string folder)
    {
        var names = new List<(byte[], bool)>();
        nint open = Libc.OpenFolder(folder);
        if (open == 0)
            return names;

        // struct dirent of 64-bit Linux: d_type at byte 18, d_name from byte 19 to its zero.
        for (byte* entry; (entry = Libc.ReadFolder(open)) != null;)
        {
            byte[] name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + 19).ToArray();
            if (!name.AsSpan().SequenceEqual("."u8) && !name.AsSpan().SequenceEqual(".."u8))
                names.Add((name, entry[18] is FolderType or 0));
        }

        _ = Libc.CloseFolder(open);
        return names;
    }
}
