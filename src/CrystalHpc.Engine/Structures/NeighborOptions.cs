using CrystalHpc.Core.Coordination;
using CrystalHpc.Engine.Configuration;

namespace CrystalHpc.Engine.Structures;

/// <summary>Which atoms get neighbors, by which definition, and whether they are tabulated.</summary>
/// <param name="Definition">Which atoms around an atom count as its neighbors: one of the definitions below, whose settings must not be
/// null.</param>
/// <param name="CrystalNN">Settings of CrystalNN: Voronoi facets, electronegativity and distance (Pan and others 2021).</param>
/// <param name="MinimumDistance">Settings of the shortest distance and a tolerance.</param>
/// <param name="LargestGap">Settings of the largest gap in the sequence of distances (Brunner 1977).</param>
/// <param name="Econ">Settings of the effective coordination number, ECoN (Hoppe 1979).</param>
/// <param name="ValenceWindow">Settings of the least share of the valence (Altermatt and Brown 1985).</param>
/// <param name="RadiusSum">Settings of the sum of two radii and a tolerance (Isayev and others 2017; Jmol).</param>
/// <param name="Cutoff">Settings of all atoms within a distance.</param>
/// <param name="AllAtoms">True: every atom of the cell. False: one atom of each symmetry-distinct site, which is all that the fit
/// needs.</param>
/// <param name="WriteTable">Write neighbors.csv in every shard.</param>
public sealed record NeighborOptions(
    NeighborDefinition Definition,
    CrystalNNOptions? CrystalNN,
    MinimumDistanceOptions? MinimumDistance,
    LargestGapOptions? LargestGap,
    EffectiveCoordinationOptions? Econ,
    ValenceWindowOptions? ValenceWindow,
    RadiusSumOptions? RadiusSum,
    DistanceCutoffOptions? Cutoff,
    bool AllAtoms,
    bool WriteTable)
{
    /// <summary>
    /// All definitions with their published settings, but with neighbors of opposite charge only: what bond-valence sums need.
    /// </summary>
    public static NeighborOptions ForValenceSums { get; } = new(
        NeighborDefinition.ValenceWindow,
        CrystalNNOptions.Default with { OppositeChargesOnly = true },
        MinimumDistanceOptions.Default with { OppositeChargesOnly = true },
        LargestGapOptions.Default with { OppositeChargesOnly = true },
        EffectiveCoordinationOptions.Default with { OppositeChargesOnly = true },
        ValenceWindowOptions.Default with { OppositeChargesOnly = true },
        RadiusSumOptions.Default with { OppositeChargesOnly = true },
        DistanceCutoffOptions.Default with { OppositeChargesOnly = true },
        AllAtoms: false,
        WriteTable: true);

    /// <summary>The chosen definition with its settings.</summary>
    public ICoordinationDefinition Create() => SettingsOf(Definition)!.Create();

    /// <summary>
    /// What is wrong with the options: the chosen definition must have settings, and no range may end before it begins; null when nothing
    /// is.
    /// </summary>
    public static string? ProblemOf(NeighborOptions options)
    {
        if (options.CrystalNN is { } window && window.DistanceCutoffLowAngstrom > window.DistanceCutoffHighAngstrom)
            return "'neighbors.crystal_nn.distance_cutoff_low_angstrom' must not be above 'distance_cutoff_high_angstrom'";
        string chosen = SnakeCase.Of(options.Definition);
        return options.SettingsOf(options.Definition) is null
            ? $"'neighbors.{chosen}' must not be null, because 'neighbors.definition' is \"{chosen}\""
            : null;
    }

    /// <summary>The settings of a definition; null when the configuration leaves them out.</summary>
    public ICoordinationOptions? SettingsOf(NeighborDefinition definition) => definition switch
    {
        NeighborDefinition.CrystalNN => CrystalNN,
        NeighborDefinition.MinimumDistance => MinimumDistance,
        NeighborDefinition.LargestGap => LargestGap,
        NeighborDefinition.Econ => Econ,
        NeighborDefinition.ValenceWindow => ValenceWindow,
        NeighborDefinition.RadiusSum => RadiusSum,
        NeighborDefinition.Cutoff => Cutoff,
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, "no such definition"),
    };
}
