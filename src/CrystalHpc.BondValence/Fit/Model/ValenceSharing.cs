namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Valences without a table: the valence sum rule itself shares the oxidation state of a cation out over its bonds, s = V exp(-r/B) / sum
/// exp(-r/B), with the universal B of 0.37 Å.
/// </summary>
internal static class ValenceSharing
{
    // r0 cancels; one near the lengths keeps the exponentials near 1.
    private const double AnyR0Angstrom = 2;

    /// <summary>Valence of each bond, v.u.; they add up to the oxidation state.</summary>
    /// <param name="valence">Oxidation state of the cation.</param>
    /// <param name="distancesAngstrom">Lengths of its bonds, Å.</param>
    /// <param name="counts">How many bonds there are of each length.</param>
    public static double[] Share(double valence, IReadOnlyList<double> distancesAngstrom, IReadOnlyList<int> counts)
    {
        double[] strengths =
            [.. distancesAngstrom.Select(distance => ExponentialLaw.Instance.Valence(
                distance, AnyR0Angstrom, ExponentialLaw.UniversalSoftnessAngstrom))];
        double all = strengths.Zip(counts).Sum(bond => bond.First * bond.Second);
        return [.. strengths.Select(strength => valence * strength / all)];
    }
}
