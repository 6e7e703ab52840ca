using CrystalHpc.Core.Statistics;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>Metrics of all tables on one subset of sites.</summary>
public sealed class SubsetEvaluator
{
    private readonly EvaluatedSites _sites;
    private readonly bool[] _isCommon;
    private readonly GroupBootstrap _bootstrap;

    /// <summary>An evaluator for the subsets of some sites.</summary>
    /// <param name="sites">The sites with their sums.</param>
    /// <param name="replicates">Samples of the bootstrap; 0 for no intervals.</param>
    /// <param name="seed">Chooses the samples.</param>
    public SubsetEvaluator(EvaluatedSites sites, int replicates, int seed)
    {
        ArgumentNullException.ThrowIfNull(sites);
        _sites = sites;
        _isCommon = [.. Enumerable.Range(0, sites.Sites.Count).Select(sites.IsCommon)];
        _bootstrap = new GroupBootstrap(replicates, seed);
    }

    /// <summary>True when the deviation makes the rounded sum another whole number than the oxidation state.</summary>
    public static bool IsWrong(double deviation) => Math.Abs(deviation) >= 0.5;

    /// <summary>A row for each table on the sites that all tables cover; for the widest subsets also on those that each covers itself.</summary>
    public IReadOnlyList<TableMetrics> Metrics(SiteSubset subset)
    {
        ArgumentNullException.ThrowIfNull(subset);
        int[] common = [.. subset.Sites.Where(site => _isCommon[site])];
        int[] tables = [.. Enumerable.Range(0, _sites.Tables.Count)];
        List<TableMetrics> rows = [.. tables.Select(table => Row(table, subset, common, subset.Name, site => _isCommon[site]))];
        if (!subset.Name.Contains('/', StringComparison.Ordinal))
        {
            rows.AddRange(tables.Select(table => Row(
                table, subset, [.. subset.Sites.Where(site => Covers(table, site))], subset.Name + "/own", site => Covers(table, site))));
        }

        return rows;
    }

    /// <summary>Every table but the first against the first, on the sites that both cover; tables without such sites are left out.</summary>
    public IReadOnlyList<TableDifference> Differences(SiteSubset subset)
    {
        ArgumentNullException.ThrowIfNull(subset);
        var rows = new List<TableDifference>();
        for (int table = 1; table < _sites.Tables.Count; table++)
        {
            int[] both = [.. subset.Sites.Where(site => Covers(table, site) && Covers(0, site))];
            if (both.Length > 0)
                rows.Add(Difference(table, subset.Name, both));
        }

        return rows;
    }

    private bool Covers(int table, int site) => !double.IsNaN(_sites.Sum(site, table));

    private TableMetrics Row(int table, SiteSubset subset, int[] sites, string name, Func<int, bool> isUsed)
    {
        (string[] groups, double[][] columns) = GroupSums(sites, table);
        double? coverage = subset.Sites.Count == 0 ? null : 100.0 * subset.Sites.Count(site => Covers(table, site)) / subset.Sites.Count;
        var empty = new TableMetrics { Table = _sites.Tables[table], Subset = name, Sites = sites.Length, Groups = groups.Length, CoveragePercent = coverage };
        if (sites.Length == 0)
            return empty;
        ConfidenceInterval[] intervals = _bootstrap.Intervals(groups, columns, 1, (sums, statistics) => statistics[0] = Math.Sqrt(sums[1] / sums[0]));
        double[] total = Totals(columns);
        double percentWrong = 100 * total[2] / total[0];
        (double weighted, double percent) = ByIon(sites, table);
        TableMetrics metrics = empty with
        {
            Rmsd = Math.Sqrt(total[1] / total[0]),
            RmsdInterval = intervals[0],
            WeightedMeanRmsd = weighted,
            WeightedMeanRmsdPercent = percent,
            RmsdOfGroups = Math.Sqrt(columns.Average(group => group[1] / group[0])),
            MeanDeviation = sites.Average(site => _sites.Deviation(site, table)),
            PercentWrong = percentWrong,
            PercentWrongInterval = ShareInterval(percentWrong, groups.Length),
        };
        return subset.Anions is null ? metrics : WithInstability(metrics, InstabilityIndex.OfStructures(_sites, subset, table, isUsed));
    }

    // Sites of one group err together, so that a share rests on as many cases as there are groups. A bootstrap would call 0 of 10 certain.
    private static ConfidenceInterval ShareInterval(double percent, int groups)
    {
        (double low, double high) = WilsonInterval.OfShare(percent / 100, groups);
        return new ConfidenceInterval(100 * low, 100 * high);
    }

    private static TableMetrics WithInstability(TableMetrics metrics, double[] indices) => indices.Length == 0 ? metrics with { Structures = 0 } : metrics with
    {
        Structures = indices.Length,
        GiiMedian = Quantile.OfSorted(indices, 0.5),
        GiiP90 = Quantile.OfSorted(indices, 0.9),
        GiiBelowFifthPercent = 100.0 * indices.Count(index => index < 0.2) / indices.Length,
    };

    private TableDifference Difference(int table, string name, int[] sites)
    {
        (string[] groups, double[][] columns) = GroupSums(sites, table, 0);
        ConfidenceInterval[] intervals = _bootstrap.Intervals(groups, columns, 2, (sums, statistics) =>
        {
            statistics[0] = Math.Sqrt(sums[1] / sums[0]) - Math.Sqrt(sums[3] / sums[0]);
            statistics[1] = 100 * (sums[2] - sums[4]) / sums[0];
        });
        double[] sums = Totals(columns);
        return new TableDifference
        {
            Table = _sites.Tables[table],
            Reference = _sites.Tables[0],
            Subset = name,
            Sites = sites.Length,
            Rmsd = Math.Sqrt(sums[1] / sums[0]),
            ReferenceRmsd = Math.Sqrt(sums[3] / sums[0]),
            RmsdInterval = intervals[0],
            PercentWrong = 100 * sums[2] / sums[0],
            ReferencePercentWrong = 100 * sums[4] / sums[0],
            PercentWrongInterval = intervals[1],
        };
    }

    // For each group: number of sites, then for each table the sum of squares and the number of wrong sites.
    private (string[] Groups, double[][] Columns) GroupSums(int[] sites, params int[] tables)
    {
        var byGroup = new SortedDictionary<int, double[]>();
        foreach (int site in sites)
        {
            if (!byGroup.TryGetValue(_sites.Sites[site].Group, out double[]? sums))
                byGroup.Add(_sites.Sites[site].Group, sums = new double[1 + 2 * tables.Length]);
            sums[0]++;
            for (int i = 0; i < tables.Length; i++)
            {
                double deviation = _sites.Deviation(site, tables[i]);
                sums[1 + 2 * i] += deviation * deviation;
                sums[2 + 2 * i] += IsWrong(deviation) ? 1 : 0;
            }
        }

        return ([.. byGroup.Keys.Select(group => _sites.Groups[group])], [.. byGroup.Values]);
    }

    private static double[] Totals(double[][] columns)
    {
        double[] totals = new double[columns[0].Length];
        foreach (double[] group in columns)
        {
            for (int i = 0; i < totals.Length; i++)
                totals[i] += group[i];
        }

        return totals;
    }

    private (double Mean, double Percent) ByIon(int[] sites, int table)
    {
        (double mean, double percent) = (0, 0);
        foreach (var ion in sites.GroupBy(site => _sites.Sites[site].Center).OrderBy(ion => ion.Key))
        {
            double rmsd = Math.Sqrt(ion.Average(site => _sites.Deviation(site, table) * _sites.Deviation(site, table)));
            mean += ion.Count() * rmsd / sites.Length;
            percent += ion.Count() * 100 * rmsd / Math.Abs(ion.Key.Charge) / sites.Length;
        }

        return (mean, percent);
    }
}
