using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.Matching;

/// <summary>
/// Lays the atoms of two structures on one another in a common cell: for each shift that brings one atom of the rarest kind onto another,
/// every atom gets its partner so that the sum of squared distances is least; then the mean displacement is taken away. Keeps its working
/// space.
/// </summary>
internal sealed class Alignment
{
    private readonly LinearAssignment _assignment = new();
    private double[] _costs = [];
    private Cartesian[] _vectors = [];
    private Cartesian[] _displacements = [];
    private int[] _partners = [];

    private Basis _cell;
    private Metric _metric;
    private double _unit;
    private double _safeSquared;
    private Fractional _reach;

    /// <summary>Takes the common cell.</summary>
    /// <param name="shape">Its lengths and angles.</param>
    /// <param name="atoms">Number of atoms in it.</param>
    /// <param name="siteTolerance">Largest displacement, in units of (V/N)^(1/3).</param>
    public void Load(CellShape shape, int atoms, double siteTolerance)
    {
        _metric = shape.ToMetric();
        _cell = Basis.Of(_metric);
        _unit = Math.Cbrt(_cell.Volume / atoms);
        double shortest = Math.Min(shape.A, Math.Min(shape.B, shape.C));
        _safeSquared = 0.2 * shortest * shortest;
        // Partners may be twice as far apart before the mean displacement is taken away: the atom that was laid on another may be off
        // itself.
        Basis reciprocal = _cell.Reciprocal;
        double reach = 2 * siteTolerance * _unit;
        _reach = new Fractional(reach * reciprocal.A.Length, reach * reciprocal.B.Length, reach * reciprocal.C.Length);
        if (_displacements.Length < atoms)
            (_costs, _vectors, _displacements, _partners) = (new double[atoms * atoms], new Cartesian[atoms * atoms], new Cartesian[atoms],
                new int[atoms]);
    }

    /// <summary>Lays the second structure, shifted, on the first.</summary>
    /// <param name="first">Positions of the first, in the common cell.</param>
    /// <param name="second">Positions of the second.</param>
    /// <param name="blocks">Runs of atoms that are of one kind in both.</param>
    /// <param name="shift">Added to the second.</param>
    /// <param name="rms">Root of the mean squared displacement, in units of (V/N)^(1/3).</param>
    /// <param name="max">Largest displacement in the same units.</param>
    /// <returns>False when an atom has no partner within reach.</returns>
    public bool TryAlign(
        ReadOnlySpan<Fractional> first, ReadOnlySpan<Fractional> second, ReadOnlySpan<AtomBlock> blocks, Fractional shift, out double rms,
        out double max)
    {
        (rms, max) = (0, 0);
        foreach (AtomBlock block in blocks)
        {
            if (!HavePartners(first, second, block, shift))
                return false;
        }

        foreach (AtomBlock block in blocks)
        {
            if (!TryPair(first, second, block, shift))
                return false;
        }

        Cartesian mean = default;
        for (int atom = 0; atom < second.Length; atom++)
            mean += _displacements[atom];
        mean = 1.0 / second.Length * mean;
        double sum = 0, largest = 0;
        for (int atom = 0; atom < second.Length; atom++)
        {
            double squared = (_displacements[atom] - mean).LengthSquared;
            sum += squared;
            largest = Math.Max(largest, squared);
        }

        rms = Math.Sqrt(sum / second.Length) / _unit;
        max = Math.Sqrt(largest) / _unit;
        return true;
    }

    private bool HavePartners(ReadOnlySpan<Fractional> first, ReadOnlySpan<Fractional> second, AtomBlock block, Fractional shift)
    {
        for (int j = 0; j < block.Count; j++)
        {
            Fractional place = second[block.Second + j] + shift;
            int i = 0;
            while (i < block.Count && !IsWithinReach((first[block.First + i] - place).Nearest()))
                i++;
            if (i == block.Count)
                return false;
        }

        return true;
    }

    private bool IsWithinReach(Fractional f) => Math.Abs(f.X) <= _reach.X && Math.Abs(f.Y) <= _reach.Y && Math.Abs(f.Z) <= _reach.Z;

    private bool TryPair(ReadOnlySpan<Fractional> first, ReadOnlySpan<Fractional> second, AtomBlock block, Fractional shift)
    {
        // Far above the cost of any pairing of atoms within reach.
        const double Forbidden = 1e12;
        int n = block.Count;
        for (int j = 0; j < n; j++)
        {
            Fractional place = second[block.Second + j] + shift;
            for (int i = 0; i < n; i++)
            {
                Fractional difference = (first[block.First + i] - place).Nearest();
                if (IsWithinReach(difference))
                {
                    _vectors[j * n + i] = Shortest(difference);
                    _costs[j * n + i] = _vectors[j * n + i].LengthSquared;
                }
                else
                {
                    _costs[j * n + i] = Forbidden;
                }
            }
        }

        _assignment.Solve(_costs.AsSpan(0, n * n), _partners.AsSpan(0, n));
        for (int j = 0; j < n; j++)
        {
            int at = j * n + _partners[j];
            if (_costs[at] == Forbidden)
                return false;
            _displacements[block.Second + j] = _vectors[at];
        }

        return true;
    }

    // In a skew cell the nearest image need not be the one whose fractions are nearest to zero.
    private Cartesian Shortest(Fractional f)
    {
        double best = _metric.LengthSquared(f.X, f.Y, f.Z);
        if (best < _safeSquared)
            return _cell.ToCartesian(f);
        Fractional nearest = f;
        for (int a = -1; a <= 1; a++)
        {
            for (int b = -1; b <= 1; b++)
            {
                for (int c = -1; c <= 1; c++)
                {
                    double squared = _metric.LengthSquared(f.X + a, f.Y + b, f.Z + c);
                    if (squared < best)
                        (best, nearest) = (squared, new Fractional(f.X + a, f.Y + b, f.Z + c));
                }
            }
        }

        return _cell.ToCartesian(nearest);
    }
}

/// <summary>Atoms of one kind: where they begin in both structures, and how many there are.</summary>
internal readonly record struct AtomBlock(int First, int Second, int Count);
