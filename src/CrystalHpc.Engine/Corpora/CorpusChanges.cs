using System.Globalization;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// How the files and archives of a corpus differ from what they were when it was indexed. Length and time of last change tell, as they do
/// for other programs that build things: no file is opened. What is kept of each source in memory is 16 bytes, not its path.
/// </summary>
/// <param name="New">Sources that were not there.</param>
/// <param name="Modified">Sources of another length or time.</param>
/// <param name="Gone">Sources that are there no longer.</param>
public sealed record CorpusChanges(int New, int Modified, int Gone)
{
    /// <summary>True when nothing differs.</summary>
    public bool IsNone => this is { New: 0, Modified: 0, Gone: 0 };

    /// <summary>A source as it is now.</summary>
    public static SourceRow Describe(CorpusSource source)
    {
        if (FileStatus.Of(source.Location).Kind is not FileKind.File)
            return new SourceRow(source.Path, 0, "");
        var file = new FileInfo(source.Location);

        // A link has a length and a time of its own; what is read is its target.
        if (file.LinkTarget is not null)
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return file.Exists
            ? new SourceRow(source.Path, file.Length, file.LastWriteTimeUtc.ToString("o", CultureInfo.InvariantCulture))
            : new SourceRow(source.Path, 0, "");
    }

    /// <summary>Compares the sources of an index with those of now.</summary>
    /// <param name="indexed">Rows written when the corpus was indexed.</param>
    /// <param name="present">Sources of the corpus as it is.</param>
    public static CorpusChanges Between(IEnumerable<SourceRow> indexed, IEnumerable<CorpusSource> present)
    {
        var known = new Dictionary<ulong, ulong>();
        foreach (SourceRow row in indexed)
            known[TextHash.Of(row.Path)] = StateOf(row);
        (int added, int modified) = (0, 0);
        foreach (SourceRow row in present.Select(Describe))
        {
            if (!known.Remove(TextHash.Of(row.Path), out ulong state))
                added++;
            else if (state != StateOf(row))
                modified++;
        }

        return new CorpusChanges(added, modified, known.Count);
    }

    /// <summary><c>1 new, 2 modified</c>: what there is of each.</summary>
    public override string ToString() => string.Join(", ", new[] { (New, "new"), (Modified, "modified"), (Gone, "gone") }
        .Where(count => count.Item1 > 0)
        .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Item1:N0} {count.Item2}")));

    private static ulong StateOf(SourceRow row)
        => TextHash.Of(string.Create(CultureInfo.InvariantCulture, $"{row.Bytes} {row.ModifiedUtc}"));
}
