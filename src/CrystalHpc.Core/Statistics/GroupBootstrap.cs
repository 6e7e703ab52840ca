using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.Statistics;

/// <summary>An interval of 95 % confidence; empty when the data are too few for one.</summary>
public readonly record struct ConfidenceInterval(double? Low, double? High)
{
    /// <summary>True when all of it lies above zero.</summary>
    public bool IsPositive => Low > 0;

    /// <summary>True when all of it lies below zero.</summary>
    public bool IsNegative => High < 0;
}

/// <summary>Statistics of the columns of sums over all groups.</summary>
/// <param name="sums">Sum of each column over the groups of one sample.</param>
/// <param name="statistics">Receives the statistics; NaN where a sample does not define one.</param>
public delegate void StatisticsOfSums(ReadOnlySpan<double> sums, Span<double> statistics);

/// <summary>
/// Bootstrap over groups of structures (Efron 1979): sites of one structure and of its redeterminations stay together, as their errors are
/// not independent. A group enters a sample as often as a Poisson deviate of mean 1 says (Chamandy et al. 2012), drawn from its name, so
/// that a sample does not depend on the order of the groups or on who draws it.
/// </summary>
public sealed class GroupBootstrap(int replicates, int seed)
{
    /// <summary>With fewer groups than this no interval is given: it would pretend to a knowledge that is not there.</summary>
    public const int MinimumGroups = 5;

    /// <summary>Intervals between the percentiles 2.5 and 97.5 of each statistic.</summary>
    /// <param name="groups">Names of the groups.</param>
    /// <param name="columns">For each group, what it adds to each column of sums.</param>
    /// <param name="statisticCount">Number of statistics.</param>
    /// <param name="compute">The statistics.</param>
    public ConfidenceInterval[] Intervals(IReadOnlyList<string> groups, IReadOnlyList<double[]> columns, int statisticCount,
        StatisticsOfSums compute)
    {
        var intervals = new ConfidenceInterval[statisticCount];
        if (groups.Count < MinimumGroups || replicates == 0)
            return intervals;
        ulong[] streams = [.. groups.Select(group => HashedBits.Of(TextHash.Of(group), (ulong)(uint)seed))];
        double[][] samples = [.. Enumerable.Range(0, statisticCount).Select(_ => new double[replicates])];
        double[] sums = new double[columns[0].Length], statistics = new double[statisticCount];
        for (int replicate = 0; replicate < replicates; replicate++)
        {
            Array.Clear(sums);
            for (int group = 0; group < streams.Length; group++)
            {
                int times = HashedBits.PoissonOfMeanOne(HashedBits.Of(streams[group], (ulong)replicate));
                for (int column = 0; times > 0 && column < sums.Length; column++)
                    sums[column] += times * columns[group][column];
            }

            compute(sums, statistics);
            for (int i = 0; i < statisticCount; i++)
                samples[i][replicate] = statistics[i];
        }

        for (int i = 0; i < statisticCount; i++)
        {
            double[] defined = [.. samples[i].Where(double.IsFinite).Order()];
            if (defined.Length > 0)
                intervals[i] = new ConfidenceInterval(Quantile.OfSorted(defined, 0.025), Quantile.OfSorted(defined, 0.975));
        }

        return intervals;
    }
}
