using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.BondValence;

/// <summary>The bond-valence law s = exp((r0 - r)/B) (Brown and Altermatt 1985, doi 10.1107/S0108768185002063).</summary>
public static class BondValenceModel
{
    /// <summary>Softness that nearly all published tables use, Å (Brown and Altermatt 1985).</summary>
    public const double UniversalSoftnessAngstrom = 0.37;

    /// <summary>Valence of a bond, v.u. The whole difference is divided by B.</summary>
    /// <param name="distanceAngstrom">Bond length r, Å.</param>
    /// <param name="r0Angstrom">Length of a bond of one valence unit, Å.</param>
    /// <param name="softnessAngstrom">Softness B, Å.</param>
    public static double Valence(double distanceAngstrom, double r0Angstrom, double softnessAngstrom) =>
        PortableMath.Exp((r0Angstrom - distanceAngstrom) / softnessAngstrom);

    /// <summary>Length of a bond of a given valence, Å: the inverse of <see cref="Valence"/>.</summary>
    public static double Length(double valence, double r0Angstrom, double softnessAngstrom) =>
        r0Angstrom - softnessAngstrom * PortableMath.Log(valence);
}
