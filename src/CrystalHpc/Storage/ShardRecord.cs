using System.Text.Json;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Storage;

/// <summary>The completeness mark of a shard, <c>shard.json</c>: written last, it vouches for the tables beside it.</summary>
/// <param name="Shard">Number of the shard.</param>
/// <param name="ExtractionDigest">What the tables were made with; tables with another digest are stale.</param>
/// <param name="Counts">Files, structures, accepted, rejected, failed.</param>
/// <param name="Tables">SHA-256 of each table by file name.</param>
internal sealed record ShardRecord(int Shard, string ExtractionDigest, ShardCounts Counts, SortedDictionary<string, string> Tables)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Seals a shard whose tables are written.</summary>
    public static void Seal(RunDirectory run, int shard, string extractionDigest, ShardCounts counts)
    {
        var tables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(run.Shard(shard), "*.csv"))
            tables[Path.GetFileName(path)] = WholeFile.Digest(path);
        var record = new ShardRecord(shard, extractionDigest, counts, tables);
        WholeFile.Write(run.ShardJson(shard), stream => JsonSerializer.Serialize(stream, record, Json));
    }

    /// <summary>What is wrong with a shard, for people; null when it is complete, of this run, and its tables are intact.</summary>
    public static string? ProblemOf(RunDirectory run, int shard, string extractionDigest, out ShardRecord? record)
    {
        record = null;
        if (!File.Exists(run.ShardJson(shard)))
            return "missing";
        try
        {
            record = JsonSerializer.Deserialize<ShardRecord>(File.ReadAllBytes(run.ShardJson(shard)), Json);
        }
        catch (JsonException)
        {
        }

        if (record?.Tables is null || record.Shard != shard)
            return "its shard.json is damaged";
        if (record.ExtractionDigest != extractionDigest)
            return "stale: made with another configuration, corpus or program version";
        foreach ((string name, string digest) in record.Tables)
        {
            string path = Path.Combine(run.Shard(shard), name);
            if (!File.Exists(path) || WholeFile.Digest(path) != digest)
                return $"its {name} is missing or damaged";
        }

        return null;
    }
}

/// <summary>What became of the files of a shard, or of several: each file yields at least one structure or one rejected row.</summary>
/// <param name="Files">Files of the manifest.</param>
/// <param name="Structures">Rows of <c>structures.csv</c>.</param>
/// <param name="Accepted">Rows with the verdict accepted.</param>
/// <param name="FailedFiles">Files that could not be read, had changed, or made the program fail.</param>
/// <param name="Equations">Bond-valence equations.</param>
/// <param name="Bonds">Their bonds.</param>
internal readonly record struct ShardCounts(long Files, long Structures, long Accepted, long FailedFiles, long Equations, long Bonds)
{
    /// <summary>The counts of all ranks together.</summary>
    public ShardCounts SumOverRanks(GlobalSum sum)
    {
        Span<long> values = [Files, Structures, Accepted, FailedFiles, Equations, Bonds];
        sum(values);
        return new ShardCounts(values[0], values[1], values[2], values[3], values[4], values[5]);
    }

    public static ShardCounts operator +(ShardCounts left, ShardCounts right) => new(
        left.Files + right.Files,
        left.Structures + right.Structures,
        left.Accepted + right.Accepted,
        left.FailedFiles + right.FailedFiles,
        left.Equations + right.Equations,
        left.Bonds + right.Bonds);
}
