using System.ComponentModel.DataAnnotations;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.Coordination;

/// <summary>
/// The neighbors are the atoms whose bonds carry at least a given share of the center's valence, as in D. Altermatt, I. D. Brown,
/// Acta Cryst. B41 (1985) 240, doi 10.1107/S0108768185002051, who ask for s_ij ≥ 0.04 V_i or so.
/// </summary>
/// <remarks>
/// No bond-valence parameter goes in, so that nothing fitted later rests on one fitted before. By the valence sum rule V_i is the sum
/// of the valences themselves, and s_ij/V_i = exp((R_j - r_ij)/B) / Σ_k exp((R_k - r_ik)/B): whatever the center adds to r0 cancels.
/// What is left of r0 is the size of the neighbor, for which its tabulated ionic radius R_j stands (the covalent one where the state is
/// unknown); it only matters where different elements surround an atom. The weight of a neighbor is that share.
/// </remarks>
public sealed class ValenceWindow(ValenceWindowOptions options) : ICoordinationDefinition
{
    private readonly CandidateSearch _search = new();

    /// <inheritdoc/>
    public CoordinationShell Find(CrystalStructure structure, int atom, ICollection<Finding>? findings = null)
    {
        _search.Within(options.CutoffAngstrom, structure, atom, options.OppositeChargesOnly);
        Span<double> weights = _search.Weights;
        ReadOnlySpan<Neighbor> candidates = _search.Candidates;
        double shortest = double.PositiveInfinity;
        for (int i = 0; i < weights.Length; i++)
        {
            // Neither radius is tabulated beyond curium: such an atom is no neighbor here.
            double excess = candidates[i].Distance - _search.PropertiesOf(i).Radius;
            weights[i] = double.IsNaN(excess) ? double.PositiveInfinity : excess;
            shortest = Math.Min(shortest, weights[i]);
        }

        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = double.IsPositiveInfinity(weights[i]) ? 0 : PortableMath.Exp((shortest - weights[i]) / options.SoftnessAngstrom);
            sum += weights[i];
        }

        for (int i = 0; i < weights.Length; i++)
            weights[i] = weights[i] / sum >= options.MinimumShare - CoordinationTolerances.Weight ? weights[i] / sum : 0;
        return _search.Shell(findings);
    }
}

/// <summary>Settings of <see cref="ValenceWindow"/>.</summary>
/// <param name="MinimumShare">Smallest share of the center's valence that makes a neighbor.</param>
/// <param name="SoftnessAngstrom">Softness B of the valence curve, Å, the same for all pairs.</param>
/// <param name="CutoffAngstrom">Neighbors are searched to this distance, Å.</param>
/// <param name="OppositeChargesOnly">
/// True: only neighbors whose charge times the charge of the center is not positive are candidates, an unknown charge counting as zero.
/// </param>
public sealed record ValenceWindowOptions(
    [property: Range(0.0, 0.5)] double MinimumShare,
    [property: Range(0.1, 1.0)] double SoftnessAngstrom,
    [property: Range(1.0, 12.0)] double CutoffAngstrom,
    bool OppositeChargesOnly) : ICoordinationOptions
{
    /// <summary>
    /// A share of 0.04 with B = 0.37 Å, within 5 Å; opposite charges only, since bonds between like charges carry no valence.
    /// </summary>
    public static ValenceWindowOptions Default { get; } =
        new(MinimumShare: 0.04, SoftnessAngstrom: 0.37, CutoffAngstrom: 5, OppositeChargesOnly: true);

    /// <inheritdoc/>
    public ICoordinationDefinition Create() => new ValenceWindow(this);
}
