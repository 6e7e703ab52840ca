using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>One step of a fit.</summary>
/// <param name="Search">Where the search for the minimum stands.</param>
/// <param name="MedianSoftnessAngstrom">Median there of B over the keys whose data say something about it, Å.</param>
public sealed record FitIteration(LbfgsIteration Search, double MedianSoftnessAngstrom)
{
    /// <summary>The step at a point, a full parameter vector.</summary>
    /// <param name="search">Where the search stands.</param>
    /// <param name="point">The point.</param>
    /// <param name="keys">Numbers of the keys to look at.</param>
    internal static FitIteration At(LbfgsIteration search, double[] point, int[] keys)
    {
        double[] logarithms = [.. keys.Select(key => point[ParameterLayout.LogSoftness(key)]).Order()];
        if (logarithms.Length == 0)
            return new FitIteration(search, 0);
        int middle = logarithms.Length / 2;
        double low = PortableMath.Exp(logarithms[(logarithms.Length - 1) / 2]), high = PortableMath.Exp(logarithms[middle]);
        return new FitIteration(search, (low + high) / 2);
    }
}
