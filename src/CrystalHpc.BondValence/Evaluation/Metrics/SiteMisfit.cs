using CrystalHpc.BondValence.Fit;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// How far the bonds of a site are from what their valence sum should be, as a length: |B ln(V/sum)| with the universal B of 0.37 Å.
/// </summary>
internal static class SiteMisfit
{
    /// <summary>The misfit of one valence sum, Å; infinite for a sum of zero.</summary>
    /// <param name="valence">Magnitude of the oxidation state, v.u.</param>
    /// <param name="sum">Valence sum, v.u.</param>
    public static double Angstrom(double valence, double sum) => sum > 0
        ? Math.Abs(ExponentialLaw.UniversalSoftnessAngstrom * PortableMath.Log(valence / sum))
        : double.PositiveInfinity;

    /// <summary>The smallest misfit over the sums of several tables, Å; null when all of them are NaN: no table covers the site.</summary>
    public static double? SmallestAngstrom(double valence, IEnumerable<double> sums)
    {
        double? smallest = null;
        foreach (double sum in sums.Where(sum => !double.IsNaN(sum)))
            smallest = Math.Min(smallest ?? double.PositiveInfinity, Angstrom(valence, sum));
        return smallest;
    }
}
