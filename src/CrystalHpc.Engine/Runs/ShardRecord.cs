using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>The completeness mark of a shard, <c>shard.json</c>: written last, it vouches for the tables beside it.</summary>
/// <param name="Shard">Number of the shard.</param>
/// <param name="ExtractionDigest">What the tables were made with; tables with another digest are stale.</param>
/// <param name="Counts">Files, structures, accepted, rejected, failed.</param>
/// <param name="Tables">SHA-256 of each table by file name.</param>
/// <param name="Seal">SHA-256 of this record with an empty seal.</param>
public sealed record ShardRecord(int Shard, string ExtractionDigest, ShardCounts Counts, SortedDictionary<string, string> Tables,
    string Seal)
{
    /// <summary>Name of the mark in the folder of the shard.</summary>
    public const string FileName = "shard.json";

    private static readonly JsonSerializerOptions Json = new() {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The mark of a shard whose tables are written.</summary>
    public static ShardRecord Sealed(int shard, string extractionDigest, ShardCounts counts, SortedDictionary<string, string> tables)
    {
        var open = new ShardRecord(shard, extractionDigest, counts, tables, "");
        return open with { Seal = Convert.ToHexStringLower(SHA256.HashData(open.ToBytes())) };
    }

    /// <summary>The mark as JSON.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>What is wrong with a shard, for people; null when it is complete, of this run, and its tables are intact.</summary>
    public static string? ProblemOf(RunDirectory run, int shard, string extractionDigest, out ShardRecord? record)
    {
        if (ProblemOfMark(run, shard, extractionDigest, out record) is { } problem)
            return problem;
        foreach ((string name, string digest) in record!.Tables)
        {
            string path = Path.Combine(run.Shard(shard), name);
            if (!File.Exists(path) || WholeFile.Digest(path) != digest)
                return $"its {name} is missing or damaged";
        }

        return null;
    }

    /// <summary>The same by the mark alone: no table is read.</summary>
    public static string? ProblemOfMark(RunDirectory run, int shard, string extractionDigest, out ShardRecord? record)
    {
        record = null;
        byte[] bytes = [];
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(run.Shard(shard), FileName));
            record = JsonSerializer.Deserialize<ShardRecord>(bytes, Json);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return "missing";
        }
        catch (JsonException)
        {
        }

        if (record?.Tables is null || record.Counts is null || !IsSealed(bytes, record.Seal))
            return "its shard.json is damaged";
        if (record.Shard != shard)
            return $"foreign: it is shard {record.Shard} of some run";
        if (record.ExtractionDigest != extractionDigest)
            return "stale: made with another configuration, corpus or format of tables";
        return null;
    }

    // The seal is the last text in the file: around it lies what it was computed of.
    private static bool IsSealed(ReadOnlySpan<byte> bytes, string? seal)
    {
        byte[] text = Encoding.UTF8.GetBytes(seal ?? "");
        int at = bytes.LastIndexOf(text);
        return at > 0 && text.Length > 0 && Convert.ToHexStringLower(
            SHA256.HashData([.. bytes[..at], .. bytes[(at + text.Length)..]])) == seal;
    }
}
