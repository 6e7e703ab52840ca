using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// The neighbors are the nearest atom and all that are hardly farther: r ≤ (1 + tolerance) · r_min (MinimumDistanceNN of
/// pymatgen 2022.11.7). The weight of a neighbor is r_min/r.
/// </summary>
public sealed class MinimumDistance(MinimumDistanceOptions options) : ICoordinationDefinition
{
    private readonly CandidateSearch _search = new();

    /// <inheritdoc/>
    public CoordinationShell Find(CrystalStructure structure, int atom, ICollection<Finding>? findings = null)
    {
        double nearest = _search.NearestDistance(options.CutoffAngstrom, structure, atom, options.OppositeChargesOnly);
        if (!double.IsNaN(nearest))
            _search.Within(Math.Min(options.CutoffAngstrom, (1 + options.Tolerance) * nearest), structure, atom,
                options.OppositeChargesOnly);
        ReadOnlySpan<Neighbor> candidates = _search.Candidates;
        for (int i = 0; i < candidates.Length; i++)
            _search.Weights[i] = nearest / candidates[i].Distance;
        return _search.Shell(findings);
    }
}

/// <summary>Settings of <see cref="MinimumDistance"/>; <see cref="Default"/> holds those of pymatgen 2022.11.7.</summary>
/// <param name="Tolerance">How much farther than the nearest atom a neighbor may be, as a fraction of that distance.</param>
/// <param name="CutoffAngstrom">Neighbors are searched to this distance, Å.</param>
/// <param name="OppositeChargesOnly">
/// True: only neighbors whose charge times the charge of the center is not positive are candidates, an unknown charge counting as zero.
/// </param>
public sealed record MinimumDistanceOptions(
    [property: Range(0.0, 2.0)] double Tolerance,
    [property: Range(1.0, 12.0)] double CutoffAngstrom,
    bool OppositeChargesOnly) : ICoordinationOptions
{
    /// <summary>Tolerance 0.1; any charges.</summary>
    public static MinimumDistanceOptions Default { get; } = new(Tolerance: 0.1, CutoffAngstrom: 10, OppositeChargesOnly: false);

    /// <inheritdoc/>
    public ICoordinationDefinition Create() => new MinimumDistance(this);
}
