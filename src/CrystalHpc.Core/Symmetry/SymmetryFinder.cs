using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Finds the space group of a structure as its atoms are, whatever cell, origin and order they are given in: primitive cell, point
/// operations of the lattice, operations that carry the atoms into themselves, axes and origin of the conventional cell (R. W.
/// Grosse-Kunstleve, Acta Cryst. A55 (1999) 383, doi 10.1107/S0108767398010186; A. Togo, K. Shinohara, I. Tanaka, Sci. Technol. Adv. Mater.
/// Methods 4 (2024) 2384822, doi 10.1080/27660400.2024.2384822). Where the operations within the tolerance form no group, the tolerance is
/// made smaller until they do. Keeps its working space: one finder serves many structures, one after another.
/// </summary>
public sealed class SymmetryFinder
{
    private const double Shrinkage = 0.95;
    private const double LeastAngstrom = 1e-6;

    private readonly PrimitiveSearch _primitive = new();
    private readonly OperationSearch _operations = new();
    private readonly SettingSearch _setting = new();
    private readonly Standardization _standardization = new();

    /// <summary>Finds the symmetry of a structure.</summary>
    public CrystalSymmetry? Find(CrystalStructure structure, SymmetryTolerance tolerance) => Find(AtomicCell.Of(structure), tolerance);

    /// <summary>Finds the symmetry of a structure.</summary>
    /// <param name="cell">The atoms.</param>
    /// <param name="tolerance">How far they may be from a symmetry and have it.</param>
    /// <returns>The symmetry; null when there is no atom, or two atoms of a kind share a place.</returns>
    public CrystalSymmetry? Find(AtomicCell cell, SymmetryTolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance.Angstrom);
        if (cell.Count == 0)
            return null;
        // Two atoms of a kind within the tolerance could both be the image of a third.
        double closest = _primitive.Load(cell, tolerance.Angstrom);
        SymmetryTolerance first = closest < tolerance.Angstrom ? tolerance.Times(Shrinkage * closest / tolerance.Angstrom) : tolerance;
        for (SymmetryTolerance tried = first; tried.Angstrom > LeastAngstrom; tried = tried.Times(Shrinkage))
        {
            if (_primitive.TryFind(tried.Angstrom) && _operations.TryFind(_primitive, tried)
                && _setting.TryFind(_operations.Rotations, _operations.Translations, _primitive.Basis, cell.Basis, tried.Angstrom))
                return Describe(cell, tried);
        }

        return null;
    }

    private CrystalSymmetry Describe(AtomicCell cell, SymmetryTolerance tolerance)
    {
        StandardizedAtoms atoms = _standardization.Make(_primitive, _operations, _setting);
        int[] primitiveAtoms = _primitive.PrimitiveAtomOf.AsSpan(0, cell.Count).ToArray();
        int[] kinds = new int[_primitive.Count];
        int[] firstOfOrbit = new int[_primitive.Count];
        Array.Fill(firstOfOrbit, -1);
        int[] equivalent = new int[cell.Count];
        for (int atom = 0; atom < cell.Count; atom++)
        {
            kinds[primitiveAtoms[atom]] = cell.Kinds[atom];
            ref int first = ref firstOfOrbit[_standardization.Orbit[primitiveAtoms[atom]]];
            first = first < 0 ? atom : first;
            equivalent[atom] = first;
        }

        return new CrystalSymmetry(_setting.Setting!, atoms, equivalent, primitiveAtoms)
        {
            Tolerance = tolerance,
            ToStandard = ToStandard(cell.Basis),
            Primitive = new AtomicCell(_primitive.Basis, _primitive.Positions.AsSpan(0, _primitive.Count), kinds),
        };
    }

    // From the given cell to Cartesian, to the primitive cell, to the conventional one.
    private CellChange ToStandard(Basis given)
    {
        Basis reciprocal = _primitive.Basis.Reciprocal;
        Fractional a = Conventional(reciprocal.Project(given.A)), b = Conventional(reciprocal.Project(given.B));
        Fractional c = Conventional(reciprocal.Project(given.C)), shift = Conventional(_setting.Shift);
        return new CellChange(new(a.X, b.X, c.X), new(a.Y, b.Y, c.Y), new(a.Z, b.Z, c.Z), Wrapped(shift));

        // A shift by nothing that rounding made negative stays one.
        static Fractional Wrapped(Fractional f) => (f + new Fractional(1e-9, 1e-9, 1e-9)).Wrapped() - new Fractional(1e-9, 1e-9, 1e-9);

        Fractional Conventional(Fractional primitive)
        {
            Fractional f = _setting.Axes.Adjugate * primitive;
            double scale = 1.0 / _setting.Axes.Determinant;
            return new Fractional(scale * f.X, scale * f.Y, scale * f.Z);
        }
    }
}
