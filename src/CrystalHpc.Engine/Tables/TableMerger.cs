using System.Security.Cryptography;
using CrystalHpc.Engine.Jobs;

namespace CrystalHpc.Engine.Tables;

/// <summary>Joins the tables of shards end to end, in shard order, keeping one header row; says where each shard's rows lie.</summary>
public static class TableMerger
{
    /// <summary>Writes the merged table and returns the place and digest of each shard's rows in it.</summary>
    /// <param name="paths">Tables of the shards, in shard order; they have equal header rows.</param>
    /// <param name="merged">Receives the merged table.</param>
    /// <param name="eachTable">Called before each table; throws to give up.</param>
    /// <param name="header">The header row that these tables must have and that is written already; null: write that of the first.</param>
    public static IReadOnlyList<BlockRow> Join(IReadOnlyList<string> paths, Stream merged, Action? eachTable = null, byte[]? header = null)
    {
        var blocks = new List<BlockRow>(paths.Count);
        byte[] buffer = new byte[1 << 16];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in paths)
        {
            eachTable?.Invoke();
            using var table = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 12, FileOptions.SequentialScan);
            byte[] line = ReadLine(table);
            if (header is null)
                merged.Write(header = line);
            else if (!line.AsSpan().SequenceEqual(header))
                throw UserException.Unusable($"{path} has other columns than the tables before it");
            long start = merged.Position;
            for (int read; (read = table.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                merged.Write(buffer, 0, read);
            }

            blocks.Add(new BlockRow(blocks.Count, start, merged.Position - start, Convert.ToHexStringLower(hash.GetHashAndReset())));
        }

        return blocks;
    }

    /// <summary>The header row of a table, with its line feed.</summary>
    public static byte[] HeaderOf(string path)
    {
        using var table = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 10);
        return ReadLine(table);
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
