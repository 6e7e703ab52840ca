using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Engine.Report;

/// <summary>An atom in a picture of a cell.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Atom">Index of the atom in the cell.</param>
/// <param name="Image">The cell that it stands in.</param>
/// <param name="Position">Where it is, Å.</param>
/// <param name="IsOutside">It stands outside of the cell, as a corner of a polyhedron.</param>
internal readonly record struct ShownAtom(AtomSite Site, int Atom, CellImage Image, Cartesian Position, bool IsOutside);

/// <summary>A bond as an atom has it: to which atom, in which cell relative to its own, along which vector, Å.</summary>
internal readonly record struct ShownBond(int Atom, CellImage Image, Cartesian Vector);

/// <summary>
/// What a picture of a cell shows: the atoms in it, those on its faces on all of them, and the corners of the polyhedra around these. A
/// polyhedron is drawn around an atom that is bonded strongly: its charge divided by its number of neighbors, Pauling's bond strength
/// (1929, J. Am. Chem. Soc. 51, 1010), is at least one half.
/// </summary>
internal sealed class ShownAtoms
{
    private const double OnFace = 1e-3;
    private const double StrongBond = 0.5;
    private const int FewestCorners = 3;
    private readonly CrystalStructure _structure;
    private readonly Dictionary<int, List<ShownBond>> _bonds = [];
    private readonly HashSet<int> _centers = [];
    private readonly Dictionary<(int, CellImage), ShownAtom> _atoms = [];

    /// <summary>Chooses the atoms.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="shells">Neighbors of some of its atoms; their bonds count from both ends.</param>
    public ShownAtoms(CrystalStructure structure, IReadOnlyList<CoordinationShell> shells)
    {
        _structure = structure;
        var known = new HashSet<(int, int, CellImage)>();
        foreach (CoordinationShell shell in shells)
        {
            foreach (CoordinationBond bond in shell.Bonds)
            {
                Add(shell.Center, new ShownBond(bond.Atom, bond.Image, bond.Vector));
                Add(bond.Atom, new ShownBond(shell.Center, new CellImage(-bond.Image.A, -bond.Image.B, -bond.Image.C), -1 * bond.Vector));
            }

            if (shell.Bonds.Count >= FewestCorners && structure.SiteAt(shell.Center).Charge / shell.Bonds.Count >= StrongBond)
                _centers.Add(shell.Center);
        }

        foreach (ShownAtom atom in InCell())
            _atoms.Add((atom.Atom, atom.Image), atom);
        foreach (ShownAtom center in Centers.ToArray())
        {
            foreach (ShownBond bond in BondsOf(center))
                _atoms.TryAdd((bond.Atom, center.Image.Plus(bond.Image)), new ShownAtom(structure.SiteAt(bond.Atom), bond.Atom,
                    center.Image.Plus(bond.Image), center.Position + bond.Vector, true));
        }

        void Add(int atom, ShownBond bond)
        {
            if (!known.Add((atom, bond.Atom, bond.Image)))
                return;
            if (!_bonds.TryGetValue(atom, out List<ShownBond>? bonds))
                _bonds.Add(atom, bonds = []);
            bonds.Add(bond);
        }
    }

    /// <summary>All atoms.</summary>
    public IReadOnlyCollection<ShownAtom> All => _atoms.Values;

    /// <summary>Those with a polyhedron around them.</summary>
    public IEnumerable<ShownAtom> Centers => _atoms.Values.Where(atom => !atom.IsOutside && _centers.Contains(atom.Atom));

    /// <summary>
    /// The bonds of an atom that show: all of those in the cell, and those of corners outside that lead to atoms that show.
    /// </summary>
    public IEnumerable<ShownBond> BondsOf(ShownAtom atom) => (_bonds.GetValueOrDefault(atom.Atom) ?? [])
        .Where(bond => !atom.IsOutside || (_atoms.TryGetValue((bond.Atom, atom.Image.Plus(bond.Image)), out ShownAtom other)
            && !other.IsOutside));

    private IEnumerable<ShownAtom> InCell()
    {
        for (int atom = 0; atom < _structure.AtomCount; atom++)
        {
            Fractional f = _structure.Positions[atom];
            foreach (int a in Repeats(f.X))
            {
                foreach (int b in Repeats(f.Y))
                {
                    foreach (int c in Repeats(f.Z))
                        yield return new ShownAtom(_structure.SiteAt(atom), atom, new CellImage(a, b, c),
                            _structure.Cell.ToCartesian(f + new Fractional(a, b, c)), false);
                }
            }
        }
    }

    private static int[] Repeats(double coordinate) => coordinate < OnFace ? [0, 1] : coordinate > 1 - OnFace ? [0, -1] : [0];
}

/// <summary>Sums of cells.</summary>
internal static class CellImages
{
    /// <summary>The cell that lies as far from one as another does from the origin.</summary>
    public static CellImage Plus(this CellImage one, CellImage other) => new(one.A + other.A, one.B + other.B, one.C + other.C);
}
