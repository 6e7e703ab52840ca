namespace CrystalHpc.Core.Statistics;

/// <summary>Confidence interval of a proportion (Wilson 1927, doi 10.1080/01621459.1927.10502953): sensible also near 0 and 1 and for few cases.</summary>
public static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of a proportion.</summary>
    /// <param name="hits">Cases that count.</param>
    /// <param name="cases">All cases; 0 gives the interval from 0 to 1.</param>
    public static (double Low, double High) Of(long hits, long cases)
    {
        if (cases == 0)
            return (0, 1);
        double p = (double)hits / cases, z2 = Z * Z / cases;
        double center = (p + z2 / 2) / (1 + z2);
        double half = Z * Math.Sqrt(p * (1 - p) / cases + z2 / (4 * cases)) / (1 + z2);
        return (hits == 0 ? 0 : center - half, hits == cases ? 1 : center + half);
    }
}
