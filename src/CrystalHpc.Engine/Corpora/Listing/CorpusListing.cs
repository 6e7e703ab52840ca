using System.Globalization;
using System.Text;
using CrystalHpc.Engine.Jobs;
using CrystalHpc.Engine.Runs;
using CrystalHpc.Engine.Tables;
using CrystalHpc.Parallel;

namespace CrystalHpc.Engine.Corpora;

/// <summary>
/// The sources of a corpus with their lengths and times, found by all ranks: rank 0 opens the upper folders, the trees below them are
/// dealt, and rank 0 reads what the ranks have found in the order of the corpus. One rank walks alone.
/// </summary>
/// <param name="job">The job.</param>
/// <param name="run">Receives the listings, in its folder <c>index</c>.</param>
/// <param name="corpus">The corpus.</param>
internal sealed class CorpusListing(Job job, RunDirectory run, Corpus corpus)
{
    // Trees for each rank, so that long ones and short ones even out.
    private const int TreesOfRank = 16;

    private CorpusEntry[] _upper = [];

    /// <summary>Lists the trees. A collective call.</summary>
    public void List()
    {
        if (job.World.Size == 1)
            return;
        byte[] trees = job.World.OnRankZero(() =>
        {
            _upper = [.. corpus.Upper(TreesOfRank * job.World.Size)];
            return Encoding.UTF8.GetBytes(string.Join('\n', Trees(_upper)
                .Select(tree => string.Create(CultureInfo.InvariantCulture, $"{tree.Depth} {tree.Path}"))));
        });
        string[] all = Encoding.UTF8.GetString(trees).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        WorkDealer.Run(job, [.. Enumerable.Range(0, all.Length)], new Progress("index", "folders", 0, isQuiet: true), (tree, dealer) =>
        {
            int space = all[tree].IndexOf(' ', StringComparison.Ordinal);
            string path = all[tree][(space + 1)..];
            IEnumerable<CorpusEntry> entries = new CorpusTree()
                .Below(path, corpus.SourceOf(path).Location, int.Parse(all[tree].AsSpan(0, space), CultureInfo.InvariantCulture));
            Csv.Write(PathOf(tree), entries.Select(entry =>
            {
                dealer.Advance(1);
                return EntryRow.Of(entry);
            }));
        });
    }

    /// <summary>The sources in order. For rank 0.</summary>
    /// <param name="note">Called with a sentence for each path that is passed over.</param>
    public IEnumerable<SourceRow> Sources(Action<string> note)
    {
        if (job.World.Size == 1)
            return corpus.Sources(note).Select(CorpusChanges.Describe);
        var walk = new CorpusWalk(note);
        int tree = 0;
        return _upper
            .SelectMany(entry => entry.Kind == EntryKind.Subtree ? Csv.Read<EntryRow>(PathOf(tree++)) : [EntryRow.Of(entry)])
            .Where(row => walk.Takes(row.Entry))
            .Select(row => row.Source);
    }

    private string PathOf(int tree) => Path.Combine(run.Index, IndexChunk.TreeName(tree));

    private static IEnumerable<CorpusEntry> Trees(IEnumerable<CorpusEntry> entries) =>
        entries.Where(entry => entry.Kind == EntryKind.Subtree);
}
