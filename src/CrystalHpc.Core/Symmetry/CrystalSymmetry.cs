using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// The symmetry of a structure: its space group, the way to the conventional cell, and the Wyckoff position of each atom.
/// </summary>
public sealed class CrystalSymmetry
{
    private readonly ReferenceSetting _setting;
    private readonly int[] _equivalentAtoms;
    private readonly int[] _primitiveAtoms;

    internal CrystalSymmetry(ReferenceSetting setting, StandardizedAtoms atoms, int[] equivalentAtoms, int[] primitiveAtoms)
    {
        _setting = setting;
        Atoms = atoms;
        (_equivalentAtoms, _primitiveAtoms) = (equivalentAtoms, primitiveAtoms);
    }

    /// <summary>The space group in its standard setting: axis b, cell choice 1, origin 1, hexagonal axes.</summary>
    public SpaceGroup Group => _setting.Group;

    /// <summary>Number of operations modulo the lattice: the order of the point group.</summary>
    public int Order => _setting.Rotations.Length;

    /// <summary>Number of the space group, 1 to 230.</summary>
    public int Number => Group.Number;

    /// <summary>
    /// The tabulated setting that the structure is given in; null when it is given in none: from another origin, or in a primitive or
    /// larger cell.
    /// </summary>
    public SpaceGroup? GivenSetting => GivenOperations.Find(Group, ToStandard) is { } operations ? SpaceGroup.Identify(operations) : null;

    /// <summary>Number of the standard setting among the 530 tabulated ones, from 1.</summary>
    public int HallNumber => _setting.HallNumber;

    /// <summary>Hermann-Mauguin symbol of the point group, such as <c>m-3m</c>.</summary>
    public string PointGroup => PointGroups.OfSpaceGroup(Number);

    /// <summary>The tolerance at which the operations form a group: at most the one asked for.</summary>
    public required SymmetryTolerance Tolerance { get; init; }

    /// <summary>From fractions of the given cell to those of the conventional standardized cell.</summary>
    public required CellChange ToStandard { get; init; }

    /// <summary>
    /// The primitive cell as found: reduced, in the orientation of the given one; atoms that translations relate are at their mean.
    /// </summary>
    public required AtomicCell Primitive { get; init; }

    /// <summary>For each atom of the given cell, its atom of <see cref="Primitive"/>.</summary>
    public ReadOnlySpan<int> PrimitiveAtoms => _primitiveAtoms;

    /// <summary>For each atom of the given cell, the first that is equivalent to it by symmetry.</summary>
    public ReadOnlySpan<int> EquivalentAtoms => _equivalentAtoms;

    /// <summary>The conventional standardized cell and what symmetry makes of the atoms in it.</summary>
    internal StandardizedAtoms Atoms { get; }

    /// <summary>Vectors of the conventional cell with lengths and angles as the group demands: a along x, b in the xy plane.</summary>
    public Basis StandardBasis => Atoms.Basis;

    /// <summary>The Wyckoff position of an atom of the given cell.</summary>
    public WyckoffPosition WyckoffOf(int atom) => Atoms.PositionOf(_primitiveAtoms[atom]);

    /// <summary>Wyckoff letters of all atoms of the given cell, such as <c>abcc</c>.</summary>
    public string WyckoffLetters => string.Create(_primitiveAtoms.Length, this, static (letters, symmetry) =>
    {
        for (int atom = 0; atom < letters.Length; atom++)
            letters[atom] = symmetry.WyckoffOf(atom).Letter;
    });

    /// <summary>
    /// The given cell with lattice and atoms exactly as the group demands: atoms in their order, each in the image nearest to where it was,
    /// lattice vectors in the frame of <see cref="StandardBasis"/>.
    /// </summary>
    /// <param name="given">The cell whose symmetry this is.</param>
    public AtomicCell Symmetrize(AtomicCell given)
    {
        ArgumentNullException.ThrowIfNull(given);
        CellChange change = ToStandard;
        Basis standard = StandardBasis;
        var basis = new Basis(
            standard.ToCartesian(change.Apply(new Fractional(1, 0, 0)) - change.Shift),
            standard.ToCartesian(change.Apply(new Fractional(0, 1, 0)) - change.Shift),
            standard.ToCartesian(change.Apply(new Fractional(0, 0, 1)) - change.Shift));
        Basis reciprocal = basis.Reciprocal;
        var positions = new Fractional[given.Count];
        for (int atom = 0; atom < positions.Length; atom++)
        {
            // Off by a lattice vector of the conventional cell, which the given cell need not have: the nearest centering is looked for.
            Fractional moved = Nearest(Atoms.PlaceOf(_primitiveAtoms[atom]) - change.Apply(given.Positions[atom]));
            positions[atom] = given.Positions[atom] + reciprocal.Project(standard.ToCartesian(moved));
        }

        return new AtomicCell(basis, positions, given.Kinds);
    }

    private Fractional Nearest(Fractional difference)
    {
        (Fractional nearest, double least) = (default, double.PositiveInfinity);
        foreach (Fractional centering in _setting.Centerings)
        {
            Fractional image = (difference + centering).Nearest();
            double length = StandardBasis.ToCartesian(image).LengthSquared;
            if (length < least)
                (nearest, least) = (image, length);
        }

        return nearest;
    }

    /// <summary>The conventional cell with lattice and atoms exactly as the group demands, positions in [0, 1).</summary>
    public AtomicCell Standardize() => Atoms.ToConventional(_setting.Centerings, Primitive.Kinds);
}
