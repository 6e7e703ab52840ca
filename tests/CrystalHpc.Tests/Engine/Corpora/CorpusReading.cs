using System.Text;
using CrystalHpc.Engine.Corpora;
using CrystalHpc.Engine.Tables;

namespace CrystalHpc.Tests.Engine.Corpora;

/// <summary>What becomes of every entry of a corpus: listed, dealt and read as a job does it.</summary>
internal static class CorpusReading
{
    /// <summary>Limits that small inputs do not reach.</summary>
    public static readonly CorpusLimits Limits = new(1 << 20, 1000);

    /// <summary>Each manifest path with the text that was read, or the code of the finding.</summary>
    public static Dictionary<string, string> Of(params string[] roots) => Of(Limits, roots);

    /// <summary>The same with other limits.</summary>
    public static Dictionary<string, string> Of(CorpusLimits limits, params string[] roots) =>
        Contents(limits, roots).ToDictionary(item => item.Row.Path, item => Describe(item.Content));

    /// <summary>The message of the only finding.</summary>
    public static string MessageOf(params string[] roots)
        => Contents(Limits, roots).Single(item => item.Content.Failure is not null).Content.Failure!.Value.Message;

    /// <summary>All rows, in manifest order, with what was read.</summary>
    public static IEnumerable<(ManifestRow Row, FileContent Content)> Contents(CorpusLimits limits, string[] roots)
    {
        var corpus = new Corpus(roots);
        ManifestRow[] rows = [.. RowsOf(corpus, limits)];
        using var reader = new CorpusReader(corpus, limits);
        var plan = new ShardPlan(rows.Sum(ShardPlan.Weight), 1);
        foreach (ManifestRow row in rows.Select(row => row with { Bytes = Math.Max(0, row.Bytes) }).Select(plan.Place))
            yield return (row, reader.Read(row));
    }

    /// <summary>All rows as they are listed, before they have ids and shards.</summary>
    public static IEnumerable<ManifestRow> RowsOf(Corpus corpus, CorpusLimits limits) => corpus.Sources().SelectMany(source =>
    {
        ManifestRow[] rows = [.. new CorpusIndexer(limits).Rows(source)];
        return source.IsPackedArchive && rows.Length > 0 && CorpusIndexer.IsDamagedArchive(rows[^1]) ? rows[^1..] : rows;
    });

    private static string Describe(FileContent content) => content.Failure?.Code.Name ?? Encoding.UTF8.GetString(content.Bytes.Span);
}
