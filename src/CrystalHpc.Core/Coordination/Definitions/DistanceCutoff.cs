using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// The neighbors are all atoms within a distance, or all of opposite charge: no first shell is singled out, and bond-valence parameters
/// then hold for just this distance (S. J. Mills, A. G. Christy, Acta Cryst. B69 (2013) 145, doi 10.1107/S2052519213004272, take 3.5 Å).
/// All weights are 1. If j is a neighbor of i, then i is one of j.
/// </summary>
public sealed class DistanceCutoff(DistanceCutoffOptions options) : ICoordinationDefinition
{
    private readonly CandidateSearch _search = new();

    /// <inheritdoc/>
    public CoordinationShell Find(CrystalStructure structure, int atom, ICollection<Finding>? findings = null)
    {
        _search.Within(options.CutoffAngstrom, structure, atom, options.OppositeChargesOnly);
        _search.Weights.Fill(1);
        return _search.Shell(findings);
    }
}

/// <summary>Settings of <see cref="DistanceCutoff"/>.</summary>
/// <param name="CutoffAngstrom">Largest distance of a neighbor, Å, inclusive.</param>
/// <param name="OppositeChargesOnly">
/// True: only neighbors whose charge times the charge of the center is not positive are candidates, an unknown charge counting as zero.
/// </param>
public sealed record DistanceCutoffOptions(
    [property: Range(0.5, 12.0)] double CutoffAngstrom,
    bool OppositeChargesOnly) : ICoordinationOptions
{
    /// <summary>3.5 Å; any charges.</summary>
    public static DistanceCutoffOptions Default { get; } = new(CutoffAngstrom: 3.5, OppositeChargesOnly: false);

    /// <inheritdoc/>
    public ICoordinationDefinition Create() => new DistanceCutoff(this);
}
