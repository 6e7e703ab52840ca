using CrystalHpc.Core.Elements;

namespace CrystalHpc.Potentials.Model.Analytic;

/// <summary>
/// phi = 4 epsilon ((sigma/r)^12 - (sigma/r)^6) between atoms of any elements (J. E. Jones, Proc. R. Soc. A 106 (1924) 463); with epsilon =
/// 1 eV and sigma = 1 A, the defaults, energies and lengths are in reduced units.
/// </summary>
/// <param name="epsilon">Depth, eV.</param>
/// <param name="sigma">Where phi vanishes, A.</param>
public sealed class LennardJones(double epsilon = 1, double sigma = 1) : IPairLaw
{
    // What lies beyond makes up less than a thousandth of the energy of a crystal.
    private const double CutoffInSigma = 10;

    /// <inheritdoc/>
    public string Name => "lennard_jones";

    /// <inheritdoc/>
    public double CutoffAngstrom => CutoffInSigma * sigma;

    /// <inheritdoc/>
    public bool Knows(Element element) => true;

    /// <inheritdoc/>
    public void Evaluate(Element first, Element second, ReadOnlySpan<double> r, in PairTerms pairs)
    {
        pairs.Density.Clear();
        pairs.DensitySlope.Clear();
        for (int i = 0; i < r.Length; i++)
        {
            double inverse = 1 / r[i], s = sigma * inverse, s2 = s * s, s6 = s2 * s2 * s2;
            pairs.Phi[i] = 4 * epsilon * s6 * (s6 - 1);
            pairs.PhiSlope[i] = -24 * epsilon * inverse * s6 * (2 * s6 - 1);
        }
    }

    /// <inheritdoc/>
    public (double Energy, double Slope) Embed(Element element, double density) => (0, 0);
}
