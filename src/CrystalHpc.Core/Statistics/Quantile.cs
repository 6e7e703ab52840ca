namespace CrystalHpc.Core.Statistics;

/// <summary>
/// Quantiles with linear interpolation between order statistics (definition 7 of Hyndman and Fan 1996), as spreadsheets have them.
/// </summary>
public static class Quantile
{
    /// <summary>Quantile of ascending numbers; NaN when there are none.</summary>
    public static double OfSorted(ReadOnlySpan<double> sorted, double fraction)
    {
        if (sorted.IsEmpty)
            return double.NaN;
        double place = fraction * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
