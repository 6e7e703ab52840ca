namespace CrystalHpc.BondValence.Study2023;

/// <summary>
/// Sums of valences that are rounded to whole numbers bond by bond. Most bonds have less than half a valence unit, so that this ruins the
/// sums; it is here to show that.
/// </summary>
internal static class RoundedBonds
{
    /// <summary>The valence of a bond as it is added, v.u.</summary>
    public static double Round(double valence) => Math.Round(valence, MidpointRounding.AwayFromZero);
}
