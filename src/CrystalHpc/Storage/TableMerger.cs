using CrystalHpc.Jobs;

namespace CrystalHpc.Storage;

/// <summary>Joins the tables of shards end to end, in shard order, keeping one header row; says where each shard's rows lie.</summary>
internal static class TableMerger
{
    /// <summary>Writes the merged table and returns the byte range of each shard's rows in it.</summary>
    /// <param name="paths">Tables of the shards, in shard order; they have equal header rows.</param>
    /// <param name="target">Merged table.</param>
    public static IReadOnlyList<(long Start, long Length)> Join(IReadOnlyList<string> paths, string target)
    {
        var ranges = new List<(long, long)>(paths.Count);
        WholeFile.Write(target, merged =>
        {
            byte[]? header = null;
            foreach (string path in paths)
            {
                using var table = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
                byte[] line = ReadLine(table);
                if (header is null)
                    merged.Write(header = line);
                else if (!line.AsSpan().SequenceEqual(header))
                    throw UserException.Unusable($"{path} has other columns than the tables before it");
                long start = merged.Position;
                table.CopyTo(merged);
                ranges.Add((start, merged.Position - start));
            }
        });
        return ranges;
    }

    private static byte[] ReadLine(Stream stream)
    {
        var line = new List<byte>(256);
        for (int next; (next = stream.ReadByte()) >= 0;)
        {
            line.Add((byte)next);
            if (next == '\n')
                break;
        }

        return [.. line];
    }
}
