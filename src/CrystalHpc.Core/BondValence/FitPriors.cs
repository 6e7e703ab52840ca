using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Core.BondValence;

/// <summary>
/// What is known of the parameters before the fit: for each key a normal prior on g = ln B, for sparse keys one on a = (r0 - rbar)/B, and the
/// bounds of both. The parameter vector holds a and g of key k at 2k and 2k + 1.
/// </summary>
internal sealed class FitPriors(FitOptions options, int keyCount)
{
    /// <summary>|a| may not exceed this: beyond, a bond of mean length would have a valence over e^10 or under e^-10.</summary>
    public const double OffsetLimit = 10;

    private readonly double _logSoftness = PortableMath.Log(options.SoftnessPriorMeanAngstrom);
    private readonly double _precision = 1 / (options.SoftnessPriorWidth * options.SoftnessPriorWidth);

    /// <summary>Center of the prior on a, by key.</summary>
    public double[] OffsetMeans { get; } = new double[keyCount];

    /// <summary>Precision (1/variance) of the prior on a, by key; 0 for keys that need none.</summary>
    public double[] OffsetPrecisions { get; } = new double[keyCount];

    /// <summary>Bounds of the parameter vector.</summary>
    public Bounds Bounds { get; } = new(
        Enumerable.Repeat((double[])[-OffsetLimit, PortableMath.Log(options.SoftnessMinAngstrom)], keyCount).SelectMany(pair => pair),
        Enumerable.Repeat((double[])[OffsetLimit, PortableMath.Log(options.SoftnessMaxAngstrom)], keyCount).SelectMany(pair => pair));

    /// <summary>Precision of the prior on one parameter.</summary>
    public double Precision(int parameter) => parameter % 2 == 0 ? OffsetPrecisions[parameter / 2] : _precision;

    /// <summary>Adds the gradient of the priors and returns their value, sum of (x - mean)^2 precision / 2.</summary>
    public double Add(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double value = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            double difference = parameters[i] - (i % 2 == 0 ? OffsetMeans[i / 2] : _logSoftness);
            double precision = Precision(i);
            value += 0.5 * precision * difference * difference;
            gradient[i] += precision * difference;
        }

        return value;
    }
}
