using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Study2023;

/// <summary>s = exp(r0 - r)/b: b is no softness, but a factor that moves all r0.</summary>
internal sealed class MisplacedDivisionLaw : IBondLaw
{
    /// <summary>The law.</summary>
    public static readonly MisplacedDivisionLaw Instance = new();

    private MisplacedDivisionLaw()
    {
    }

    /// <inheritdoc/>
    public string Formula => "s = exp(r0 - r)/B";

    /// <inheritdoc/>
    public bool HasSoftness => false;

    /// <inheritdoc/>
    public double Valence(double distanceAngstrom, double r0Angstrom, double softness)
        => PortableMath.Exp(r0Angstrom - distanceAngstrom) / softness;

    /// <inheritdoc/>
    public double Length(double valence, double r0Angstrom, double softness) => r0Angstrom - PortableMath.Log(valence * softness);

    /// <inheritdoc/>
    public (double ByR0, double BySoftness) LogDerivatives(double distanceAngstrom, double r0Angstrom, double softness)
        => (1, -1 / softness);

    /// <inheritdoc/>
    public double Feature(double meanLengthAngstrom, double distanceAngstrom) => meanLengthAngstrom - distanceAngstrom;

    /// <inheritdoc/>
    public double LengthOf(double meanLengthAngstrom, double feature) => meanLengthAngstrom - feature;

    /// <summary>c = a - ln b and k = 1.</summary>
    public (double Constant, double Slope) Coefficients(double a, double g) => (a - g, 1);

    /// <inheritdoc/>
    public double DerivativeByG(double valence, double moment, double slope) => -valence;

    /// <inheritdoc/>
    public (double R0Angstrom, double Softness) ToPublished(double meanLengthAngstrom, double a, double g)
        => (meanLengthAngstrom + a, PortableMath.Exp(g));

    /// <inheritdoc/>
    public (double R0ByA, double R0ByG, double LogByA, double LogByG) PublishedDerivatives(double a, double r0, double softness)
        => (1, 0, 0, 1);

    /// <inheritdoc/>
    public double LengthScale(double softness) => 1;

    /// <summary>s and ds/dg of a bond, as the formula reads.</summary>
    public static (double Valence, double ByG) Plain(double meanLengthAngstrom, double a, double g, double distanceAngstrom)
    {
        double valence = Math.Exp(meanLengthAngstrom + a - distanceAngstrom) / Math.Exp(g);
        return (valence, -valence);
    }
}
