using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>s = exp((r0 - r)/B): the whole difference is divided by B.</summary>
internal sealed class ExponentialLaw : IBondLaw
{
    /// <summary>Softness that nearly all published tables use, Å (Brown and Altermatt 1985).</summary>
    public const double UniversalSoftnessAngstrom = 0.37;

    /// <summary>The law.</summary>
    public static readonly ExponentialLaw Instance = new();

    private ExponentialLaw()
    {
    }

    /// <inheritdoc/>
    public string Formula => "s = exp((r0 - r)/B)";

    /// <inheritdoc/>
    public bool HasSoftness => true;

    /// <inheritdoc/>
    public double Valence(double distanceAngstrom, double r0Angstrom, double softness)
        => PortableMath.Exp((r0Angstrom - distanceAngstrom) / softness);

    /// <inheritdoc/>
    public double Length(double valence, double r0Angstrom, double softness) => r0Angstrom - softness * PortableMath.Log(valence);

    /// <inheritdoc/>
    public (double ByR0, double BySoftness) LogDerivatives(double distanceAngstrom, double r0Angstrom, double softness) =>
        (1 / softness, -(r0Angstrom - distanceAngstrom) / (softness * softness));

    /// <inheritdoc/>
    public double Feature(double meanLengthAngstrom, double distanceAngstrom) => meanLengthAngstrom - distanceAngstrom;

    /// <inheritdoc/>
    public double LengthOf(double meanLengthAngstrom, double feature) => meanLengthAngstrom - feature;

    /// <inheritdoc/>
    public (double Constant, double Slope) Coefficients(double a, double g) => (a, PortableMath.Exp(-g));

    /// <inheritdoc/>
    public double DerivativeByG(double valence, double moment, double slope) => -moment * slope;

    /// <inheritdoc/>
    public (double R0Angstrom, double Softness) ToPublished(double meanLengthAngstrom, double a, double g)
    {
        double softness = PortableMath.Exp(g);
        return (meanLengthAngstrom + a * softness, softness);
    }

    /// <inheritdoc/>
    public (double R0ByA, double R0ByG, double LogByA, double LogByG) PublishedDerivatives(double a, double r0, double softness)
        => (softness, softness * a, 0, 1);

    /// <inheritdoc/>
    public double LengthScale(double softness) => softness;
}
