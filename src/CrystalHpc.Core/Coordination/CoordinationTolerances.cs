namespace CrystalHpc.Core.Coordination;

/// <summary>
/// What counts as equal where coordination is decided: equivalent neighbors differ by rounding noise and must fare alike.
/// </summary>
internal static class CoordinationTolerances
{
    /// <summary>Gaps between distances, and limits that a distance reaches, Å.</summary>
    public const double DistanceAngstrom = 1e-8;

    /// <summary>Weights of neighbors and shares of valence, which are parts of one.</summary>
    public const double Weight = 1e-9;

    /// <summary>Weights of Voronoi facets, whose rounding noise is larger.</summary>
    public const double FacetWeight = 1e-8;

    /// <summary>Likelihoods of coordination numbers; the smaller number wins a tie.</summary>
    public const double Likelihood = 1e-12;

    /// <summary>The mean distance of an effective coordination number has settled, Å: far finer than a distance is known.</summary>
    public const double SettledAngstrom = 1e-6;
}
