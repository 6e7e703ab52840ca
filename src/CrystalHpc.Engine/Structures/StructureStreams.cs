using System.IO.Compression;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Structures;

/// <summary>Opens structure files for reading, packed or not.</summary>
public static class StructureStreams
{
    private const byte GzipFirst = 0x1F, GzipSecond = 0x8B;

    /// <summary>The content of a file; gzip is known by its first bytes, whatever the name says.</summary>
    /// <exception cref="UserException">The file cannot be opened.</exception>
    public static Stream Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
            if (!file.CanSeek)
                return file;
            bool isPacked = file.ReadByte() == GzipFirst && file.ReadByte() == GzipSecond;
            file.Position = 0;
            return isPacked ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw UserException.Unusable(fault.Message);
        }
    }
}
