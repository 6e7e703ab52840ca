using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Statistics;
using CsvHelper;

namespace CrystalHpc.BondValence.Equations;

/// <summary>Bond lengths of one cation and anion: a row of <c>pairs.csv</c> of runs that make equations.</summary>
[CsvRecord]
internal sealed partial record SpeciesPairRow(
    [property: CsvColumn("cation")] string Cation,
    [property: CsvColumn("cation_charge")] int CationCharge,
    [property: CsvColumn("anion")] string Anion,
    [property: CsvColumn("anion_charge")] int AnionCharge,
    [property: CsvColumn("count")] long Count,
    [property: CsvColumn("mean_A")] double MeanA,
    [property: CsvColumn("stddev_A")] double StddevA,
    [property: CsvColumn("min_A")] double MinA,
    [property: CsvColumn("max_A")] double MaxA,
    [property: CsvColumn("q05_A")] double Q05A,
    [property: CsvColumn("q25_A")] double Q25A,
    [property: CsvColumn("median_A")] double MedianA,
    [property: CsvColumn("q75_A")] double Q75A,
    [property: CsvColumn("q95_A")] double Q95A)
{
    public static SpeciesPairRow Of(PairDistanceSummary summary) => new(
        summary.Pair.First.Element.Symbol, summary.Pair.First.Charge, summary.Pair.Second.Element.Symbol, summary.Pair.Second.Charge,
        summary.Count, summary.MeanAngstrom, summary.StandardDeviationAngstrom, summary.MinAngstrom, summary.MaxAngstrom,
        summary.Q05Angstrom, summary.Q25Angstrom, summary.MedianAngstrom, summary.Q75Angstrom, summary.Q95Angstrom);
}

/// <summary>Neighbor distances of two elements: a row of <c>pairs.csv</c> of runs that make no equations.</summary>
[CsvRecord]
internal sealed partial record ElementPairRow(
    [property: CsvColumn("element_1")] string Element1,
    [property: CsvColumn("element_2")] string Element2,
    [property: CsvColumn("count")] long Count,
    [property: CsvColumn("mean_A")] double MeanA,
    [property: CsvColumn("stddev_A")] double StddevA,
    [property: CsvColumn("min_A")] double MinA,
    [property: CsvColumn("max_A")] double MaxA,
    [property: CsvColumn("q05_A")] double Q05A,
    [property: CsvColumn("q25_A")] double Q25A,
    [property: CsvColumn("median_A")] double MedianA,
    [property: CsvColumn("q75_A")] double Q75A,
    [property: CsvColumn("q95_A")] double Q95A)
{
    public static ElementPairRow Of(PairDistanceSummary summary) => new(
        summary.Pair.First.Element.Symbol, summary.Pair.Second.Element.Symbol,
        summary.Count, summary.MeanAngstrom, summary.StandardDeviationAngstrom, summary.MinAngstrom, summary.MaxAngstrom,
        summary.Q05Angstrom, summary.Q25Angstrom, summary.MedianAngstrom, summary.Q75Angstrom, summary.Q95Angstrom);
}

/// <summary>
/// One occupied histogram bin of one pair: a row of <c>pair_bins.csv</c>. Charges are 0 in runs without equations. All numbers are whole,
/// so that tables of shards add up exactly: lengths are in 1e-6 Å, their squares in 1e-12 Å².
/// </summary>
[CsvRecord]
internal sealed partial record PairBinRow(
    [property: CsvColumn("first")] string First,
    [property: CsvColumn("first_charge")] int FirstCharge,
    [property: CsvColumn("second")] string Second,
    [property: CsvColumn("second_charge")] int SecondCharge,
    [property: CsvColumn("bin")] int Bin,
    [property: CsvColumn("count")] long Count,
    [property: CsvColumn("sum_1e-6A")] long Sum,
    [property: CsvColumn("sum_of_squares_1e-12A2")] Int128 SumOfSquares,
    [property: CsvColumn("min_1e-6A")] long Min,
    [property: CsvColumn("max_1e-6A")] long Max)
{
    public static PairBinRow Of(PairDistanceRow row) => new(
        row.Pair.First.Element.Symbol, row.Pair.First.Charge, row.Pair.Second.Element.Symbol, row.Pair.Second.Charge,
        row.Bin, row.Count, row.Sum, row.SumOfSquares, row.Min, row.Max);

    /// <summary>The row as the statistics know it.</summary>
    public PairDistanceRow ToStatistics() => new(
        new SpeciesPair(new Species(Element.Of(First), (sbyte)FirstCharge), new Species(Element.Of(Second), (sbyte)SecondCharge)),
        Bin, Count, Sum, SumOfSquares, Min, Max);
}
