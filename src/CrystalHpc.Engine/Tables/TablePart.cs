using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Tables;

/// <summary>Reads a stretch of a table, so that a rank reads only its own rows of a table that all ranks share.</summary>
/// <param name="path">The table.</param>
/// <param name="header">Its header row with the line feed.</param>
public sealed class TablePart(string path, byte[] header)
{
    /// <summary>The header row and the bytes of a stretch: a table of its own.</summary>
    /// <exception cref="UserException">The table is shorter than that.</exception>
    public byte[] Read(long start, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        if (start < 0 || length < 0 || length > file.Length - start)
            throw UserException.Unusable(
                $"{path} is shorter than it was, or the table that says where its parts lie (blocks.csv, manifest.csv) is damaged");
        byte[] bytes = new byte[header.Length + length];
        header.CopyTo(bytes, 0);
        file.Position = start;
        file.ReadExactly(bytes, header.Length, (int)length);
        return bytes;
    }

    /// <summary>Number of bytes of the header row that stands in front of every stretch.</summary>
    public int HeaderBytes => header.Length;
}
