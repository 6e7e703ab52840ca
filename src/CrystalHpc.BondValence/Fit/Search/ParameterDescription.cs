using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Turns the parameters of the fit into those that are published, with errors and cautions.</summary>
internal sealed class ParameterDescription(FitProblem problem)
{
    // Below this valence at its mean length a pair is no bond, v.u.
    private const double LeastValence = 0.01;

    // B is called weakly determined when the data narrow its prior by less than this factor.
    private const double WeakFraction = 0.75;

    /// <summary>The published parameters of a key.</summary>
    /// <param name="key">Number of the key.</param>
    /// <param name="point">The minimum.</param>
    /// <param name="uncertainty">Covariance of its parameters.</param>
    /// <param name="rmsd">Root mean square residual of its equations, v.u.</param>
    public BondParameters Of(int key, ReadOnlySpan<double> point, ParameterUncertainty uncertainty, double rmsd)
    {
        (FitOptions options, KeyStatistics statistics, double meanLength) = (problem.Options, problem.Statistics, problem.MeanLengths[key]);
        (double a, double g) = ParameterLayout.Of(point, key);
        IBondLaw law = BondLaws.Of(options.Law);
        (double r0, double softness) = law.ToPublished(meanLength, a, g);
        (double r0ByA, double r0ByG, double logByA, double logByG) = law.PublishedDerivatives(a, r0, softness);
        (double vaa, double vag, double vgg) = (uncertainty.OffsetVariance, uncertainty.Covariance, uncertainty.LogSoftnessVariance);
        double r0Variance = r0ByA * r0ByA * vaa + 2 * r0ByA * r0ByG * vag + r0ByG * r0ByG * vgg;
        double logVariance = logByA * logByA * vaa + 2 * logByA * logByG * vag + logByG * logByG * vgg;
        double covariance = r0ByA * logByA * vaa + (r0ByA * logByG + r0ByG * logByA) * vag + r0ByG * logByG * vgg;
        ParameterSource source = statistics.SiteCounts[key] == 0 ? ParameterSource.Extrapolated
            : options.RadiusPrior && statistics.GroupCounts[key] < GroupJackknife.FewestGroups ? ParameterSource.Prior
            : ParameterSource.Fitted;
        bool isAtBound = IsAtBound(ParameterLayout.Offset(key), a)
            || (options.Softness != Softness.Fixed && IsAtBound(ParameterLayout.LogSoftness(key), g));
        return new BondParameters
        {
            Key = problem.Keys[key],
            R0Angstrom = r0,
            R0ErrorAngstrom = Math.Sqrt(r0Variance),
            SoftnessAngstrom = softness,
            SoftnessErrorAngstrom = softness * Math.Sqrt(logVariance),
            Correlation = logVariance == 0 ? 0 : covariance / Math.Sqrt(r0Variance * logVariance),
            PivotLengthAngstrom = PivotLength(law, meanLength, g, vag, vgg),
            MeanLengthAngstrom = meanLength,
            SiteCount = statistics.SiteCounts[key],
            BondCount = statistics.BondCounts[key],
            StructureCount = statistics.StructureCounts[key],
            RmsdValence = rmsd,
            Source = source,
            Flags = (isAtBound ? ParameterCautions.AtBound : 0)
                | (source != ParameterSource.Fitted ? ParameterCautions.FewEquations : 0)
                | (source != ParameterSource.Extrapolated && law.Valence(meanLength, r0, softness) < LeastValence
                    ? ParameterCautions.NoConnection : 0)
                | (IsWeak(options, vgg) ? ParameterCautions.WeaklyDetermined : 0),
        };
    }

    /// <summary>Whether the data say little about B beyond its prior.</summary>
    public static bool IsWeak(FitOptions options, double logSoftnessVariance) => options.Softness != Softness.Fixed
        && options.SoftnessPriorWidth is { } width && !(Math.Sqrt(logSoftnessVariance) < WeakFraction * width);

    // Where ln s = a + f/B varies least with the errors of a and ln B.
    private static double PivotLength(IBondLaw law, double meanLength, double g, double vag, double vgg) =>
        law.HasSoftness && vgg != 0 ? law.LengthOf(meanLength, PortableMath.Exp(g) * (vag / vgg)) : meanLength;

    private bool IsAtBound(int parameter, double value) =>
        value <= problem.Priors.Bounds.Lower[parameter] || value >= problem.Priors.Bounds.Upper[parameter];
}
