using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Core.BondValence;

/// <summary>One step of a fit.</summary>
/// <param name="Search">Where the search for the minimum stands.</param>
/// <param name="MedianSoftnessAngstrom">Median of B over all keys there, Å.</param>
public sealed record FitIteration(LbfgsIteration Search, double MedianSoftnessAngstrom)
{
    /// <summary>The step at a point, whose ln B of key k stands at 2k + 1.</summary>
    internal static FitIteration At(LbfgsIteration search, double[] point)
    {
        double[] logarithms = [.. point.Where((_, i) => i % 2 == 1).Order()];
        if (logarithms.Length == 0)
            return new FitIteration(search, 0);
        int middle = logarithms.Length / 2;
        double low = PortableMath.Exp(logarithms[(logarithms.Length - 1) / 2]), high = PortableMath.Exp(logarithms[middle]);
        return new FitIteration(search, (low + high) / 2);
    }
}
