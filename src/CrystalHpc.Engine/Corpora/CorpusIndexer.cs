using System.Security.Cryptography;
using CrystalHpc.Core.Findings;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Lists the CIF files of a source with their lengths and digests, without ever unpacking anything to disk. What cannot be read has a row
/// without a digest; why not is found out again when it is to be extracted.
/// </summary>
/// <param name="limits">Longer files are listed without a digest and not read.</param>
public sealed class CorpusIndexer(CorpusLimits limits)
{
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>True for the row of a member that is left out because of its name.</summary>
    public static bool IsRefused(ManifestRow row) => row.Bytes < 0;

    /// <summary>True for the row of an archive that could not be read to its end.</summary>
    public static bool IsDamagedArchive(ManifestRow row) =>
        !row.Path.Contains('!', StringComparison.Ordinal) && CorpusSource.IsArchive(row.Path);

    /// <summary>
    /// The CIF files of a source, in its own order. Shard and id are not set yet; in place of the id, rows of what is not to be read say
    /// why.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="onFile">Called for each member of the source; throws to give up.</param>
    public IReadOnlyList<ManifestRow> List(CorpusSource source, Action? onFile = null)
    {
        var rows = new List<ManifestRow>();
        try
        {
            ReadAttempts.Of(() =>
            {
                rows.Clear();
                ListMembers(source, rows, onFile);
                return rows;
            });
        }
        catch (Exception fault) when (FileContent.IsUnreadable(fault))
        {
            // Only the end of a packed stream tells whether all before it is right.
            string where = rows.Count > 0 ? $", after {rows[^1].Path}" : "";
            if (source.IsPackedArchive)
                rows.Clear();
            rows.Add(new ManifestRow(FileContent.Reason(fault) + where, source.Path, 0, "", 0));
        }

        return rows;
    }

    private void ListMembers(CorpusSource source, List<ManifestRow> rows, Action? onFile)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        using ICorpusCursor cursor = source.Open(limits);
        while (cursor.MoveNext(out CorpusMember member))
        {
            onFile?.Invoke();
            if (member.Name.Length > 0 && !CorpusSource.IsSource(member.Name))
                continue;
            string path = source.PathOf(member);
            int times = seen[path] = seen.GetValueOrDefault(path) + 1;
            if (times > 1)
                rows.Add(new ManifestRow("its name stands in the archive twice", CorpusReader.PathOfRepeated(path, times), -1, "", 0));
            else if (source.ProblemOf(member) is { } problem)
                rows.Add(new ManifestRow(problem.Message, path, problem.Code == FileFindings.Refused ? -1 : 0, "", 0));
            else
                rows.Add(Describe(path, member, cursor, isLoose: !CorpusSource.IsArchive(source.Path)));
        }
    }

    // A device that fails within an archive fails the archive, which is then read again from its beginning.
    private ManifestRow Describe(string path, CorpusMember member, ICorpusCursor cursor, bool isLoose)
    {
        if (member.Bytes > limits.MaxFileBytes)
            return new ManifestRow("", path, member.Bytes, "", 0);
        try
        {
            return isLoose ? ReadAttempts.Of(() => Read(path, cursor)) : Read(path, cursor);
        }
        catch (Exception fault) when (FileContent.IsUnreadable(fault) && (isLoose || fault is not IOException or EndOfStreamException))
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
        for (int read; bytes <= limits.MaxFileBytes && (read = stream.Read(_buffer)) > 0; bytes += read)
            hash.AppendData(_buffer, 0, read);
        return new ManifestRow("", path, bytes, bytes > limits.MaxFileBytes ? "" : Convert.ToHexStringLower(hash.GetHashAndReset()), 0);
    }
}
