using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Equations;

/// <summary>
/// The bond-valence equation of one symmetry-distinct cation site: the valences of its bonds add up to its oxidation state,
/// sum_j exp((r0 - r_j)/B) = V (Brown and Altermatt 1985, doi 10.1107/S0108768185002063). One row of the equation table with its bonds.
/// </summary>
public sealed record SiteEquation
{
    /// <summary>Stable id of the structure, such as a COD number.</summary>
    public required string StructureId { get; init; }

    /// <summary>Index of the site in the structure's site list, from 0.</summary>
    public required int SiteIndex { get; init; }

    /// <summary>Label of the site in the file.</summary>
    public required string SiteLabel { get; init; }

    /// <summary>Cation and its oxidation state: the right-hand side.</summary>
    public required Species Cation { get; init; }

    /// <summary>Atoms of the site in the cell.</summary>
    public required int Multiplicity { get; init; }

    /// <summary>Structures of the same group are redeterminations of one another; a group counts once.</summary>
    public required string GroupId { get; init; }

    /// <summary>The bonds, sorted by distance.</summary>
    public required IReadOnlyList<EquationBond> Bonds { get; init; }
}

/// <summary>One bond of an equation.</summary>
/// <param name="Anion">Anion with its oxidation state.</param>
/// <param name="DistanceAngstrom">Bond length, Å.</param>
public readonly record struct EquationBond(Species Anion, double DistanceAngstrom);
