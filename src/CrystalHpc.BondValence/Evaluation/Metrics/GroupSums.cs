namespace CrystalHpc.BondValence.Evaluation;

/// <summary>What one group of structures adds to the columns of the selections; the groups of a rank one after the other.</summary>
internal sealed class GroupSums(SubsetPlan plan, EvaluatedSites sites)
{
    private readonly double[] _columns = new double[plan.ColumnCount];
    private readonly List<Selection> _touched = [];

    /// <summary>Selections in which the group has sites.</summary>
    public IReadOnlyList<Selection> Touched => _touched;

    /// <summary>Sums by column; 0 where the group has no site.</summary>
    public ReadOnlySpan<double> Columns => _columns;

    /// <summary>Visits every group of the rank, in the order of their numbers; sums are in the order of the sites.</summary>
    /// <param name="onGroup">Gets the hash of the name of each group.</param>
    /// <param name="onSite">Gets each site with the selection that it enters and the place of its subset among those of its class; may be
    /// null.</param>
    public void ForEach(Action<ulong> onGroup, Action<int, Selection, int>? onSite = null)
    {
        for (int start = 0, end; start < sites.Count; start = end)
        {
            EvaluatedSite first = sites[start];
            for (end = start; end < sites.Count && sites[end].Group == first.Group; end++)
                Add(end, onSite);
            onGroup(first.GroupName);
            foreach (Selection selection in _touched)
                Array.Clear(_columns, selection.First, selection.Columns);
            _touched.Clear();
        }
    }

    private void Add(int site, Action<int, Selection, int>? onSite)
    {
        int kind = sites[site].Class;
        ReadOnlySpan<double> sums = sites.Sums(site);
        double target = Math.Abs(sites.Classes[kind].Center.Charge);
        bool isCommon = IsCovered(sums);
        int[] subsets = plan.SubsetsOfClass[kind];
        for (int i = 0; i < subsets.Length; i++)
        {
            foreach (Selection selection in plan.SelectionsOf[subsets[i]])
            {
                if (selection.NeedsAll ? !isCommon : !IsCovered(sums, selection.Tables))
                    continue;
                if (_columns[selection.Sites]++ == 0)
                    _touched.Add(selection);
                for (int table = 0; table < selection.Tables.Length; table++)
                {
                    double deviation = sums[selection.Tables[table]] - target;
                    _columns[selection.Squares(table)] += deviation * deviation;
                    _columns[selection.Wrong(table)] += SubsetEvaluator.IsWrong(deviation) ? 1 : 0;
                    _columns[selection.Deviations(table)] += deviation;
                }

                onSite?.Invoke(site, selection, i);
            }
        }
    }

    private static bool IsCovered(ReadOnlySpan<double> sums)
    {
        foreach (double sum in sums)
        {
            if (double.IsNaN(sum))
                return false;
        }

        return true;
    }

    private static bool IsCovered(ReadOnlySpan<double> sums, int[] tables)
    {
        foreach (int table in tables)
        {
            if (double.IsNaN(sums[table]))
                return false;
        }

        return true;
    }
}
