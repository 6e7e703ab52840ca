namespace CrystalHpc.Core.Statistics;

/// <summary>
/// Confidence interval of a proportion (Wilson 1927, doi 10.1080/01621459.1927.10502953): sensible also near 0 and 1 and for few cases.
/// </summary>
public static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of a proportion.</summary>
    /// <param name="hits">Cases that count.</param>
    /// <param name="cases">All cases; 0 gives the interval from 0 to 1.</param>
    public static (double Low, double High) Of(long hits, long cases) => cases == 0 ? (0, 1) : OfShare((double)hits / cases, cases);

    /// <summary>The 95 % interval of a share.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="cases">Number of independent cases that it rests on, above 0.</param>
    public static (double Low, double High) OfShare(double share, double cases)
    {
        double z2 = Z * Z / cases;
        double center = (share + z2 / 2) / (1 + z2);
        double half = Z * Math.Sqrt(share * (1 - share) / cases + z2 / (4 * cases)) / (1 + z2);
        return (share == 0 ? 0 : center - half, share == 1 ? 1 : center + half);
    }
}
