using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.BondValence;

/// <summary>A fitted curve s(r) = exp((r0 - r)/B) with its uncertainty.</summary>
/// <param name="R0Angstrom">Length of a bond of one valence unit, Å.</param>
/// <param name="R0ErrorAngstrom">Its standard error, Å.</param>
/// <param name="SoftnessAngstrom">Softness B, Å.</param>
/// <param name="SoftnessErrorAngstrom">Its standard error, Å.</param>
/// <param name="Correlation">Correlation of the two errors.</param>
public sealed record ValenceCurve(
    double R0Angstrom, double R0ErrorAngstrom, double SoftnessAngstrom, double SoftnessErrorAngstrom, double Correlation)
{
    /// <summary>Standard errors on either side of a value that hold 95 % of a normal distribution.</summary>
    public const double Errors95 = 1.959963984540054;

    /// <summary>Valence of a bond of this length, v.u.</summary>
    public double Valence(double distanceAngstrom) => BondValenceModel.Valence(distanceAngstrom, R0Angstrom, SoftnessAngstrom);

    /// <summary>
    /// Standard error of ln s at this length. With u = (r0 - r)/B, d ln s = (dr0 - u dB)/B, so that
    /// var(ln s) = (var(r0) - 2 u cov(r0, B) + u² var(B))/B².
    /// </summary>
    public double LogValenceError(double distanceAngstrom)
    {
        double u = (R0Angstrom - distanceAngstrom) / SoftnessAngstrom;
        double variance = R0ErrorAngstrom * R0ErrorAngstrom
            - 2 * u * Correlation * R0ErrorAngstrom * SoftnessErrorAngstrom
            + u * u * SoftnessErrorAngstrom * SoftnessErrorAngstrom;
        return Math.Sqrt(Math.Max(0, variance)) / SoftnessAngstrom;
    }

    /// <summary>The 95 % interval of the valence at this length, v.u.</summary>
    public (double Low, double High) Interval(double distanceAngstrom)
    {
        double valence = Valence(distanceAngstrom), factor = PortableMath.Exp(Errors95 * LogValenceError(distanceAngstrom));
        return (valence / factor, valence * factor);
    }
}
