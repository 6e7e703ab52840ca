using CrystalHpc.Core.Statistics;
using CrystalHpc.Parallel;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Metrics of all tables on all subsets of the sites of all ranks. Each rank holds whole groups of structures and sums up over them; what
/// ranks exchange are sums, whose number does not depend on that of the sites.
/// </summary>
/// <param name="world">The ranks.</param>
/// <param name="sites">Sites of the groups that this rank owns.</param>
/// <param name="replicates">Samples of the bootstrap; 0 for no intervals.</param>
/// <param name="seed">Chooses the samples.</param>
public sealed class SubsetEvaluator(ICommunicator world, EvaluatedSites sites, int replicates, int seed)
{
    private readonly SubsetPlan _plan = new(world, sites);

    /// <summary>True when the deviation makes the rounded sum another whole number than the oxidation state.</summary>
    public static bool IsWrong(double deviation) => Math.Abs(deviation) >= 0.5;

    /// <summary>
    /// All subsets in the order of the tables, on rank 0; nothing elsewhere. Of each: a row for each table on the sites that all tables
    /// cover; for the widest subsets also on those that each covers itself; then every table but the first against the first, on the sites
    /// that both cover. A collective call.
    /// </summary>
    public IReadOnlyList<SubsetResult> Run()
    {
        var totals = new SubsetTotals(world, _plan, sites);
        var indices = new InstabilityIndex(world, sites);
        Dictionary<(Selection, int), InstabilityFigures> instability = _plan.SelectionsOf.SelectMany(own => own)
            .Where(selection => _plan.Subsets[selection.Subset].HasStructures && !selection.IsDifference)
            .SelectMany(selection => selection.Tables.Select((table, i) => (Selection: selection, Table: table, Place: i)))
            .ToDictionary(row => (row.Selection, row.Place), row =>
                indices.Of(_plan.Subsets[row.Selection.Subset], row.Table, row.Selection.NeedsAll));
        var intervals = new SubsetBootstrap(world, _plan, totals, sites, replicates, seed).Intervals();
        if (world.Rank > 0)
            return [];
        return [.. _plan.Subsets.Select((subset, i) => new SubsetResult(
            i,
            [.. _plan.Judged(i).SelectMany(selection =>
                selection.Tables.Select((_, place) => Row(totals, selection, place, instability, intervals)))],
            [.. _plan.SelectionsOf[i].Where(own => own.IsDifference && totals.Groups(own) > 0)
                .Select(own => Difference(totals, own, intervals))]))];
    }

    private TableMetrics Row(
        SubsetTotals totals, Selection selection, int place, Dictionary<(Selection, int), InstabilityFigures> instability,
        IReadOnlyDictionary<(int, int), ConfidenceInterval> intervals)
    {
        SubsetKey subset = _plan.Subsets[selection.Subset];
        (int table, int all) = (selection.Tables[place], totals.Sites(selection.Subset));
        double count = totals.Total(selection.Sites);
        var empty = new TableMetrics
        {
            Table = sites.Tables[table],
            Subset = selection.NeedsAll ? subset.Name : subset.Name + "/own",
            Sites = (int)count,
            Groups = totals.Groups(selection),
            CoveragePercent = all == 0 ? null : 100.0 * totals.Covered(selection.Subset, table) / all,
        };
        if (count == 0)
            return empty;
        double percentWrong = 100 * totals.Total(selection.Wrong(place)) / count;
        (double weighted, double percent) = totals.ByIon(selection, place);
        TableMetrics metrics = empty with
        {
            Rmsd = Math.Sqrt(totals.Total(selection.Squares(place)) / count),
            RmsdInterval = intervals.GetValueOrDefault((selection.First, place)),
            WeightedMeanRmsd = weighted,
            WeightedMeanRmsdPercent = percent,
            RmsdOfGroups = Math.Sqrt(totals.MeanSquareOfGroups(selection, place)),
            MeanDeviation = totals.Total(selection.Deviations(place)) / count,
            PercentWrong = percentWrong,
            PercentWrongInterval = ShareInterval(percentWrong, empty.Groups),
        };
        return subset.HasStructures ? WithInstability(metrics, instability[(selection, place)]) : metrics;
    }

    // Sites of one group err together, so that a share rests on as many cases as there are groups. A bootstrap would call 0 of 10 certain.
    private static ConfidenceInterval ShareInterval(double percent, int groups)
    {
        (double low, double high) = WilsonInterval.OfShare(percent / 100, groups);
        return new ConfidenceInterval(100 * low, 100 * high);
    }

    private static TableMetrics WithInstability(TableMetrics metrics, InstabilityFigures figures) =>
        figures.Structures == 0 ? metrics with { Structures = 0 } : metrics with
    {
        Structures = figures.Structures,
        GiiMedian = figures.Median,
        GiiP90 = figures.P90,
        GiiBelowFifthPercent = figures.BelowFifthPercent,
    };

    private TableDifference Difference(
        SubsetTotals totals, Selection selection, IReadOnlyDictionary<(int, int), ConfidenceInterval> intervals)
    {
        double count = totals.Total(selection.Sites);
        return new TableDifference
        {
            Table = sites.Tables[selection.Tables[0]],
            Reference = sites.Tables[0],
            Subset = _plan.Subsets[selection.Subset].Name,
            Sites = (int)count,
            Rmsd = Math.Sqrt(totals.Total(selection.Squares(0)) / count),
            ReferenceRmsd = Math.Sqrt(totals.Total(selection.Squares(1)) / count),
            RmsdInterval = intervals.GetValueOrDefault((selection.First, 0)),
            PercentWrong = 100 * totals.Total(selection.Wrong(0)) / count,
            ReferencePercentWrong = 100 * totals.Total(selection.Wrong(1)) / count,
            PercentWrongInterval = intervals.GetValueOrDefault((selection.First, 1)),
        };
    }
}

/// <summary>The figures of one subset.</summary>
/// <param name="Index">Its place among all.</param>
/// <param name="Metrics">Rows of the tables.</param>
/// <param name="Differences">Tables against the first one.</param>
public sealed record SubsetResult(int Index, IReadOnlyList<TableMetrics> Metrics, IReadOnlyList<TableDifference> Differences);
