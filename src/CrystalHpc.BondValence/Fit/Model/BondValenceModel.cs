using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>Valence of a bond from its length and back, for parameters as they are published.</summary>
public static class BondValenceModel
{
    /// <summary>Softness that nearly all published tables use, Å (Brown and Altermatt 1985).</summary>
    public const double UniversalSoftnessAngstrom = 0.37;

    /// <summary>Valence of a bond, v.u. In the exponential law the whole difference is divided by B.</summary>
    /// <param name="distanceAngstrom">Bond length r, Å.</param>
    /// <param name="r0Angstrom">Length of a bond of one valence unit, Å.</param>
    /// <param name="softnessAngstrom">Softness B, Å.</param>
    /// <param name="law">The law that the parameters belong to.</param>
    public static double Valence(double distanceAngstrom, double r0Angstrom, double softnessAngstrom, BondLaw law = BondLaw.Exponential) => law switch
    {
        BondLaw.Power => PortableMath.Exp(r0Angstrom / softnessAngstrom * PortableMath.Log(r0Angstrom / distanceAngstrom)),
        BondLaw.MisplacedDivision => PortableMath.Exp(r0Angstrom - distanceAngstrom) / softnessAngstrom,
        _ => PortableMath.Exp((r0Angstrom - distanceAngstrom) / softnessAngstrom),
    };

    /// <summary>Length of a bond of a given valence, Å: the inverse of <see cref="Valence"/>.</summary>
    public static double Length(double valence, double r0Angstrom, double softnessAngstrom, BondLaw law = BondLaw.Exponential) => law switch
    {
        BondLaw.Power => r0Angstrom * PortableMath.Exp(-softnessAngstrom / r0Angstrom * PortableMath.Log(valence)),
        BondLaw.MisplacedDivision => r0Angstrom - PortableMath.Log(valence * softnessAngstrom),
        _ => r0Angstrom - softnessAngstrom * PortableMath.Log(valence),
    };
}
