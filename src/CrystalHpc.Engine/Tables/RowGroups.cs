namespace CrystalHpc.Engine.Tables;

/// <summary>Streams a sorted table group by group.</summary>
public static class RowGroups
{
    /// <summary>Neighboring rows with equal keys together, one group in memory at a time.</summary>
    public static IEnumerable<(int Key, List<TRow> Rows)> Of<TRow>(IEnumerable<TRow> rows, Func<TRow, int> keyOf)
    {
        List<TRow>? group = null;
        int key = 0;
        foreach (TRow row in rows)
        {
            if (group is not null && keyOf(row) != key)
            {
                yield return (key, group);
                group = null;
            }

            group ??= [];
            key = keyOf(row);
            group.Add(row);
        }

        if (group is not null)
            yield return (key, group);
    }
}
