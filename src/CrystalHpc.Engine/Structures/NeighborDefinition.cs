namespace CrystalHpc.Engine.Structures;

/// <summary>The definitions of neighbors that a configuration can choose from; each is the key of its settings, too.</summary>
public enum NeighborDefinition
{
    /// <summary>Voronoi facets, weighed by solid angle, electronegativity and distance.</summary>
    CrystalNN,

    /// <summary>The nearest atom and all hardly farther ones.</summary>
    MinimumDistance,

    /// <summary>The atoms before the largest gap in the sequence of distances.</summary>
    LargestGap,

    /// <summary>Hoppe's effective coordination number.</summary>
    Econ,

    /// <summary>The atoms whose bonds carry a least share of the valence.</summary>
    ValenceWindow,

    /// <summary>The atoms within the sum of two radii and a tolerance.</summary>
    RadiusSum,

    /// <summary>All atoms within a distance.</summary>
    Cutoff,
}
