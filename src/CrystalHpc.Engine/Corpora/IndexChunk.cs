using System.Globalization;
using System.Text.RegularExpressions;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Engine.Corpora;

/// <summary>A stretch of the corpus that one rank lists in one go: an archive, or some thousand loose files.</summary>
public static partial class IndexChunk
{
    /// <summary>Loose files listed together.</summary>
    public const int FilesPerChunk = 2000;

    /// <summary>Name of the table that holds the listing of a chunk.</summary>
    public static string FileName(int chunk) => string.Create(CultureInfo.InvariantCulture, $"chunk-{chunk:D6}.csv");

    /// <summary>Name of the table that holds the sources of a chunk.</summary>
    public static string SourcesName(int chunk) => string.Create(CultureInfo.InvariantCulture, $"sources-{chunk:D6}.csv");

    /// <summary>Name of the table that holds the listing of a tree of folders.</summary>
    public static string TreeName(int tree) => string.Create(CultureInfo.InvariantCulture, $"tree-{tree:D6}.csv");

    /// <summary>True for the names of all of them.</summary>
    public static bool IsTable(string name) => TableName().IsMatch(name);

    /// <summary>Divides sources into chunks, keeping their order.</summary>
    public static IEnumerable<(int Chunk, SourceRow Source)> Number(IEnumerable<SourceRow> sources)
    {
        int chunk = 0, files = 0;
        foreach (SourceRow source in sources)
        {
            bool isArchive = CorpusSource.IsArchive(source.Path);
            if (files > 0 && (isArchive || files == FilesPerChunk))
                (chunk, files) = (chunk + 1, 0);
            yield return (chunk, source);
            if (isArchive)
                chunk++;
            else
                files++;
        }
    }

    [GeneratedRegex(@"^(chunk|sources|tree)-[0-9]{6,}\.csv$")]
    private static partial Regex TableName();
}
