using CsvHelper;

namespace CrystalHpc.BondValence.Fit;

/// <summary>One iteration of the optimizer: a row of <c>history.csv</c>.</summary>
[CsvRecord]
internal sealed partial record HistoryRow(
    [property: CsvColumn("iteration")] int Iteration,
    [property: CsvColumn("value")] double Value,
    [property: CsvColumn("projected_gradient")] double ProjectedGradient,
    [property: CsvColumn("step")] double Step,
    [property: CsvColumn("evaluations")] int Evaluations,
    [property: CsvColumn("median_b_A")] double MedianBA);
