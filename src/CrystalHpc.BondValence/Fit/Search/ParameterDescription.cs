using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Numerics;
using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Turns the parameters of the fit into those that are published, with errors and cautions.</summary>
internal sealed class ParameterDescription(FitOptions options, Bounds bounds, KeyStatistics statistics)
{
    // B is called weakly determined when the data narrow its prior by less than this factor.
    private const double WeakFraction = 0.75;

    /// <summary>The published parameters of a key.</summary>
    public BondParameters Of(
        BondKey key, int index, ReadOnlySpan<double> point, double meanLength, ParameterUncertainty uncertainty, double rmsd)
    {
        (double a, double g) = ParameterLayout.Of(point, index);
        (double r0, double softness) = LawFunctions.ToPublished(options.Law, meanLength, a, g);
        (double r0ByA, double r0ByG, double logByA, double logByG) = LawFunctions.PublishedDerivatives(options.Law, a, r0, softness);
        (double vaa, double vag, double vgg) = (uncertainty.OffsetVariance, uncertainty.Covariance, uncertainty.LogSoftnessVariance);
        double r0Variance = r0ByA * r0ByA * vaa + 2 * r0ByA * r0ByG * vag + r0ByG * r0ByG * vgg;
        double logVariance = logByA * logByA * vaa + 2 * logByA * logByG * vag + logByG * logByG * vgg;
        double covariance = r0ByA * logByA * vaa + (r0ByA * logByG + r0ByG * logByA) * vag + r0ByG * logByG * vgg;
        ParameterSource source = statistics.SiteCounts[index] == 0 ? ParameterSource.Extrapolated
            : statistics.SiteCounts[index] < options.RadiusPriorMinEquations ? ParameterSource.Prior
            : ParameterSource.Fitted;
        bool isAtBound = IsAtBound(ParameterLayout.Offset(index), a)
            || (options.Softness != Softness.Fixed && IsAtBound(ParameterLayout.LogSoftness(index), g));
        return new BondParameters
        {
            Key = key,
            R0Angstrom = r0,
            R0ErrorAngstrom = Math.Sqrt(r0Variance),
            SoftnessAngstrom = softness,
            SoftnessErrorAngstrom = softness * Math.Sqrt(logVariance),
            Correlation = logVariance == 0 ? 0 : covariance / Math.Sqrt(r0Variance * logVariance),
            PivotLengthAngstrom = PivotLength(meanLength, g, vag, vgg),
            MeanLengthAngstrom = meanLength,
            SiteCount = statistics.SiteCounts[index],
            BondCount = statistics.BondCounts[index],
            StructureCount = statistics.StructureCounts[index],
            RmsdValence = rmsd,
            Source = source,
            Flags = (isAtBound ? ParameterCautions.AtBound : 0)
                | (source != ParameterSource.Fitted ? ParameterCautions.FewEquations : 0)
                | (IsWeak(options, vgg) ? ParameterCautions.WeaklyDetermined : 0),
        };
    }

    /// <summary>Whether the data say little about B beyond its prior.</summary>
    public static bool IsWeak(FitOptions options, double logSoftnessVariance) => options.Softness != Softness.Fixed
        && options.SoftnessPriorWidth is { } width && !(Math.Sqrt(logSoftnessVariance) < WeakFraction * width);

    // Where ln s = a + f/B varies least with the errors of a and ln B.
    private double PivotLength(double meanLength, double g, double vag, double vgg) => options.Law == BondLaw.MisplacedDivision || vgg == 0
        ? meanLength
        : LawFunctions.LengthOf(options.Law, meanLength, PortableMath.Exp(g) * (vag / vgg));

    private bool IsAtBound(int parameter, double value) => value <= bounds.Lower[parameter] || value >= bounds.Upper[parameter];
}
