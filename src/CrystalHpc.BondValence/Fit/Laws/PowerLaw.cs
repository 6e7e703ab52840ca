using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>s = (r/r0)^-N with N = r0/B.</summary>
internal sealed class PowerLaw : IBondLaw
{
    /// <summary>The law.</summary>
    public static readonly PowerLaw Instance = new();

    private PowerLaw()
    {
    }

    /// <inheritdoc/>
    public string Formula => "s = (r/r0)^(-r0/B)";

    /// <inheritdoc/>
    public bool HasSoftness => true;

    /// <inheritdoc/>
    public double Valence(double distanceAngstrom, double r0Angstrom, double softness) =>
        PortableMath.Exp(r0Angstrom / softness * PortableMath.Log(r0Angstrom / distanceAngstrom));

    /// <inheritdoc/>
    public double Length(double valence, double r0Angstrom, double softness) =>
        r0Angstrom * PortableMath.Exp(-softness / r0Angstrom * PortableMath.Log(valence));

    /// <inheritdoc/>
    public (double ByR0, double BySoftness) LogDerivatives(double distanceAngstrom, double r0Angstrom, double softness)
    {
        double log = PortableMath.Log(r0Angstrom / distanceAngstrom);
        return ((log + 1) / softness, -r0Angstrom * log / (softness * softness));
    }

    /// <inheritdoc/>
    public double Feature(double meanLengthAngstrom, double distanceAngstrom)
        => meanLengthAngstrom * PortableMath.Log(meanLengthAngstrom / distanceAngstrom);

    /// <inheritdoc/>
    public double LengthOf(double meanLengthAngstrom, double feature)
        => meanLengthAngstrom * PortableMath.Exp(-feature / meanLengthAngstrom);

    /// <inheritdoc/>
    public (double Constant, double Slope) Coefficients(double a, double g) => (a, PortableMath.Exp(-g));

    /// <inheritdoc/>
    public double DerivativeByG(double valence, double moment, double slope) => -moment * slope;

    /// <summary>r0 and B = r0/N; the fit's own softness is that at the mean length.</summary>
    public (double R0Angstrom, double Softness) ToPublished(double meanLengthAngstrom, double a, double g)
    {
        double softness = PortableMath.Exp(g), r0 = meanLengthAngstrom * PortableMath.Exp(a * softness / meanLengthAngstrom);
        return (r0, r0 * softness / meanLengthAngstrom);
    }

    /// <inheritdoc/>
    public (double R0ByA, double R0ByG, double LogByA, double LogByG) PublishedDerivatives(double a, double r0, double softness) =>
        (softness, softness * a, softness / r0, 1 + a * softness / r0);

    /// <inheritdoc/>
    public double LengthScale(double softness) => softness;
}
