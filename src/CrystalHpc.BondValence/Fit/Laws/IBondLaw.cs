namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// A law: valence s of a bond of length r from parameters r0 and B as they are published; and in the form that the fit computes, ln s = c +
/// k f with a feature f of the bond that is fixed before the fit, and c and k that follow from the parameters a and g of the key, so that
/// all laws share one inner loop.
/// </summary>
internal interface IBondLaw
{
    /// <summary>The formula in ASCII, for people.</summary>
    string Formula { get; }

    /// <summary>True when B is the softness of the bond, -dr/d ln s at r0, Å; false when it is a factor.</summary>
    bool HasSoftness { get; }

    /// <summary>Valence of a bond, v.u.</summary>
    double Valence(double distanceAngstrom, double r0Angstrom, double softness);

    /// <summary>Length of a bond of a given valence, Å: the inverse of <see cref="Valence"/>.</summary>
    double Length(double valence, double r0Angstrom, double softness);

    /// <summary>Derivatives of ln s by r0 and by B.</summary>
    (double ByR0, double BySoftness) LogDerivatives(double distanceAngstrom, double r0Angstrom, double softness);

    /// <summary>f of a bond: 0 at the mean length and falling with slope -1 there, Å.</summary>
    double Feature(double meanLengthAngstrom, double distanceAngstrom);

    /// <summary>Length of the bond with a feature, Å: the inverse of <see cref="Feature"/>.</summary>
    double LengthOf(double meanLengthAngstrom, double feature);

    /// <summary>c and k.</summary>
    (double Constant, double Slope) Coefficients(double a, double g);

    /// <summary>Derivative by g of a sum of valences.</summary>
    /// <param name="valence">Sum of s.</param>
    /// <param name="moment">Sum of s f, Å.</param>
    /// <param name="slope">k.</param>
    double DerivativeByG(double valence, double moment, double slope);

    /// <summary>r0 and B as published.</summary>
    (double R0Angstrom, double Softness) ToPublished(double meanLengthAngstrom, double a, double g);

    /// <summary>Derivatives of the published r0 and of ln B by a and g.</summary>
    (double R0ByA, double R0ByG, double LogByA, double LogByG) PublishedDerivatives(double a, double r0, double softness);

    /// <summary>How far the length of a bond moves with its ln s near the mean length, Å, where B is about this.</summary>
    double LengthScale(double softness);
}
