namespace CrystalHpc.Core.Statistics;

/// <summary>
/// Distances of every pair of species in one shard, or in many merged: whole numbers only, so that merging is exact in any order.
/// </summary>
public sealed class PairDistanceStatistics(PairDistanceOptions options)
{
    private readonly SortedDictionary<SpeciesPair, DistanceCounter> _counters = [];

    /// <summary>Cutoff and bin width; the same for everything that is merged.</summary>
    public PairDistanceOptions Options { get; } = options;

    /// <summary>The pairs seen, sorted.</summary>
    public IReadOnlyCollection<SpeciesPair> Pairs => _counters.Keys;

    /// <summary>Counts one distance, Å; one beyond the cutoff or not positive is ignored.</summary>
    public void Add(SpeciesPair pair, double distanceAngstrom)
    {
        if (!(distanceAngstrom > 0 && distanceAngstrom <= Options.CutoffAngstrom))
            return;
        CounterOf(pair).Add(distanceAngstrom, Options.BinWidthAngstrom);
    }

    /// <summary>Adds everything that another table counted.</summary>
    /// <exception cref="ArgumentException">The other table has another cutoff or bin width.</exception>
    public void Merge(PairDistanceStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Options != Options)
            throw new ArgumentException("tables with different cutoffs or bins cannot be merged", nameof(other));
        foreach ((SpeciesPair pair, DistanceCounter counter) in other._counters)
            CounterOf(pair).Merge(counter);
    }

    /// <summary>Mean, spread and quantiles of a pair.</summary>
    public PairDistanceSummary Summarize(SpeciesPair pair) => _counters[pair].Summarize(pair);

    /// <summary>Summaries of all pairs, sorted.</summary>
    public IEnumerable<PairDistanceSummary> Summaries => _counters.Select(entry => entry.Value.Summarize(entry.Key));

    /// <summary>The whole state as flat rows, sorted: what a shard writes and a merge reads.</summary>
    public IEnumerable<PairDistanceRow> Rows => _counters.SelectMany(entry => entry.Value.Rows(entry.Key));

    /// <summary>Adds one row of a table written with the same options.</summary>
    public void Add(PairDistanceRow row) => CounterOf(row.Pair).Add(row);

    private DistanceCounter CounterOf(SpeciesPair pair)
    {
        if (!_counters.TryGetValue(pair, out DistanceCounter? counter))
            _counters.Add(pair, counter = new DistanceCounter());
        return counter;
    }
}
