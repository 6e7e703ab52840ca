using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// The primitive cell of a structure: the pure translations that carry all atoms into atoms of their kind within the tolerance, and the
/// reduced basis that they span. Atoms that translations make equivalent become one, at their mean.
/// </summary>
internal sealed class PrimitiveSearch
{
    private readonly KindGroups _kinds = new();
    private readonly AtomIndex _index = new();
    private readonly MappingSearch _mapping;
    private Basis _given;
    private Fractional[] _reduced = [];
    private Fractional[] _found = [];
    private int[] _images = [];
    private int[] _atomOfPlace = [];

    public PrimitiveSearch() => _mapping = new MappingSearch(_index);

    /// <summary>The primitive basis, reduced.</summary>
    public Basis Basis { get; private set; }

    /// <summary>Positions in the primitive basis.</summary>
    public Fractional[] Positions { get; private set; } = [];

    /// <summary>Number of atoms in the primitive cell.</summary>
    public int Count { get; private set; }

    /// <summary>The group of each atom of the primitive cell: the rarest kind is 0.</summary>
    public int[] Groups { get; private set; } = [];

    /// <summary>Number of groups.</summary>
    public int GroupCount => _kinds.Count;

    /// <summary>The primitive atom that is the first atom of group 0 in the given order.</summary>
    public int Reference { get; private set; }

    /// <summary>For each atom of the given cell, its atom of the primitive cell.</summary>
    public int[] PrimitiveAtomOf { get; private set; } = [];

    /// <summary>Takes up a structure of at least one atom.</summary>
    /// <param name="cell">The structure.</param>
    /// <param name="toleranceAngstrom">The largest tolerance that <see cref="TryFind"/> will be asked for, Å.</param>
    /// <returns>The least distance of two atoms of a kind, Å, when it is below the tolerance; infinity otherwise.</returns>
    public double Load(AtomicCell cell, double toleranceAngstrom)
    {
        int atoms = cell.Count;
        Resize(atoms);
        _given = Reduced(cell.Basis);
        Basis reciprocal = _given.Reciprocal;
        for (int atom = 0; atom < atoms; atom++)
            _reduced[atom] = reciprocal.Project(cell.Basis.ToCartesian(cell.Positions[atom]));
        _kinds.Load(cell.Kinds);
        _index.Load(_reduced.AsSpan(0, atoms), _kinds.Groups, _kinds.Count);
        _index.SetTolerance(_given, toleranceAngstrom);
        return _index.ClosestPair();
    }

    /// <summary>Finds the primitive cell; false when the translations within the tolerance form no group.</summary>
    public bool TryFind(double toleranceAngstrom)
    {
        _index.SetTolerance(_given, toleranceAngstrom);
        int translations = FindTranslations();
        if (translations == 1)
        {
            TakeAll();
            return true;
        }

        if (Span(translations, toleranceAngstrom) is not { } primitive)
            return false;
        Basis = Reduced(primitive);
        return Merge(translations);
    }

    // Right-handed, so that a structure is told from its mirror image.
    private static Basis Reduced(Basis basis)
    {
        var lattice = new ReducedLattice(basis.A, basis.B, basis.C);
        var reduced = new Basis(lattice.AxisA, lattice.AxisB, lattice.AxisC);
        return reduced.Volume > 0 ? reduced : new Basis(-1 * reduced.A, -1 * reduced.B, -1 * reduced.C);
    }

    private void Resize(int atoms)
    {
        if (_reduced.Length >= atoms)
            return;
        int size = atoms + atoms / 4;
        (_reduced, Positions) = (new Fractional[size], new Fractional[size]);
        (Groups, PrimitiveAtomOf, _atomOfPlace) = (new int[size], new int[size], new int[size]);
    }

    private int PlaceOfReference()
    {
        int place = 0;
        while (_index.AtomAt[place] != _kinds.Reference)
            place++;
        return place;
    }

    // All translations, the one by nothing first, each with the places to which it carries each place.
    private int FindTranslations()
    {
        int atoms = _index.Count;
        int reference = PlaceOfReference();
        Store(0, default);
        for (int place = 0; place < atoms; place++)
            _images[place] = place;
        int found = 1;
        for (int target = 0; target < _index.StartOf(1); target++)
        {
            if (target == reference || !_mapping.TryFind(IntMatrix.Identity, reference, target, out Fractional translation))
                continue;
            Store(found, translation);
            _mapping.Image.CopyTo(_images.AsSpan(found * atoms));
            found++;
        }

        return found;
    }

    private void Store(int number, Fractional translation)
    {
        if (_found.Length <= number)
            Array.Resize(ref _found, Math.Max(8, 2 * number));
        if (_images.Length < (number + 1) * _index.Count)
            Array.Resize(ref _images, (number + 1) * _index.Count * 2);
        _found[number] = translation;
    }

    // n translations form a group only when each, taken n times, is a lattice vector, and they span n points in a cell.
    private Basis? Span(int translations, double toleranceAngstrom)
    {
        var lattice = new TranslationLattice(translations);
        for (int i = 1; i < translations; i++)
        {
            Fractional t = _found[i];
            var steps = new CellImage(
                (int)Math.Round(t.X * translations), (int)Math.Round(t.Y * translations), (int)Math.Round(t.Z * translations));
            var exact = new Fractional((double)steps.A / translations, (double)steps.B / translations, (double)steps.C / translations);
            if (_given.ToCartesian(t - exact).Length > toleranceAngstrom)
                return null;
            lattice.Add(steps);
            _found[i] = exact;
        }

        return lattice.PointsInCell == translations ? lattice.ToBasis(_given) : null;
    }

    private void TakeAll()
    {
        (Basis, Count, Reference) = (_given, _index.Count, _kinds.Reference);
        for (int atom = 0; atom < Count; atom++)
            (Positions[atom], Groups[atom], PrimitiveAtomOf[atom]) = (_reduced[atom], _kinds.Groups[atom], atom);
    }

    // Atoms of the primitive cell in the order of the first atom of each in the given cell.
    private bool Merge(int translations)
    {
        int atoms = _index.Count;
        Array.Fill(PrimitiveAtomOf, -1, 0, atoms);
        for (int place = 0; place < atoms; place++)
            _atomOfPlace[_index.AtomAt[place]] = place;
        Basis reciprocal = Basis.Reciprocal;
        Count = 0;
        for (int atom = 0; atom < atoms; atom++)
        {
            if (PrimitiveAtomOf[atom] >= 0)
                continue;
            int place = _atomOfPlace[atom];
            Fractional sum = default;
            for (int i = 0; i < translations; i++)
            {
                int image = _images[i * atoms + place];
                int imageAtom = _index.AtomAt[image];
                if (PrimitiveAtomOf[imageAtom] >= 0)
                    return false;
                PrimitiveAtomOf[imageAtom] = Count;
                sum += (_index[image] - _found[i] - _reduced[atom]).Nearest();
            }

            Fractional mean = _reduced[atom] + new Fractional(sum.X / translations, sum.Y / translations, sum.Z / translations);
            Positions[Count] = reciprocal.Project(_given.ToCartesian(mean));
            Groups[Count++] = _kinds.Groups[atom];
        }

        Reference = PrimitiveAtomOf[_kinds.Reference];
        return true;
    }
}
