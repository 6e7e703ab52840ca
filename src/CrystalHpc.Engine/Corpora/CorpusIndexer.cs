using System.Security.Cryptography;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Corpora;

/// <summary>Lists the CIF files of a source with their lengths and digests, without ever unpacking anything to disk.</summary>
/// <param name="limits">Longer files are listed without a digest and not read.</param>
public sealed class CorpusIndexer(CorpusLimits limits)
{
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>True for the row of a member that is left out because of its name.</summary>
    public static bool IsRefused(ManifestRow row) => row.Bytes < 0;

    /// <summary>
    /// The CIF files of a source, in its own order; shard and id are not set yet. Members whose names are not safe, or stand there twice, have
    /// a row that <see cref="IsRefused"/> knows.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="onFile">Called for each member of the source; throws to give up.</param>
    /// <exception cref="UserException">The archive is damaged or cut short.</exception>
    public IReadOnlyList<ManifestRow> List(CorpusSource source, Action? onFile = null)
    {
        var rows = new List<ManifestRow>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool isArchive = CorpusSource.IsArchive(source.Path);
        try
        {
            using ICorpusCursor cursor = source.Open(limits);
            while (cursor.MoveNext(out CorpusMember member))
            {
                onFile?.Invoke();
                string path = source.PathOf(member);
                if (isArchive && !CorpusSource.IsCif(member.Name))
                    continue;
                if (!IsSafe(member.Name) || !seen.Add(path))
                    rows.Add(new ManifestRow("", path, -1, "", 0));
                else
                    rows.Add(Describe(path, member, cursor, isArchive));
            }
        }
        catch (Exception fault) when (isArchive && fault is InvalidDataException or EndOfStreamException)
        {
            string where = rows.Count > 0 ? $"after {rows[^1].Path}" : "at its beginning";
            throw UserException.Unusable($"the archive {source.Location} is damaged or cut short {where}: {fault.Message.ReplaceLineEndings(" ")}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            if (isArchive)
                throw UserException.Unusable($"the archive {source.Location} cannot be read: {fault.Message.ReplaceLineEndings(" ")}");
            rows.Add(new ManifestRow("", source.Path, 0, "", 0));
        }

        return rows;
    }

    private ManifestRow Describe(string path, CorpusMember member, ICorpusCursor cursor, bool isArchive)
    {
        if (member.Bytes > limits.MaxFileBytes)
            return new ManifestRow("", path, member.Bytes, "", 0);
        if (isArchive)
            return Read(path, cursor);
        try
        {
            return ReadAttempts.Of(() => Read(path, cursor));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new ManifestRow("", path, 0, "", 0);
        }
    }

    private ManifestRow Read(string path, ICorpusCursor cursor)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        using Stream stream = cursor.Open();
        if (stream.CanSeek && stream.Length > limits.MaxFileBytes)
            return new ManifestRow("", path, stream.Length, "", 0);
        for (int read; (read = stream.Read(_buffer)) > 0 && bytes <= limits.MaxFileBytes; bytes += read)
            hash.AppendData(_buffer, 0, read);
        return new ManifestRow("", path, bytes, bytes > limits.MaxFileBytes ? "" : Convert.ToHexStringLower(hash.GetHashAndReset()), 0);
    }

    // Names that would leave a folder when unpacked are never right; control characters would break the tables.
    private static bool IsSafe(string name) =>
        !name.StartsWith('/') && !name.Split('/').Contains("..") && !name.Contains('\\') && !name.Any(char.IsControl);
}
