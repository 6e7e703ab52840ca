using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Tables;

/// <summary>One of several stretches of about equal length of a table, read a few megabytes at a time.</summary>
public static class TableStretch
{
    private const int PieceBytes = 1 << 22;

    /// <summary>
    /// The rows of a stretch. A row belongs to the stretch that its first byte lies in, so that every row belongs to one.
    /// </summary>
    /// <typeparam name="TRow">The row; a row of these tables is a line.</typeparam>
    /// <param name="path">The table.</param>
    /// <param name="part">Number of the stretch, from 0.</param>
    /// <param name="parts">How many there are.</param>
    /// <exception cref="UserException">The table is missing or damaged.</exception>
    public static IEnumerable<TRow> Read<TRow>(string path, int part, int parts)
    {
        if (!File.Exists(path))
            throw UserException.Unusable($"{path} is missing");
        (long first, long length) = (0, new FileInfo(path).Length);
        byte[] header = [];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 12))
        {
            if (length == 0 || LineStart(file, length, length + 1) != length)
                throw UserException.Unusable($"{path} is cut short");
            first = LineStart(file, 1, length);
            header = new byte[first];
            file.Position = 0;
            file.ReadExactly(header);
        }

        var table = new TablePart(path, header);
        long from = first + (length - first) * part / parts, to = first + (length - first) * (part + 1) / parts;
        for (long start = from; start < to; start += PieceBytes)
        {
            (long begin, long end) = (0, 0);
            using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 12))
                (begin, end) = (LineStart(file, start, length), LineStart(file, Math.Min(start + PieceBytes, to), length));
            if (begin == end)
                continue;
            foreach (TRow row in Csv.Read<TRow>(table.Read(begin, end - begin), path))
                yield return row;
        }
    }

    // Where the first line begins that begins at a position or behind it; beyond the end of the file when the last byte is no line feed.
    private static long LineStart(FileStream file, long position, long length)
    {
        file.Position = position - 1;
        for (long at = position; at <= length; at++)
        {
            if (file.ReadByte() == '\n')
                return at;
        }

        return length + 1;
    }
}
