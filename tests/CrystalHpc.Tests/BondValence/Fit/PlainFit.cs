using CrystalHpc.BondValence.Fit;

namespace CrystalHpc.Tests.BondValence.Fit;

/// <summary>
/// A fit by the data alone: no prior on r0 where there are data, one center for B. What tests of the arithmetic expect can be had by hand.
/// </summary>
internal static class PlainFit
{
    public static FitOptions Options { get; } = FitOptions.Default with { SoftnessPriorAnionWidth = null, RadiusPrior = false };
}
