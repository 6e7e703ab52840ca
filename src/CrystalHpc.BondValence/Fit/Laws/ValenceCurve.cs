using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>A fitted curve s(r) with its uncertainty.</summary>
/// <param name="Law">How valence falls with length.</param>
/// <param name="R0Angstrom">Length of a bond of one valence unit, Å.</param>
/// <param name="R0ErrorAngstrom">Its standard error, Å.</param>
/// <param name="SoftnessAngstrom">Softness B, Å.</param>
/// <param name="SoftnessErrorAngstrom">Its standard error, Å.</param>
/// <param name="Correlation">Correlation of the two errors.</param>
public sealed record ValenceCurve(
    BondLaw Law, double R0Angstrom, double R0ErrorAngstrom, double SoftnessAngstrom, double SoftnessErrorAngstrom, double Correlation)
{
    /// <summary>Standard errors on either side of a value that hold 95 % of a normal distribution.</summary>
    public const double Errors95 = 1.959963984540054;

    /// <summary>Valence of a bond of this length, v.u.</summary>
    public double Valence(double distanceAngstrom) => BondLaws.Of(Law).Valence(distanceAngstrom, R0Angstrom, SoftnessAngstrom);

    /// <summary>Length of a bond of this valence, Å.</summary>
    public double Length(double valence) => BondLaws.Of(Law).Length(valence, R0Angstrom, SoftnessAngstrom);

    /// <summary>
    /// Standard error of ln s at this length, by propagation: var(ln s) = p² var(r0) + 2 p q cov(r0, B) + q² var(B) with p and q the
    /// derivatives of ln s by r0 and B; in the exponential law p = 1/B and q = -(r0 - r)/B².
    /// </summary>
    public double LogValenceError(double distanceAngstrom)
    {
        (double byR0, double bySoftness) = BondLaws.Of(Law).LogDerivatives(distanceAngstrom, R0Angstrom, SoftnessAngstrom);
        double first = byR0 * R0ErrorAngstrom, second = bySoftness * SoftnessErrorAngstrom;
        return Math.Sqrt(Math.Max(0, first * first + 2 * Correlation * first * second + second * second));
    }

    /// <summary>The 95 % interval of the valence at this length, v.u.</summary>
    public (double Low, double High) Interval(double distanceAngstrom)
    {
        double valence = Valence(distanceAngstrom), factor = PortableMath.Exp(Errors95 * LogValenceError(distanceAngstrom));
        return (valence / factor, valence * factor);
    }
}
