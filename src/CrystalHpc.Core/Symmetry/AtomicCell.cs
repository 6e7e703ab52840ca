using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>All atoms of one cell as plain data: lattice vectors, positions, and a number for each kind of atom.</summary>
public sealed class AtomicCell
{
    private readonly Fractional[] _positions;
    private readonly int[] _kinds;

    /// <summary>Takes copies of the atoms.</summary>
    /// <param name="basis">Lattice vectors, Å.</param>
    /// <param name="positions">Positions in fractions of the vectors; they need not lie in [0, 1).</param>
    /// <param name="kinds">The kind of each atom: equal numbers for atoms that symmetry may exchange.</param>
    /// <exception cref="ArgumentException">Positions and kinds differ in number, or the vectors span no volume.</exception>
    public AtomicCell(Basis basis, ReadOnlySpan<Fractional> positions, ReadOnlySpan<int> kinds)
    {
        if (positions.Length != kinds.Length)
            throw new ArgumentException($"{positions.Length} positions for {kinds.Length} kinds", nameof(kinds));
        if (!(Math.Abs(basis.Volume) > 0) || !double.IsFinite(basis.Volume))
            throw new ArgumentException("the lattice vectors span no volume", nameof(basis));
        (Basis, _positions, _kinds) = (basis, positions.ToArray(), kinds.ToArray());
    }

    /// <summary>Lattice vectors, Å.</summary>
    public Basis Basis { get; }

    /// <summary>Number of atoms.</summary>
    public int Count => _positions.Length;

    /// <summary>Positions in fractions of the lattice vectors.</summary>
    public ReadOnlySpan<Fractional> Positions => _positions;

    /// <summary>The kind of each atom.</summary>
    public ReadOnlySpan<int> Kinds => _kinds;

    /// <summary>
    /// The atoms of a structure. Atoms are of one kind when element, occupancy (to 0.01) and attached hydrogen atoms agree; oxidation
    /// states and labels do not matter. Where several sites share a place, each is an atom of its own.
    /// </summary>
    public static AtomicCell Of(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        int[] kinds = new int[structure.AtomCount];
        for (int atom = 0; atom < kinds.Length; atom++)
        {
            AtomSite site = structure.SiteAt(atom);
            int percent = (int)Math.Round(Math.Clamp(site.Occupancy, 0, 10) * 100);
            kinds[atom] = (site.Element.AtomicNumber * 1001 + percent) * 8 + Math.Clamp(site.AttachedHydrogens, 0, 7);
        }

        return new AtomicCell(Basis.Of(structure.Cell), structure.Positions, kinds);
    }
}
