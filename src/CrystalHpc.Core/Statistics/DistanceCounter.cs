namespace CrystalHpc.Core.Statistics;

/// <summary>
/// Distances of one pair of species as whole numbers, by histogram bin: count, sum, sum of squares, shortest and longest in units of 1e-6
/// Å.
/// Only occupied bins take room.
/// </summary>
internal sealed class DistanceCounter
{
    private const double UnitAngstrom = 1e-6;
    private readonly SortedDictionary<int, Bin> _bins = [];

    public void Add(double distanceAngstrom, double binWidthAngstrom)
    {
        // The bin follows from the rounded distance, so that a distance a hair below an edge cannot count in one bin and sum in the next.
        long units = (long)Math.Round(distanceAngstrom / UnitAngstrom);
        int bin = (int)Math.Floor(units * UnitAngstrom / binWidthAngstrom * (1 + 1e-12));
        Add(bin, new Bin(1, units, (Int128)units * units, units, units));
    }

    public void Add(PairDistanceRow row) => Add(row.Bin, new Bin(row.Count, row.Sum, row.SumOfSquares, row.Min, row.Max));

    public void Merge(DistanceCounter other)
    {
        foreach ((int bin, Bin content) in other._bins)
            Add(bin, content);
    }

    public IEnumerable<PairDistanceRow> Rows(SpeciesPair pair) =>
        _bins.Select(entry => new PairDistanceRow(pair, entry.Key, entry.Value.Count, entry.Value.Sum, entry.Value.SumOfSquares,
            entry.Value.Min, entry.Value.Max));

    public PairDistanceSummary Summarize(SpeciesPair pair)
    {
        Bin total = _bins.Values.Aggregate((left, right) => left + right);
        double mean = (double)total.Sum / total.Count * UnitAngstrom;

        // n sum(x²) - (sum x)² in whole numbers: no cancellation, however narrow the distribution.
        Int128 numerator = total.Count * total.SumOfSquares - (Int128)total.Sum * total.Sum;
        double variance = total.Count > 1 ? (double)numerator / ((double)total.Count * (total.Count - 1)) * UnitAngstrom * UnitAngstrom : 0;
        double Quantile(double fraction) => QuantileAngstrom(fraction, total);
        return new PairDistanceSummary(
            pair, total.Count, mean, Math.Sqrt(variance), total.Min * UnitAngstrom, total.Max * UnitAngstrom,
            Quantile(0.05), Quantile(0.25), Quantile(0.5), Quantile(0.75), Quantile(0.95));
    }

    // The distance below which a fraction of the count lies; within a bin distances count as spread evenly between its shortest and
    // longest.
    private double QuantileAngstrom(double fraction, Bin total)
    {
        double rank = fraction * total.Count;
        long below = 0;
        foreach (Bin bin in _bins.Values)
        {
            if (below + bin.Count >= rank)
                return (bin.Min + (rank - below) / bin.Count * (bin.Max - bin.Min)) * UnitAngstrom;
            below += bin.Count;
        }

        return total.Max * UnitAngstrom;
    }

    private void Add(int bin, Bin content) => _bins[bin] = _bins.TryGetValue(bin, out Bin known) ? known + content : content;

    private readonly record struct Bin(long Count, long Sum, Int128 SumOfSquares, long Min, long Max)
    {
        public static Bin operator +(Bin left, Bin right) => new(
            left.Count + right.Count, left.Sum + right.Sum, left.SumOfSquares + right.SumOfSquares,
            Math.Min(left.Min, right.Min), Math.Max(left.Max, right.Max));
    }
}
