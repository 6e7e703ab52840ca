namespace CrystalHpc.Tests.Commands;

/// <summary>The tables of a run directory, for comparing runs byte for byte.</summary>
internal static class RunTables
{
    /// <summary>
    /// Every table with its bytes: all CSV and CIF files, of shards, merged, of the fit and its evaluation; but for <c>sources.csv</c>,
    /// which holds the times of the files of the corpus.
    /// </summary>
    public static SortedDictionary<string, byte[]> Read(string run)
    {
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(path) != "sources.csv" && Path.GetExtension(path) is ".csv" or ".cif" || Path.GetFileName(path)
                is "shard.json" or "fit.json" or "metrics.json")
                tables[Path.GetRelativePath(run, path)] = File.ReadAllBytes(path);
        }

        return tables;
    }

    /// <summary>Fails, naming the tables, when two runs differ in any byte.</summary>
    public static void AssertSame(SortedDictionary<string, byte[]> expected, SortedDictionary<string, byte[]> actual)
    {
        Assert.That(actual.Keys, Is.EqualTo(expected.Keys));
        Assert.That(expected.Keys.Where(name => !expected[name].AsSpan().SequenceEqual(actual[name])), Is.Empty, "tables that differ");
    }
}
