using CrystalHpc.Storage.Tables;

namespace CrystalHpc.Corpora;

/// <summary>Gives every file its id and its shard: contiguous ranges of the manifest with about the same number of bytes.</summary>
internal static class ShardPlan
{
    /// <summary>Completes manifest rows that stand in their final order.</summary>
    /// <param name="rows">All files of the corpus, sources in order, members in archive order.</param>
    /// <param name="shards">Number of shards wanted; fewer are made when there are fewer files.</param>
    public static IReadOnlyList<ManifestRow> Deal(IReadOnlyList<ManifestRow> rows, int shards)
    {
        long total = rows.Sum(Weight);
        var completed = new List<ManifestRow>(rows.Count);
        List<string> ids = Ids(rows);
        long before = 0;
        int shard = -1;
        long lastSlot = -1;
        for (int i = 0; i < rows.Count; i++)
        {
            long slot = (long)((before + Weight(rows[i]) / 2) / (double)total * shards);
            if (slot != lastSlot)
                shard++;
            lastSlot = slot;
            before += Weight(rows[i]);
            completed.Add(rows[i] with { Id = ids[i], Shard = shard });
        }

        return completed;
    }

    // A file costs something even when it is short: opening it, and its rows in the tables.
    private static long Weight(ManifestRow row) => row.Bytes + 1024;

    /// <summary>
    /// Ids: a file named after its seven-digit COD number has that number, any other its path without the ending; where two files would share
    /// an id, all but the first have their whole path.
    /// </summary>
    private static List<string> Ids(IReadOnlyList<ManifestRow> rows)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var ids = new List<string>(rows.Count);
        foreach (ManifestRow row in rows)
        {
            string name = row.Path[(row.Path.LastIndexOfAny(['/', '!']) + 1)..];
            string stem = WithoutEnding(name);
            string id = stem.Length == 7 && stem.All(char.IsAsciiDigit) ? stem : WithoutEnding(row.Path);
            if (!taken.Add(id))
            {
                id = row.Path;
                taken.Add(id);
            }

            ids.Add(id);
        }

        return ids;
    }

    private static string WithoutEnding(string path)
    {
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            path = path[..^3];
        int dot = path.LastIndexOf('.');
        return dot > path.LastIndexOfAny(['/', '!']) + 1 ? path[..dot] : path;
    }
}
