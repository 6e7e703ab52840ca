using System.Globalization;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Products;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// The folder of a shard while its tables are being written. It stands beside its place and is renamed when the shard is complete; its name
/// says which rank is at it (<c>0017.rank-3.*.tmp</c>).
/// </summary>
/// <remarks>
/// Nothing is flushed to the disk: a table that a crash of the machine has torn does not match its digest, and the shard is made again.
/// That costs less than thousands of flushes on a shared file system.
/// </remarks>
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
        _aside = WholeFile.AsideOf(string.Create(CultureInfo.InvariantCulture, $"{run.Shard(shard)}.rank-{JobContext.Rank}"));
        Directory.CreateDirectory(_aside);
    }

    /// <summary>Removes what jobs that were killed have left of shards. Nobody else may be working on these shards.</summary>
    public static void Sweep(RunDirectory run, IReadOnlyCollection<int> shards)
    {
        string all = Path.GetDirectoryName(run.Shard(0))!;
        if (!Directory.Exists(all))
            return;
        HashSet<int> swept = [.. shards];
        foreach (string folder in Directory.EnumerateDirectories(all, "*.tmp").Where(WholeFile.IsAside))
        {
            string name = Path.GetFileName(folder);
            string number = name[..name.IndexOf('.', StringComparison.Ordinal)];
            if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int shard) && swept.Contains(shard))
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <inheritdoc/>
    public Stream Create(string table) => new DigestStream(
        new OutputFileStream(Path.Combine(_aside, table)),
        digest => _digests[table] = digest);

    /// <summary>All tables are written: adds the completeness mark and gives the folder its name.</summary>
    /// <exception cref="UserException">The folder that it replaces holds files that are not of this program.</exception>
    public void Seal(string extractionDigest, ShardCounts counts)
    {
        byte[] mark = ShardRecord.Sealed(_shard, extractionDigest, counts, _digests).ToBytes();
        using (var stream = new OutputFileStream(Path.Combine(_aside, ShardRecord.FileName)))
            stream.Write(mark);
        string folder = _run.Shard(_shard);
        if (Directory.Exists(folder) && !OwnedDirectory.Remove(folder, name => name == ShardRecord.FileName || _digests.ContainsKey(name)))
            throw UserException.Unusable($"{folder} holds files that are not of this program; move them away, and the shard is made again");
        Directory.Move(_aside, folder);
        _isSealed = true;
    }

    /// <summary>Removes a shard that was not completed.</summary>
    public void Dispose()
    {
        if (!_isSealed && Directory.Exists(_aside))
            WholeFile.Discard(() => Directory.Delete(_aside, recursive: true));
    }
}
