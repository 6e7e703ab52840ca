using CsvHelper;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>Deviations of the sites in one range of a quantity: a row of <c>trends.csv</c>.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Range">Its range or value.</param>
/// <param name="Sites">Sites in it.</param>
/// <param name="MeanDeviationVu">Mean of valence sum minus oxidation state, v.u.</param>
/// <param name="ErrorVu">Standard error of that mean, sites taken as independent, v.u.</param>
/// <param name="RmsdVu">Root mean square deviation, v.u.</param>
/// <param name="ExplainedPercent">What the quantity explains of the variance of all deviations, %: omega squared, the same in all its
/// rows.</param>
[CsvRecord]
internal sealed partial record TrendRow(
    [property: CsvColumn("quantity")] string Quantity,
    [property: CsvColumn("range")] string Range,
    [property: CsvColumn("n_sites")] int Sites,
    [property: CsvColumn("mean_deviation_vu")] double MeanDeviationVu,
    [property: CsvColumn("error_vu")] double? ErrorVu,
    [property: CsvColumn("rmsd_vu")] double RmsdVu,
    [property: CsvColumn("explained_percent")] double? ExplainedPercent);
