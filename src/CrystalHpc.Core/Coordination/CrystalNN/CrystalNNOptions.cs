using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// Settings of <see cref="CrystalNN"/>; <see cref="Default"/> holds the published values (H. Pan et al., Inorg. Chem. 60 (2021) 1590,
/// doi 10.1021/acs.inorgchem.0c02996, and pymatgen 2022.11.7).
/// </summary>
/// <param name="WeightedCoordination">
/// False: the neighbors of the likeliest coordination number. True: all neighbors, each with the sum of the likelihoods of the
/// coordination numbers that include it (published name: weighted_cn).
/// </param>
/// <param name="OppositeChargesOnly">
/// True: only neighbors whose charge times the charge of the center is not positive are candidates, an unknown charge counting as
/// zero (published name: cation_anion).
/// </param>
/// <param name="DistanceCutoffLowAngstrom">Distance beyond the sum of the radii where the weight begins to fall, Å.</param>
/// <param name="DistanceCutoffHighAngstrom">Distance beyond the sum of the radii where the weight reaches zero, Å.</param>
/// <param name="ElectronegativityWeight">
/// How much a difference in electronegativity raises the weight; 0 ignores it (published name: x_diff_weight).
/// </param>
/// <param name="PorousAdjustment">
/// True: weights are multiplied by solid angle over area, which keeps far, wide facets of open structures in check.
/// </param>
/// <param name="SearchCutoffAngstrom">
/// Neighbors that shape the Voronoi cell are taken to this distance, Å; doubled until the cell closes.
/// </param>
public sealed record CrystalNNOptions(
    bool WeightedCoordination,
    bool OppositeChargesOnly,
    [property: Range(0.0, 10.0)] double DistanceCutoffLowAngstrom,
    [property: Range(0.0, 10.0)] double DistanceCutoffHighAngstrom,
    [property: Range(0.0, 100.0)] double ElectronegativityWeight,
    bool PorousAdjustment,
    [property: Range(2.0, 30.0)] double SearchCutoffAngstrom) : ICoordinationOptions
{
    /// <summary>The published values: neighbors of any charge.</summary>
    public static CrystalNNOptions Default { get; } = new(
        WeightedCoordination: false,
        OppositeChargesOnly: false,
        DistanceCutoffLowAngstrom: 0.5,
        DistanceCutoffHighAngstrom: 1.0,
        ElectronegativityWeight: 3.0,
        PorousAdjustment: true,
        SearchCutoffAngstrom: 7.0);

    /// <inheritdoc/>
    public ICoordinationDefinition Create() => new CrystalNN(this);
}
