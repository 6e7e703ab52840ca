using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Runs;

/// <summary>
/// Where the rows of each shard lie in <c>manifest.csv</c>: found by rank 0 in one pass, so that each rank reads only its shards.
/// </summary>
/// <param name="shards">The shards in order.</param>
/// <param name="table">Reads parts of the manifest.</param>
/// <param name="path">The manifest, for messages.</param>
public sealed class ManifestShards(ManifestShard[] shards, TablePart table, string path)
{
    private static readonly byte[] Header = HeaderRow();

    /// <summary>The shards in order.</summary>
    public IReadOnlyList<ManifestShard> Shards => shards;

    /// <summary>The files of a shard, in order.</summary>
    public IReadOnlyList<ManifestRow> Read(int shard) =>
        [.. Csv.Read<ManifestRow>(table.Read(shards[shard].FirstByte, shards[shard].Bytes), path)];

    /// <summary>The same on another rank, from <see cref="ToBytes"/>.</summary>
    public static ManifestShards Parse(ReadOnlySpan<byte> bytes, string path) =>
        new([.. MemoryMarshal.Cast<byte, ManifestShard>(bytes)], new TablePart(path, Header), path);

    /// <summary>The places as bytes, for <see cref="Parse"/>.</summary>
    public byte[] ToBytes() => MemoryMarshal.AsBytes<ManifestShard>(shards).ToArray();

    /// <summary>Reads a manifest once.</summary>
    /// <exception cref="UserException">It is missing, or not the one with that digest.</exception>
    public static ManifestShards Scan(string path, string sha256)
    {
        if (!File.Exists(path))
            throw UserException.Unusable($"{path} is missing");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var shards = new List<ManifestShard>();
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan))
        {
            var rows = new RowScanner(shards);
            byte[] buffer = new byte[1 << 20];
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                rows.Take(buffer.AsSpan(0, read));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256
            ? new ManifestShards([.. shards], new TablePart(path, Header), path)
            : throw UserException.Unusable($"{path} is not the manifest that this run was made with");
    }

    private static byte[] HeaderRow()
    {
        using var header = new MemoryStream();
        Csv.Write(header, Array.Empty<ManifestRow>());
        return header.ToArray();
    }

    // Finds the ends of rows (a line feed within quotes is none) and the two numbers wanted of each: its length and its shard.
    private sealed class RowScanner(List<ManifestShard> shards)
    {
        private readonly List<byte> _row = [];
        private long _position;
        private bool _isQuoted;
        private bool _isHeader = true;

        public void Take(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                int at = bytes.IndexOfAny((byte)'\n', (byte)'"');
                int length = at < 0 ? bytes.Length : at + 1;
                _row.AddRange(bytes[..length]);
                if (at >= 0 && bytes[at] == '"')
                    _isQuoted = !_isQuoted;
                else if (at >= 0 && !_isQuoted)
                    End();
                bytes = bytes[length..];
            }
        }

        private void End()
        {
            if (!_isHeader)
                Place(CollectionsMarshal.AsSpan(_row)[..^1]);
            _isHeader = false;
            _position += _row.Count;
            _row.Clear();
        }

        // ...,bytes,sha256,shard: none of the three can hold a comma or a quote. What does not fit is caught by the digest of the manifest.
        private void Place(ReadOnlySpan<byte> row)
        {
            int last = row.LastIndexOf((byte)','), digest = row[..Math.Max(0, last)].LastIndexOf((byte)',');
            int length = row[..Math.Max(0, digest)].LastIndexOf((byte)',');
            if (!TryNumber(row[(last + 1)..], out long shard) || !TryNumber(row[(length + 1)..Math.Max(length + 1, digest)],
                out long bytes))
                return;
            if (shard == shards.Count)
                shards.Add(new ManifestShard(_position, 0, 0, 0));
            if (shard != shards.Count - 1)
                return;
            ManifestShard before = shards[^1];
            shards[^1] = new ManifestShard(before.FirstByte, before.Bytes + _row.Count, before.Files + 1,
                before.Weight + Corpora.ShardPlan.WeightOf(bytes));
        }

        private static bool TryNumber(ReadOnlySpan<byte> text, out long number) =>
            long.TryParse(Encoding.ASCII.GetString(text), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}

/// <summary>The rows of one shard in the manifest.</summary>
/// <param name="FirstByte">Where they begin.</param>
/// <param name="Bytes">Their length.</param>
/// <param name="Files">How many there are.</param>
/// <param name="Weight">What the files cost, see <see cref="Corpora.ShardPlan"/>.</param>
public readonly record struct ManifestShard(long FirstByte, long Bytes, long Files, long Weight);
