namespace CrystalHpc.Core.Statistics;

/// <summary>Distances of one pair of species in a few numbers, Å.</summary>
/// <param name="Pair">The two species.</param>
/// <param name="Count">Number of distances.</param>
/// <param name="MeanAngstrom">Mean.</param>
/// <param name="StandardDeviationAngstrom">Sample standard deviation; 0 for a single distance.</param>
/// <param name="MinAngstrom">Shortest.</param>
/// <param name="MaxAngstrom">Longest.</param>
/// <param name="Q05Angstrom">5 % quantile, interpolated within its histogram bin.</param>
/// <param name="Q25Angstrom">25 % quantile.</param>
/// <param name="MedianAngstrom">50 % quantile.</param>
/// <param name="Q75Angstrom">75 % quantile.</param>
/// <param name="Q95Angstrom">95 % quantile.</param>
public sealed record PairDistanceSummary(
    SpeciesPair Pair, long Count, double MeanAngstrom, double StandardDeviationAngstrom, double MinAngstrom, double MaxAngstrom,
    double Q05Angstrom, double Q25Angstrom, double MedianAngstrom, double Q75Angstrom, double Q95Angstrom);

/// <summary>
/// One occupied histogram bin of one pair: a row of the table that shards write. All numbers are whole, so rows of many shards add up
/// exactly; lengths are in units of 1e-6 Å.
/// </summary>
/// <param name="Pair">The two species.</param>
/// <param name="Bin">Index of the bin: distances from Bin to Bin + 1 bin widths.</param>
/// <param name="Count">Distances in the bin.</param>
/// <param name="Sum">Sum of the distances, 1e-6 Å.</param>
/// <param name="SumOfSquares">Sum of their squares, 1e-12 Å².</param>
/// <param name="Min">Shortest, 1e-6 Å.</param>
/// <param name="Max">Longest, 1e-6 Å.</param>
public readonly record struct PairDistanceRow(SpeciesPair Pair, int Bin, long Count, long Sum, Int128 SumOfSquares, long Min, long Max);
