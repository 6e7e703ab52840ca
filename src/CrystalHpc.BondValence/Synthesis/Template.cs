using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.BondValence.Synthesis;

/// <summary>A symmetry-distinct site of a template.</summary>
/// <param name="IsCation">Cation or anion.</param>
/// <param name="Slot">Which cation of the prototype; 0 for its anion.</param>
/// <param name="Position">Position in the undistorted structure.</param>
/// <param name="Multiplicity">Atoms in the cell.</param>
/// <param name="Projector">Mean rotation of the site symmetry, row by row: displacements are projected with it.</param>
internal sealed record TemplateSite(bool IsCation, int Slot, Fractional Position, int Multiplicity, double[] Projector)
{
    /// <summary>The part of a displacement, in fractions, that the site symmetry allows.</summary>
    public Fractional Project(Fractional v) => new(
        Projector[0] * v.X + Projector[1] * v.Y + Projector[2] * v.Z,
        Projector[3] * v.X + Projector[4] * v.Y + Projector[5] * v.Z,
        Projector[6] * v.X + Projector[7] * v.Y + Projector[8] * v.Z);
}

/// <summary>
/// Two atoms near one another: one of the site <paramref name="Center"/>, and the copy of <paramref name="Neighbor"/> that an operation
/// makes.
/// </summary>
/// <param name="Center">Index of a site.</param>
/// <param name="Neighbor">Index of a site.</param>
/// <param name="Operation">Symmetry operation.</param>
/// <param name="Shift">Lattice translation after it.</param>
internal readonly record struct Contact(int Center, int Neighbor, SymmetryOperation Operation, Fractional Shift)
{
    /// <summary>From the center to the neighbor, in fractions of the cell.</summary>
    public Fractional Difference(ReadOnlySpan<Fractional> positions)
        => OperationOnPositions.Apply(Operation, positions[Neighbor]) + Shift - positions[Center];
}

/// <summary>
/// A structure type in its own symmetry or in a subgroup of it, where sites that were alike may differ: sites, bonds, and what else is
/// near.
/// </summary>
internal sealed record Template
{
    /// <summary>The structure type.</summary>
    public required Prototype Prototype { get; init; }

    /// <summary>Operations of the subgroup.</summary>
    public required IReadOnlyList<SymmetryOperation> Operations { get; init; }

    /// <summary>The tabulated setting that these operations are; null when they are none.</summary>
    public required SpaceGroup? SpaceGroup { get; init; }

    /// <summary>Sites, cations first.</summary>
    public required IReadOnlyList<TemplateSite> Sites { get; init; }

    /// <summary>Number of cation sites, which come first.</summary>
    public required int CationCount { get; init; }

    /// <summary>Bonds of the cation sites in order.</summary>
    public required IReadOnlyList<Contact> Bonds { get; init; }

    /// <summary>First bond of each cation site; one entry more than there are.</summary>
    public required IReadOnlyList<int> BondOffsets { get; init; }

    /// <summary>Mean bond length of each cation site in the undistorted structure, Å.</summary>
    public required IReadOnlyList<double> MeanBondsAngstrom { get; init; }

    /// <summary>Cations with the nearest anions that are not bonded to them.</summary>
    public required IReadOnlyList<Contact> Beyond { get; init; }

    /// <summary>Nearest pairs of equal sign.</summary>
    public required IReadOnlyList<Contact> Repulsive { get; init; }

    /// <summary>For each edge of the cell the first edge that must keep its ratio to it.</summary>
    public required IReadOnlyList<int> EdgeTies { get; init; }

    /// <summary>Bonds of a cation site.</summary>
    public int Coordination(int site) => BondOffsets[site + 1] - BondOffsets[site];

    /// <summary>Atoms in the cell that are the cation of a slot, or the anion.</summary>
    public int AtomsInSlot(bool isCation, int slot)
        => Sites.Where(site => site.IsCation == isCation && site.Slot == slot).Sum(site => site.Multiplicity);
}
