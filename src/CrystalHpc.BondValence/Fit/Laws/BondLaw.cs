using CrystalHpc.BondValence.Study2023;

namespace CrystalHpc.BondValence.Fit;

/// <summary>How the valence of a bond falls with its length.</summary>
public enum BondLaw
{
    /// <summary>s = exp((r0 - r)/B) (Brown and Altermatt 1985, doi 10.1107/S0108768185002063).</summary>
    Exponential,

    /// <summary>
    /// s = (r/r0)^-N with N = r0/B, so that both laws fall alike at r0 (Brown and Shannon 1973, doi 10.1107/S0567739473000689).
    /// </summary>
    Power,

    /// <summary>
    /// s = exp(r0 - r)/b: the division outside of the exponent, as in a study of 2023. b moves all r0 and is no softness.
    /// </summary>
    MisplacedDivision,
}

/// <summary>The formulas of the laws.</summary>
internal static class BondLaws
{
    /// <summary>The formulas of a law.</summary>
    public static IBondLaw Of(BondLaw law) => law switch
    {
        BondLaw.Exponential => ExponentialLaw.Instance,
        BondLaw.Power => PowerLaw.Instance,
        BondLaw.MisplacedDivision => MisplacedDivisionLaw.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(law)),
    };
}
