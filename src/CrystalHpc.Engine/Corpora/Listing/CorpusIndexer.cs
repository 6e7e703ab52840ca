using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// Lists the CIF files of sources with their lengths and digests, without ever unpacking anything to disk. What cannot be read has a row
/// without a digest; why not is found out again when it is to be extracted. Rows are written as they are found.
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
    /// Writes a table of the CIF files of an archive, or of loose files, in their own order. Shard and id are not set yet; in place of the
    /// id, rows of what is not to be read say why.
    /// </summary>
    /// <param name="table">The table to write.</param>
    /// <param name="sources">An archive alone, or loose files.</param>
    /// <param name="onFile">Called for each member of the sources; throws to give up.</param>
    public void Write(string table, IEnumerable<CorpusSource> sources, Action? onFile = null)
    {
        try
        {
            Csv.Write(table, sources.SelectMany(source => Rows(source, onFile)
                .Select(row => source.IsPackedArchive && IsDamagedArchive(row) ? throw new DamagedStreamException(row) : row)));
        }
        catch (DamagedStreamException damage)
        {
            Csv.Write(table, [damage.Row]);
        }
    }

    /// <summary>
    /// The rows of a source as they are found. When the last is that of a packed archive which could not be read to its end, those before
    /// it are void.
    /// </summary>
    internal IEnumerable<ManifestRow> Rows(CorpusSource source, Action? onFile = null)
    {
        using var members = new MemberRows(source, () => source.Open(limits), limits.MaxFileBytes, onFile, _buffer);
        ManifestRow? damage = null;
        while (damage is null && Next(source, members, out damage) is { } row)
            yield return row;
        if (damage is not null)
            yield return damage;
    }

    private static ManifestRow? Next(CorpusSource source, MemberRows members, out ManifestRow? damage)
    {
        damage = null;
        try
        {
            return members.Next();
        }
        catch (Exception fault) when (FileContent.IsUnreadable(fault))
        {
            string where = members.LastPath.Length > 0 ? $", after {members.LastPath}" : "";
            damage = new ManifestRow(FileContent.Reason(fault) + where, source.Path, 0, "", 0);
            return null;
        }
    }

    // Only the end of a packed stream tells whether all before it is right: the rows that are written are void.
    private sealed class DamagedStreamException(ManifestRow row) : Exception
    {
        public ManifestRow Row => row;
    }
}
