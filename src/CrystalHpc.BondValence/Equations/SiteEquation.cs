using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// The bond-valence equation of one symmetry-distinct site: the valences of its bonds add up to the magnitude of its oxidation state,
/// sum_j exp((r0 - r_j)/B) = |V| (Brown and Altermatt 1985, doi 10.1107/S0108768185002063). One row of the equation table with its bonds.
/// </summary>
public sealed record SiteEquation
{
    /// <summary>Stable id of the structure, such as a COD number.</summary>
    public required string StructureId { get; init; }

    /// <summary>Index of the site in the structure's site list, from 0.</summary>
    public required int SiteIndex { get; init; }

    /// <summary>Label of the site in the file.</summary>
    public required string SiteLabel { get; init; }

    /// <summary>The ion on the site with its oxidation state, whose magnitude is the right-hand side.</summary>
    public required Species Center { get; init; }

    /// <summary>True when the center is a cation and its neighbors anions; false the other way round.</summary>
    public bool IsCation => Center.Charge > 0;

    /// <summary>Atoms of the site in the cell.</summary>
    public required int Multiplicity { get; init; }

    /// <summary>Structures of the same group are redeterminations of one another; a group counts once.</summary>
    public required string GroupId { get; init; }

    /// <summary>False for an anion to which more cations may be bonded than the equation knows, so that its sum may fall short.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The bonds, sorted by distance.</summary>
    public required IReadOnlyList<EquationBond> Bonds { get; init; }

    /// <summary>Key of one of the bonds: the cation first, whichever of the two is the center.</summary>
    public BondKey KeyOf(EquationBond bond) => IsCation ? new BondKey(Center, bond.Neighbor) : new BondKey(bond.Neighbor, Center);
}

/// <summary>One bond of an equation.</summary>
/// <param name="Neighbor">The ion at the other end, with its oxidation state.</param>
/// <param name="DistanceAngstrom">Bond length, Å.</param>
public readonly record struct EquationBond(Species Neighbor, double DistanceAngstrom);
