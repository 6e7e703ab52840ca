using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Finds the atom of a group at a place: atoms sorted by group, then by a height modulo the lattice, x + 2y + 3z, which few atoms share
/// even in layers; so few are looked at. Keeps its arrays for the next structure.
/// </summary>
internal sealed class AtomIndex
{
    // Groups of so many atoms are looked through one by one.
    private const int MostScanned = 12;

    private double[] _height = [];
    private Fractional[] _position = [];
    private int[] _start = [];
    private Metric _metric;
    private double _toleranceSquared;
    private Fractional _reach;
    private double _heightReach;

    /// <summary>Number of atoms.</summary>
    public int Count { get; private set; }

    /// <summary>Number of groups.</summary>
    public int Groups { get; private set; }

    /// <summary>For each place in the order of the index, the atom as given.</summary>
    public int[] AtomAt { get; private set; } = [];

    /// <summary>The first place of a group; that of the next group ends it.</summary>
    public int StartOf(int group) => _start[group];

    /// <summary>The position at a place, each fraction in [0, 1).</summary>
    public Fractional this[int place] => _position[place];

    /// <summary>Takes up atoms; <see cref="SetTolerance"/> must follow.</summary>
    /// <param name="positions">Fractions of a reduced basis.</param>
    /// <param name="groups">The group of each atom, counted from 0.</param>
    /// <param name="groupCount">How many groups there are.</param>
    public void Load(ReadOnlySpan<Fractional> positions, ReadOnlySpan<int> groups, int groupCount)
    {
        (Count, Groups) = (positions.Length, groupCount);
        if (_height.Length < Count)
        {
            int size = Count + Count / 4;
            (_height, _position, AtomAt) = (new double[size], new Fractional[size], new int[size]);
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
            (_height[place], AtomAt[place]) = (Height(positions[atom].X, positions[atom].Y, positions[atom].Z), atom);
        }

        for (int group = 0; group < groupCount; group++)
            Array.Sort(_height, AtomAt, _start[group], _start[group + 1] - _start[group]);
        for (int place = 0; place < Count; place++)
            _position[place] = positions[AtomAt[place]].Wrapped();
    }

    /// <summary>Says how near an atom must be to a place.</summary>
    /// <param name="basis">The basis of the positions.</param>
    /// <param name="toleranceAngstrom">Atoms closer to a place than this are at it, Å.</param>
    public void SetTolerance(Basis basis, double toleranceAngstrom)
    {
        // A sphere of the tolerance reaches so far along each fraction, and along the height.
        const double Rounding = 1 + 1e-9;
        Basis reciprocal = basis.Reciprocal;
        double reach = toleranceAngstrom * Rounding;
        _metric = basis.Metric;
        _toleranceSquared = toleranceAngstrom * toleranceAngstrom;
        _reach = new Fractional(reach * reciprocal.A.Length, reach * reciprocal.B.Length, reach * reciprocal.C.Length);
        _heightReach = reach * (reciprocal.A + 2 * reciprocal.B + 3 * reciprocal.C).Length + 1e-12;
    }

    /// <summary>
    /// The place in a group where an atom lies within the tolerance of a position modulo the lattice; -1 when there is none.
    /// </summary>
    public int Find(int group, double x, double y, double z)
    {
        int from = _start[group], to = _start[group + 1];
        if (to - from <= MostScanned || _heightReach >= 0.25)
            return Scan(from, to, x, y, z, double.PositiveInfinity);
        double height = Height(x, y, z);
        int found = Scan(LowerBound(from, to, height - _heightReach), to, x, y, z, height + _heightReach);
        if (found < 0 && height < _heightReach)
            found = Scan(LowerBound(from, to, height - _heightReach + 1), to, x, y, z, double.PositiveInfinity);
        if (found < 0 && height > 1 - _heightReach)
            found = Scan(from, to, x, y, z, height + _heightReach - 1);
        return found;
    }

    /// <summary>The least distance of two atoms of a group that are closer than the tolerance, Å; infinity when none are.</summary>
    public double ClosestPair()
    {
        double least = double.PositiveInfinity;
        for (int group = 0; group < Groups; group++)
        {
            (int from, int to) = (_start[group], _start[group + 1]);
            for (int place = from; place < to; place++)
            {
                // Upward, and over the top to the bottom.
                double highest = _height[place] + _heightReach;
                for (int other = place + 1; other < to && _height[other] <= highest; other++)
                    least = Math.Min(least, DistanceSquared(place, other));
                for (int other = from; other < place && _height[other] <= highest - 1; other++)
                    least = Math.Min(least, DistanceSquared(place, other));
            }
        }

        return least < _toleranceSquared ? Math.Sqrt(least) : double.PositiveInfinity;
    }

    private double DistanceSquared(int place, int other)
    {
        (double x, double y, double z) = (_position[place] - _position[other]).Nearest();
        return _metric.LengthSquared(x, y, z);
    }

    // Atoms from one place on while they are not too high.
    private int Scan(int from, int to, double x, double y, double z, double highest)
    {
        for (int place = from; place < to && _height[place] <= highest; place++)
        {
            ref readonly Fractional position = ref _position[place];
            double dx = Nearest(position.X - x);
            if (Math.Abs(dx) > _reach.X)
                continue;
            double dy = Nearest(position.Y - y);
            if (Math.Abs(dy) > _reach.Y)
                continue;
            double dz = Nearest(position.Z - z);
            if (Math.Abs(dz) <= _reach.Z && _metric.LengthSquared(dx, dy, dz) < _toleranceSquared)
                return place;
        }

        return -1;
    }

    private int LowerBound(int from, int to, double height)
    {
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = _height[middle] < height ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private static double Height(double x, double y, double z)
    {
        double height = x + 2 * y + 3 * z;
        return height - Math.Floor(height);
    }

    private static double Nearest(double difference) => difference - Math.Round(difference);
}
