using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// What is known of the parameters before the fit: a normal prior on each g = ln B (keys that share a g share its prior), for sparse keys
/// one on a, and the bounds of both. The parameter vector is laid out as <see cref="ParameterLayout"/> says.
/// </summary>
internal sealed class FitPriors
{
    /// <summary>|a| may not exceed this: beyond, a bond of mean length would have a valence over e^10 or under e^-10.</summary>
    public const double OffsetLimit = 10;

    private readonly double[] _precisions;

    public FitPriors(FitOptions options, SoftnessTying tying)
    {
        LogSoftnessMeans = [.. Enumerable.Repeat(PortableMath.Log(options.SoftnessPriorMeanAngstrom), tying.KeyCount)];
        double precision = options.SoftnessPriorWidth is { } width ? 1 / (width * width) : 0;
        _precisions = [.. Enumerable.Range(0, tying.KeyCount).Select(key
            => tying.GroupOf(key) is >= 0 and int group ? precision / tying.GroupSizes[group] : 0)];
        (OffsetMeans, OffsetPrecisions, OffsetExcess) = (new double[tying.KeyCount], new double[tying.KeyCount],
            [.. Enumerable.Repeat(1.0, tying.KeyCount)]);
        double lower = PortableMath.Log(options.SoftnessMinAngstrom), upper = PortableMath.Log(options.SoftnessMaxAngstrom);
        Bounds = new Bounds(
            ParameterLayout.Vector(tying.KeyCount, _ => -OffsetLimit, _ => lower),
            ParameterLayout.Vector(tying.KeyCount, _ => OffsetLimit, _ => upper));
    }

    /// <summary>Center of the prior on a, by key.</summary>
    public double[] OffsetMeans { get; }

    /// <summary>Center of the prior on ln B, by key; the same for keys that share it.</summary>
    public double[] LogSoftnessMeans { get; }

    /// <summary>Precision (1/variance) of the prior on a, by key; 0 for keys that need none.</summary>
    public double[] OffsetPrecisions { get; }

    /// <summary>
    /// By how much the equations of a key overstate what its groups of structures know of a. The precision of the prior on a is that much
    /// larger than it is meant, so that the prior counts against groups.
    /// </summary>
    public double[] OffsetExcess { get; }

    /// <summary>Bounds of the parameter vector.</summary>
    public Bounds Bounds { get; }

    /// <summary>Precision of the prior on one parameter.</summary>
    public double Precision(int parameter) => Of(parameter, OffsetPrecisions, _precisions);

    /// <summary>
    /// Squared precision of the prior on one parameter, as it counts in the fit, times the variance that is meant: what the prior adds to
    /// the scatter of scores.
    /// </summary>
    public double Scatter(int parameter)
        => Precision(parameter) * (ParameterLayout.IsOffset(parameter) ? OffsetExcess[ParameterLayout.KeyOf(parameter)] : 1);

    /// <summary>Center of the prior on one parameter.</summary>
    public double Mean(int parameter) => Of(parameter, OffsetMeans, LogSoftnessMeans);

    /// <summary>Adds the gradient of the priors and returns their value, sum of (x - mean)^2 precision / 2.</summary>
    public double Add(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        double value = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            double difference = parameters[i] - Mean(i);
            double precision = Precision(i);
            value += 0.5 * precision * difference * difference;
            gradient[i] += precision * difference;
        }

        return value;
    }

    private static double Of(int parameter, double[] ofOffsets, double[] ofLogSoftness) =>
        (ParameterLayout.IsOffset(parameter) ? ofOffsets : ofLogSoftness)[ParameterLayout.KeyOf(parameter)];
}
