using CsvHelper;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>One table against the first on the sites that both cover: a row of <c>differences.csv</c>.</summary>
[CsvRecord]
internal sealed partial record DifferenceRow(
    [property: CsvColumn("table")] string Table,
    [property: CsvColumn("reference")] string Reference,
    [property: CsvColumn("subset")] string Subset,
    [property: CsvColumn("n_sites")] int Sites,
    [property: CsvColumn("rmsd_vu")] double? RmsdVu,
    [property: CsvColumn("reference_rmsd_vu")] double? ReferenceRmsdVu,
    [property: CsvColumn("rmsd_difference_vu")] double? RmsdDifferenceVu,
    [property: CsvColumn("low95")] double? Low95,
    [property: CsvColumn("high95")] double? High95,
    [property: CsvColumn("percent_wrong_rounded")] double? PercentWrongRounded,
    [property: CsvColumn("reference_percent_wrong_rounded")] double? ReferencePercentWrongRounded,
    [property: CsvColumn("wrong_low95")] double? WrongLow95,
    [property: CsvColumn("wrong_high95")] double? WrongHigh95,
    [property: CsvColumn("lower_rmsd")] string LowerRmsd)
{
    /// <summary>The row of a difference.</summary>
    public static DifferenceRow Of(TableDifference difference) => new(
        difference.Table,
        difference.Reference,
        difference.Subset,
        difference.Sites,
        difference.Rmsd,
        difference.ReferenceRmsd,
        difference.Rmsd - difference.ReferenceRmsd,
        difference.RmsdInterval.Low,
        difference.RmsdInterval.High,
        difference.PercentWrong,
        difference.ReferencePercentWrong,
        difference.PercentWrongInterval.Low,
        difference.PercentWrongInterval.High,
        difference.RmsdInterval.IsPositive ? difference.Reference : difference.RmsdInterval.IsNegative ? difference.Table : "open");
}
