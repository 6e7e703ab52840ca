using System.Globalization;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// The folder of a shard while its tables are being written: beside its place, named after the rank that is at it (<c>0017.rank-3.tmp</c>: what a
/// killed rank leaves behind says what it was at), renamed as a whole when the shard is complete. Nothing is
/// flushed to the disk here: a table that a crash of the machine has torn does not match its digest, and the shard is made again. That
/// costs less than thousands of flushes on a shared file system.
/// </summary>
public sealed class ShardFolder : ITableFolder, IDisposable
{
    private readonly RunDirectory _run;
    private readonly int _shard;
    private readonly string _aside;
    private readonly SortedDictionary<string, string> _digests = new(StringComparer.Ordinal);
    private bool _isSealed;

    /// <summary>Makes the folder.</summary>
    public ShardFolder(RunDirectory run, int shard)
    {
        (_run, _shard) = (run, shard);
        _aside = string.Create(CultureInfo.InvariantCulture, $"{run.Shard(shard)}.rank-{JobContext.Rank}.tmp");
        Directory.CreateDirectory(_aside);
    }

    /// <summary>Removes what killed ranks have left of shards that are made again. Shards of other jobs, which may be at work, are not touched.</summary>
    public static void RemoveLeftovers(RunDirectory run, IReadOnlySet<int> shards)
    {
        if (!Directory.Exists(run.Shards))
            return;
        foreach (string folder in Directory.EnumerateDirectories(run.Shards, "*.tmp").ToArray())
        {
            string[] name = Path.GetFileName(folder).Split('.');
            if (int.TryParse(name[0], NumberStyles.None, CultureInfo.InvariantCulture, out int shard) && shards.Contains(shard))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public Stream Create(string table) => new DigestStream(
        new OutputFile(Path.Combine(_aside, table)),
        digest => _digests[table] = digest);

    /// <summary>All tables are written: adds the completeness mark and gives the folder its name.</summary>
    public void Seal(string extractionDigest, ShardCounts counts)
    {
        byte[] mark = ShardRecord.Sealed(_shard, extractionDigest, counts, _digests).ToBytes();
        using (var stream = new OutputFile(Path.Combine(_aside, ShardRecord.FileName)))
            stream.Write(mark);
        string folder = _run.Shard(_shard);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.Move(_aside, folder);
        _isSealed = true;
    }

    /// <summary>Removes a shard that was not completed.</summary>
    public void Dispose()
    {
        if (!_isSealed && Directory.Exists(_aside))
            Directory.Delete(_aside, recursive: true);
    }
}
