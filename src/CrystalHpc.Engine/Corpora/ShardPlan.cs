using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Gives every file its id and its shard while the manifest streams by: shards are contiguous ranges with about the same number of bytes.
/// </summary>
/// <param name="totalWeight">Sum of <see cref="Weight"/> over all files.</param>
/// <param name="shards">Number of shards wanted; fewer are made when single files are longer than a shard should be.</param>
public sealed class ShardPlan(long totalWeight, int shards)
{
    // Eight bytes for each id instead of the id itself; should two ever agree by chance, one file has a longer id than it needs.
    private readonly HashSet<ulong> _taken = [];
    private long _before;
    private long _lastSlot = -1;
    private int _shard = -1;

    /// <summary>What a file costs: its bytes, and something for opening it and for its rows in the tables.</summary>
    public static long Weight(ManifestRow row) => WeightOf(row.Bytes);

    /// <summary>What a file of a length costs.</summary>
    public static long WeightOf(long bytes) => bytes + 1024;

    /// <summary>How many shards a corpus of so many files is worth.</summary>
    public static int ShardsOf(int files, CorpusOptions options) => Math.Clamp(files / options.MinFilesPerShard, 1, options.Shards);

    /// <summary>Completes the next row of the manifest.</summary>
    public ManifestRow Place(ManifestRow row)
    {
        long weight = Weight(row);
        long slot = (long)((_before + weight / 2) / (double)totalWeight * shards);
        if (slot != _lastSlot)
            _shard++;
        _lastSlot = slot;
        _before += weight;
        return row with { Id = PlainText.Of(IdOf(row)), Shard = _shard };
    }

    /// <summary>
    /// A file named after its seven-digit COD number has that number as its id, any other its path without the ending; where two files
    /// would share an id, all but the first have their whole path.
    /// </summary>
    private string IdOf(ManifestRow row)
    {
        string stem = WithoutEnding(row.Path[(row.Path.LastIndexOfAny(['/', '!']) + 1)..]);
        string id = stem.Length == 7 && stem.All(char.IsAsciiDigit) ? stem : WithoutEnding(row.Path);
        if (_taken.Add(Hash(id)))
            return id;
        _taken.Add(Hash(row.Path));
        return row.Path;
    }

    private static string WithoutEnding(string path)
    {
        path = Packing.NameInside(path);
        int dot = path.LastIndexOf('.');
        return dot > path.LastIndexOfAny(['/', '!']) + 1 ? path[..dot] : path;
    }

    private static ulong Hash(string text) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
