using CsvHelper;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>How well fits to a part of the structures do on structures that were left out: a row of <c>learning_curve.csv</c>.</summary>
[CsvRecord]
internal sealed partial record LearningCurveRow(
    [property: CsvColumn("fraction")] double Fraction,
    [property: CsvColumn("n_structures")] int Structures,
    [property: CsvColumn("n_groups")] int Groups,
    [property: CsvColumn("n_pairs")] int Pairs,
    [property: CsvColumn("n_sites")] long Sites,
    [property: CsvColumn("covered_percent")] double? CoveredPercent,
    [property: CsvColumn("rmsd_vu")] double? RmsdVu,
    [property: CsvColumn("mean_absolute_vu")] double? MeanAbsoluteVu,
    [property: CsvColumn("percent_wrong_rounded")] double? PercentWrongRounded,
    [property: CsvColumn("covered_rmsd_vu")] double? CoveredRmsdVu,
    [property: CsvColumn("covered_mean_absolute_vu")] double? CoveredMeanAbsoluteVu,
    [property: CsvColumn("covered_percent_wrong_rounded")] double? CoveredPercentWrongRounded);
