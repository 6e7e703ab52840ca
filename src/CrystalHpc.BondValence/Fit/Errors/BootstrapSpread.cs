using CrystalHpc.Core.Statistics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>How the parameters of one pair scatter over the replicates of a bootstrap.</summary>
/// <param name="R0">Standard deviation and interval of 95 % of r0, Å.</param>
/// <param name="Softness">The same of B, Å.</param>
/// <param name="Correlation">Of r0 and B; null when one of them does not scatter.</param>
public sealed record BootstrapSpread(ReplicateInterval R0, ReplicateInterval Softness, double? Correlation)
{
    /// <summary>The scatter of a key.</summary>
    /// <param name="replicates">Replicates in order of their numbers, two at least.</param>
    /// <param name="key">Index of the key.</param>
    public static BootstrapSpread Of(IReadOnlyList<BootstrapReplicate> replicates, int key)
    {
        ArgumentNullException.ThrowIfNull(replicates);
        ArgumentOutOfRangeException.ThrowIfLessThan(replicates.Count, 2);
        double[] r0 = [.. replicates.Select(replicate => replicate.R0Angstrom[key])];
        double[] softness = [.. replicates.Select(replicate => replicate.SoftnessAngstrom[key])];
        (double meanR0, double meanSoftness) = (r0.Average(), softness.Average());
        double covariance = r0.Zip(softness, (x, y) => (x - meanR0) * (y - meanSoftness)).Sum() / (r0.Length - 1);
        (ReplicateInterval ofR0, ReplicateInterval ofSoftness) = (ReplicateInterval.Of(r0, meanR0), ReplicateInterval.Of(
            softness, meanSoftness));
        double product = ofR0.StandardDeviation * ofSoftness.StandardDeviation;
        return new BootstrapSpread(ofR0, ofSoftness, product > 0 ? Math.Clamp(covariance / product, -1, 1) : null);
    }
}

/// <summary>Scatter of one number over replicates.</summary>
/// <param name="StandardDeviation">With n - 1 in the denominator.</param>
/// <param name="Low95">Percentile 2.5.</param>
/// <param name="High95">Percentile 97.5.</param>
public readonly record struct ReplicateInterval(double StandardDeviation, double Low95, double High95)
{
    internal static ReplicateInterval Of(double[] values, double mean)
    {
        double[] sorted = [.. values.Order()];
        return new ReplicateInterval(
            Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)), Quantile.OfSorted(sorted, 0.025),
            Quantile.OfSorted(sorted, 0.975));
    }
}
