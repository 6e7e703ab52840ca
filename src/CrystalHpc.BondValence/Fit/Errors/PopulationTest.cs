using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>r0 that the sites of a key in one group of structures ask for, with B at the center of its prior.</summary>
/// <param name="Key">Index of the key.</param>
/// <param name="Group">Number of the group.</param>
/// <param name="SumAngstrom">Sum of r0 over the sites, Å.</param>
/// <param name="Sites">Number of sites.</param>
public readonly record struct GroupR0(int Key, int Group, double SumAngstrom, int Sites);

/// <summary>Two groups of sites of one key, each about its own r0: spin states, or two valences under one label.</summary>
/// <param name="Key">Cation and anion.</param>
/// <param name="Groups">Groups of structures that were looked at.</param>
/// <param name="LowR0Angstrom">Mean r0 of the population with shorter bonds, Å.</param>
/// <param name="HighR0Angstrom">Mean r0 of the other, Å.</param>
/// <param name="LowShare">Share of the groups in the first.</param>
/// <param name="SigmaAngstrom">Standard deviation within each, Å.</param>
/// <param name="Evidence">Difference of the Bayesian information criteria of one and of two populations; above 0 two describe the groups
/// better.</param>
public sealed record TwoPopulationFit(
    BondKey Key, int Groups, double LowR0Angstrom, double HighR0Angstrom, double LowShare, double SigmaAngstrom, double Evidence);

/// <summary>
/// Finds keys whose groups of structures fall into two populations: a mixture of two normal distributions of equal width (expectation
/// maximization, Dempster, Laird and Rubin 1977) against one, by the Bayesian information criterion (Schwarz 1978, doi
/// 10.1214/aos/1176344136). Equal widths, and a smallest size of the minor population, keep outliers from counting as one.
/// </summary>
public static class PopulationTest
{
    // Set by simulation for false alarms in under 1 % of keys with one population, normal or with heavier tails (docs, planted study).
    private const double SmallestEvidence = 8;
    private const double SmallestGapInSigma = 3;
    private const int FewestGroups = 10;
    private const double SmallestShare = 0.15;
    private const double SmallestCount = 3.5;
    private const double SmallestGapAngstrom = 0.06;
    private const int Iterations = 100;
    private const double SmallestVariance = 1e-6;
    private static readonly double[] StartQuantiles = [0.15, 0.3, 0.5, 0.7, 0.85];

    /// <summary>
    /// What the sites of a shard ask for, by key, then group, with B at the center of its prior: a B fitted to two populations is too large
    /// and blurs them. Sites that the gate left out, and those with bonds of several keys, ask for nothing.
    /// </summary>
    /// <param name="options">Options of the fit.</param>
    /// <param name="table">Equations of the shard.</param>
    /// <param name="rows">The rows of the table that are asked for.</param>
    /// <param name="residuals">What the fit made of them.</param>
    /// <param name="groupOfRow">Number of the group of structures that each equation belongs to.</param>
    public static IReadOnlyList<GroupR0> Collect(
        FitOptions options, EquationTable table, ReadOnlySpan<int> rows, ShardResiduals residuals, Func<int, int> groupOfRow)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(residuals);
        ArgumentNullException.ThrowIfNull(groupOfRow);
        double softness = options.SoftnessPriorMeanAngstrom;
        var sums = new SortedDictionary<(int Key, int Group), (double Sum, int Sites)>();
        foreach (int row in rows)
        {
            ReadOnlySpan<int> keys = table.KeyIndices[table.BondOffsets[row]..table.BondOffsets[row + 1]];
            if (residuals.IsGated[row] || !table.IsCation[row] || keys.ContainsAnyExcept(keys[0]))
                continue;
            double strengths = 0;
            for (int bond = table.BondOffsets[row]; bond < table.BondOffsets[row + 1]; bond++)
                strengths += PortableMath.Exp(-table.DistancesAngstrom[bond] / softness);
            (int, int) place = (keys[0], groupOfRow(row));
            (double sum, int sites) = sums.GetValueOrDefault(place);
            sums[place] = (sum + softness * PortableMath.Log(table.Valences[row] / strengths), sites + 1);
        }

        return [.. sums.Select(entry => new GroupR0(entry.Key.Key, entry.Key.Group, entry.Value.Sum, entry.Value.Sites))];
    }

    /// <summary>The test for one key; null where one population describes its groups as well, or there are too few of them.</summary>
    /// <param name="key">Cation and anion.</param>
    /// <param name="r0Angstrom">Mean r0 that each group asks for, Å.</param>
    public static TwoPopulationFit? Run(BondKey key, IReadOnlyList<double> r0Angstrom)
    {
        ArgumentNullException.ThrowIfNull(r0Angstrom);
        double[] x = [.. r0Angstrom.Order()];
        if (x.Length < FewestGroups)
            return null;
        double mean = x.Average(), variance = Math.Max(x.Average(value => (value - mean) * (value - mean)), SmallestVariance);
        Mixture best = StartQuantiles.Select(quantile => Fit(x, x[(int)(quantile * (x.Length - 1))], variance))
            .MaxBy(mixture => mixture.LogLikelihood);
        double single = -0.5 * x.Length * (PortableMath.Log(variance) + 1);

        // Two parameters more: a mean and a share.
        double evidence = 2 * (best.LogLikelihood - single) - 2 * PortableMath.Log(x.Length);
        double minor = Math.Min(best.Share, 1 - best.Share);
        return evidence > SmallestEvidence && minor >= SmallestShare && minor * x.Length >= SmallestCount
            && best.High - best.Low >= Math.Max(SmallestGapAngstrom, SmallestGapInSigma * Math.Sqrt(best.Variance))
            ? new TwoPopulationFit(key, x.Length, best.Low, best.High, best.Share, Math.Sqrt(best.Variance), evidence)
            : null;
    }

    // Expectation maximization from a cut; the logarithm of the likelihood without its constant.
    private static Mixture Fit(double[] x, double cut, double variance)
    {
        double[] below = [.. x.Where(value => value <= cut)], above = [.. x.Where(value => value > cut)];
        var mixture = new Mixture(below.Average(), above.Length > 0 ? above.Average() : x[^1], 0.5, variance / 2, 0);
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            (double weight, double low, double high, double squares, double likelihood) = (0, 0, 0, 0, 0);
            foreach (double value in x)
            {
                double first = mixture.Share * Density(value - mixture.Low, mixture.Variance);
                double second = (1 - mixture.Share) * Density(value - mixture.High, mixture.Variance);
                double part = first / (first + second);
                (weight, low, high) = (weight + part, low + part * value, high + (1 - part) * value);
                squares += part * Square(value - mixture.Low) + (1 - part) * Square(value - mixture.High);
                likelihood += PortableMath.Log(first + second);
            }

            double share = Math.Clamp(weight / x.Length, 1e-6, 1 - 1e-6);
            mixture = new Mixture(
                low / (share * x.Length), high / ((1 - share) * x.Length), share, Math.Max(squares / x.Length, SmallestVariance),
                likelihood);
        }

        return mixture;
    }

    private static double Density(double difference, double variance) =>
        PortableMath.Exp(Math.Max(-0.5 * difference * difference / variance, -600)) / Math.Sqrt(variance);

    private static double Square(double value) => value * value;

    private readonly record struct Mixture(double Low, double High, double Share, double Variance, double LogLikelihood);
}
