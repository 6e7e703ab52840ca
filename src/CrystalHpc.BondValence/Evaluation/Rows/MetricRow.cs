using CsvHelper;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>How well one table does on one subset of sites: a row of <c>metrics.csv</c>.</summary>
[CsvRecord]
internal sealed partial record MetricRow(
    [property: CsvColumn("table")] string Table,
    [property: CsvColumn("subset")] string Subset,
    [property: CsvColumn("n_sites")] int Sites,
    [property: CsvColumn("rmsd_vu")] double? RmsdVu,
    [property: CsvColumn("weighted_mean_rmsd_vu")] double? WeightedMeanRmsdVu,
    [property: CsvColumn("percent_wrong_rounded")] double? PercentWrongRounded,
    [property: CsvColumn("gii_median")] double? GiiMedian,
    [property: CsvColumn("gii_p90")] double? GiiP90,
    [property: CsvColumn("coverage_percent")] double? CoveragePercent,
    [property: CsvColumn("low95")] double? Low95,
    [property: CsvColumn("high95")] double? High95,
    [property: CsvColumn("wrong_low95")] double? WrongLow95,
    [property: CsvColumn("wrong_high95")] double? WrongHigh95,
    [property: CsvColumn("weighted_mean_rmsd_percent")] double? WeightedMeanRmsdPercent,
    [property: CsvColumn("rmsd_of_groups_vu")] double? RmsdOfGroupsVu,
    [property: CsvColumn("mean_deviation_vu")] double? MeanDeviationVu,
    [property: CsvColumn("gii_below_0.2_percent")] double? GiiBelowFifthPercent,
    [property: CsvColumn("n_groups")] int Groups,
    [property: CsvColumn("n_structures")] int? Structures)
{
    /// <summary>The row of some metrics.</summary>
    public static MetricRow Of(TableMetrics metrics) => new(
        metrics.Table,
        metrics.Subset,
        metrics.Sites,
        metrics.Rmsd,
        metrics.WeightedMeanRmsd,
        metrics.PercentWrong,
        metrics.GiiMedian,
        metrics.GiiP90,
        metrics.CoveragePercent,
        metrics.RmsdInterval.Low,
        metrics.RmsdInterval.High,
        metrics.PercentWrongInterval.Low,
        metrics.PercentWrongInterval.High,
        metrics.WeightedMeanRmsdPercent,
        metrics.RmsdOfGroups,
        metrics.MeanDeviation,
        metrics.GiiBelowFifthPercent,
        metrics.Groups,
        metrics.Structures);
}
