using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>How the valence of a bond falls with its length.</summary>
public enum BondLaw
{
    /// <summary>s = exp((r0 - r)/B) (Brown and Altermatt 1985, doi 10.1107/S0108768185002063).</summary>
    Exponential,

    /// <summary>s = (r/r0)^-N with N = r0/B, so that both laws fall alike at r0 (Brown and Shannon 1973, doi 10.1107/S0567739473000689).</summary>
    Power,

    /// <summary>s = exp(r0 - r)/b: the division outside of the exponent, as in a study of 2023. b moves all r0 and is no softness.</summary>
    MisplacedDivision,
}

/// <summary>
/// The laws in the form that the fit computes: ln s = c + k f with a feature f of the bond that is fixed before the fit, and c and k that
/// follow from the parameters a and g of the key. All three share one inner loop.
/// </summary>
internal static class LawFunctions
{
    /// <summary>f of a bond: 0 at the mean length and falling with slope -1 there, Å.</summary>
    public static double Feature(BondLaw law, double meanLengthAngstrom, double distanceAngstrom) => law == BondLaw.Power
        ? meanLengthAngstrom * PortableMath.Log(meanLengthAngstrom / distanceAngstrom)
        : meanLengthAngstrom - distanceAngstrom;

    /// <summary>c and k: a and 1/B; where the division is misplaced a - ln b and 1.</summary>
    public static (double Constant, double Slope) Coefficients(BondLaw law, double a, double g) =>
        law == BondLaw.MisplacedDivision ? (a - g, 1) : (a, PortableMath.Exp(-g));

    /// <summary>Derivative by g of a sum of valences: -sum s f/B, or -sum s.</summary>
    public static double DerivativeByG(BondLaw law, double valence, double moment, double slope) =>
        law == BondLaw.MisplacedDivision ? -valence : -moment * slope;

    /// <summary>r0 and B as published: B is N = r0/B turned round in the power law, and b where the division is misplaced.</summary>
    public static (double R0Angstrom, double Softness) ToPublished(BondLaw law, double meanLengthAngstrom, double a, double g)
    {
        double softness = PortableMath.Exp(g);
        switch (law)
        {
            case BondLaw.Power:
                double r0 = meanLengthAngstrom * PortableMath.Exp(a * softness / meanLengthAngstrom);
                return (r0, r0 * softness / meanLengthAngstrom);
            case BondLaw.MisplacedDivision:
                return (meanLengthAngstrom + a, softness);
            default:
                return (meanLengthAngstrom + a * softness, softness);
        }
    }

    /// <summary>Derivatives of the published r0 and of ln B by a and g.</summary>
    public static (double R0ByA, double R0ByG, double LogByA, double LogByG) PublishedDerivatives(BondLaw law, double a, double r0, double softness) => law switch
    {
        BondLaw.Power => (softness, softness * a, softness / r0, 1 + a * softness / r0),
        BondLaw.MisplacedDivision => (1, 0, 0, 1),
        _ => (softness, softness * a, 0, 1),
    };

    /// <summary>Length of the bond with a feature, Å: the inverse of <see cref="Feature"/>.</summary>
    public static double LengthOf(BondLaw law, double meanLengthAngstrom, double feature) => law == BondLaw.Power
        ? meanLengthAngstrom * PortableMath.Exp(-feature / meanLengthAngstrom)
        : meanLengthAngstrom - feature;
}
