using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// The operations of the space group in the primitive cell, one for each matrix W: the point operations of the lattice that, with some
/// translation, carry the atoms into themselves.
/// </summary>
internal sealed class OperationSearch
{
    private readonly AtomIndex _index = new();
    private readonly MappingSearch _mapping;
    private readonly IntMatrix[] _lattice = new IntMatrix[LatticeSymmetry.MaximumOrder];
    private readonly IntMatrix[] _rotations = new IntMatrix[LatticeSymmetry.MaximumOrder];
    private readonly Fractional[] _translations = new Fractional[LatticeSymmetry.MaximumOrder];
    private int[] _images = [];

    public OperationSearch() => _mapping = new MappingSearch(_index);

    /// <summary>Number of operations found.</summary>
    public int Count { get; private set; }

    /// <summary>Matrices in the primitive basis.</summary>
    public ReadOnlySpan<IntMatrix> Rotations => _rotations.AsSpan(0, Count);

    /// <summary>Translations in the primitive basis, each the mean over the atoms.</summary>
    public ReadOnlySpan<Fractional> Translations => _translations.AsSpan(0, Count);

    /// <summary>The atom to which an operation carries an atom of the primitive cell.</summary>
    public int ImageOf(int operation, int atom) => _images[operation * _index.Count + atom];

    /// <summary>Finds the operations; false when the lattice has too many, so that the tolerance is too large for it.</summary>
    public bool TryFind(PrimitiveSearch cell, SymmetryTolerance tolerance)
    {
        int atoms = cell.Count;
        int lattice = LatticeSymmetry.Find(cell.Basis, tolerance, _lattice);
        if (lattice < 0)
            return false;
        _index.Load(cell.Positions.AsSpan(0, atoms), cell.Groups.AsSpan(0, atoms), cell.GroupCount);
        _index.SetTolerance(cell.Basis, tolerance.Angstrom);
        if (_images.Length < LatticeSymmetry.MaximumOrder * atoms)
            _images = new int[LatticeSymmetry.MaximumOrder * (atoms + atoms / 4)];
        int reference = 0;
        while (_index.AtomAt[reference] != cell.Reference)
            reference++;
        Count = 0;
        for (int i = 0; i < lattice; i++)
        {
            for (int target = 0; target < _index.StartOf(1); target++)
            {
                if (!_mapping.TryFind(_lattice[i], reference, target, out Fractional translation))
                    continue;
                (_rotations[Count], _translations[Count]) = (_lattice[i], translation);
                ReadOnlySpan<int> image = _mapping.Image;
                for (int place = 0; place < atoms; place++)
                    _images[Count * atoms + _index.AtomAt[place]] = _index.AtomAt[image[place]];
                Count++;
                break;
            }
        }

        return true;
    }
}
