using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Finds the atom of a group at a place: atoms sorted by group, then by their first coordinate, so that few are looked at. Keeps its arrays
/// for the next structure.
/// </summary>
internal sealed class AtomIndex
{
    // Groups of so many atoms are looked through one by one.
    private const int MostScanned = 12;

    private double[] _x = [];
    private double[] _y = [];
    private double[] _z = [];
    private int[] _start = [];
    private Metric _metric;
    private double _toleranceSquared;
    private Fractional _reach;

    /// <summary>Number of atoms.</summary>
    public int Count { get; private set; }

    /// <summary>Number of groups.</summary>
    public int Groups { get; private set; }

    /// <summary>For each place in the order of the index, the atom as given.</summary>
    public int[] AtomAt { get; private set; } = [];

    /// <summary>The first place of a group; that of the next group ends it.</summary>
    public int StartOf(int group) => _start[group];

    /// <summary>The position at a place, each fraction in [0, 1).</summary>
    public Fractional this[int place] => new(_x[place], _y[place], _z[place]);

    /// <summary>Takes up atoms.</summary>
    /// <param name="positions">Fractions of a reduced basis.</param>
    /// <param name="groups">The group of each atom, counted from 0.</param>
    /// <param name="groupCount">How many groups there are.</param>
    /// <param name="basis">The basis.</param>
    /// <param name="toleranceAngstrom">Atoms closer to a place than this are at it, Å.</param>
    public void Load(ReadOnlySpan<Fractional> positions, ReadOnlySpan<int> groups, int groupCount, Basis basis, double toleranceAngstrom)
    {
        (Count, Groups) = (positions.Length, groupCount);
        if (_x.Length < Count)
        {
            int size = Count + Count / 4;
            (_x, _y, _z, AtomAt) = (new double[size], new double[size], new double[size], new int[size]);
        }

        if (_start.Length < groupCount + 2)
            _start = new int[groupCount + groupCount / 4 + 2];
        Array.Clear(_start, 0, groupCount + 2);
        for (int atom = 0; atom < Count; atom++)
            _start[groups[atom] + 2]++;
        for (int group = 2; group < groupCount + 2; group++)
            _start[group] += _start[group - 1];
        // Entry g + 1 is the next free place of group g, and its end when all are placed.
        for (int atom = 0; atom < Count; atom++)
        {
            int place = _start[groups[atom] + 1]++;
            (_x[place], AtomAt[place]) = (positions[atom].Wrapped().X, atom);
        }

        for (int group = 0; group < groupCount; group++)
            Array.Sort(_x, AtomAt, _start[group], _start[group + 1] - _start[group]);
        for (int place = 0; place < Count; place++)
            (_, _y[place], _z[place]) = positions[AtomAt[place]].Wrapped();
        _metric = basis.Metric;
        SetTolerance(basis, toleranceAngstrom);
    }

    /// <summary>The place in a group where an atom lies within the tolerance of a position modulo the lattice; -1 when there is none.</summary>
    public int Find(int group, double x, double y, double z)
    {
        int from = _start[group], to = _start[group + 1];
        if (to - from <= MostScanned || _reach.X >= 0.25)
            return Scan(from, to, x, y, z, double.PositiveInfinity);
        x -= Math.Floor(x);
        int found = Scan(LowerBound(from, to, x - _reach.X), to, x, y, z, x + _reach.X);
        if (found < 0 && x < _reach.X)
            found = Scan(LowerBound(from, to, x - _reach.X + 1), to, x, y, z, double.PositiveInfinity);
        if (found < 0 && x > 1 - _reach.X)
            found = Scan(from, to, x, y, z, x + _reach.X - 1);
        return found;
    }

    // Atoms from one place on while their x is not above a limit.
    private int Scan(int from, int to, double x, double y, double z, double highest)
    {
        for (int place = from; place < to && _x[place] <= highest; place++)
        {
            double dx = Nearest(_x[place] - x);
            if (Math.Abs(dx) > _reach.X)
                continue;
            double dy = Nearest(_y[place] - y);
            if (Math.Abs(dy) > _reach.Y)
                continue;
            double dz = Nearest(_z[place] - z);
            if (Math.Abs(dz) <= _reach.Z && _metric.LengthSquared(dx, dy, dz) < _toleranceSquared)
                return place;
        }

        return -1;
    }

    private int LowerBound(int from, int to, double x)
    {
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = _x[middle] < x ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    // A sphere of the tolerance reaches so far along each fraction.
    private void SetTolerance(Basis basis, double toleranceAngstrom)
    {
        const double Rounding = 1 + 1e-9;
        Basis reciprocal = basis.Reciprocal;
        double reach = toleranceAngstrom * Rounding;
        _toleranceSquared = toleranceAngstrom * toleranceAngstrom;
        _reach = new Fractional(reach * reciprocal.A.Length, reach * reciprocal.B.Length, reach * reciprocal.C.Length);
    }

    private static double Nearest(double difference) => difference - Math.Round(difference);
}
