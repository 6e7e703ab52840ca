using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// Finds all neighbors of one atom at a time, reusing its working space: one instance a thread. The atoms are sorted into bins of
/// the reduced cell (linked cells: M. P. Allen, D. J. Tildesley, Computer Simulation of Liquids, 2nd ed., 2017, section 5.3.2), so
/// the time for all atoms grows in proportion to their number. Bins are counted across cell borders, and the bin number gives the
/// cell image; a small cell is simply one with few bins, so there is one path for all sizes and shapes.
/// </summary>
internal sealed class NeighborFinder
{
    private const double AtomsPerBin = 4;
    private const double MostBinsPerAtom = 64;

    // A cutoff that equals a distance takes all equivalent neighbors or none, whatever the rounding.
    private const double CutoffMargin = 1e-8;

    private CrystalStructure? _structure;
    private ReducedLattice _lattice;
    private (int A, int B, int C) _bins;
    private int[] _binStart = [];
    private int[] _atomsByBin = [];
    private int[] _binOfAtom = [];
    private Cartesian[] _home = [];
    private CellImage[] _shift = [];
    private Neighbor[] _found = [];
    private int _count;

    /// <summary>Neighbors of the last <see cref="Collect"/>, sorted; valid until the next call.</summary>
    public ReadOnlySpan<Neighbor> Found => _found.AsSpan(0, _count);

    /// <summary>Sorts the atoms of a structure into bins; does nothing when it is the structure already loaded.</summary>
    public void Load(CrystalStructure structure)
    {
        if (ReferenceEquals(structure, _structure))
            return;
        _structure = structure;
        _lattice = new ReducedLattice(structure.Cell);
        int atoms = structure.AtomCount;
        ChooseBins(structure.Cell.Volume, atoms);
        int bins = _bins.A * _bins.B * _bins.C;
        if (_atomsByBin.Length < atoms)
        {
            _atomsByBin = new int[atoms];
            _binOfAtom = new int[atoms];
            _home = new Cartesian[atoms];
            _shift = new CellImage[atoms];
        }

        if (_binStart.Length < bins + 1)
            _binStart = new int[bins + 1];
        Array.Clear(_binStart, 0, bins + 1);
        for (int atom = 0; atom < atoms; atom++)
        {
            Place(atom, structure.Positions[atom]);
            _binStart[_binOfAtom[atom] + 1]++;
        }

        for (int bin = 0; bin < bins; bin++)
            _binStart[bin + 1] += _binStart[bin];
        for (int atom = atoms - 1; atom >= 0; atom--)
            _atomsByBin[--_binStart[_binOfAtom[atom] + 1]] = atom;
        // The loop above leaves each start one place too far right.
        for (int bin = 0; bin < bins; bin++)
            _binStart[bin] = _binStart[bin + 1];
        _binStart[bins] = atoms;
    }

    /// <summary>Collects and sorts all neighbors of an atom within the cutoff (Å, inclusive).</summary>
    /// <returns>False, leaving nothing of use, when there are more than <paramref name="most"/>.</returns>
    public bool Collect(int center, double cutoff, int most = int.MaxValue)
    {
        _count = 0;
        Cartesian origin = _home[center];
        Fractional middle = _lattice.ToFractional(origin);
        double reach = cutoff + 2 * CutoffMargin;
        (int lowA, int highA) = Range(middle.X, reach / _lattice.Widths.X, _bins.A);
        (int lowB, int highB) = Range(middle.Y, reach / _lattice.Widths.Y, _bins.B);
        (int lowC, int highC) = Range(middle.Z, reach / _lattice.Widths.Z, _bins.C);
        // A sphere with the atoms allowed never needs nearly as many bins; absurd cells would need billions.
        double bins = ((double)highA - lowA + 1) * ((double)highB - lowB + 1) * ((double)highC - lowC + 1);
        if (bins > MostBinsPerAtom * most)
            return false;
        for (int a = lowA; a <= highA; a++)
        {
            (int imageA, int binA) = Wrap(a, _bins.A);
            for (int b = lowB; b <= highB; b++)
            {
                (int imageB, int binB) = Wrap(b, _bins.B);
                Cartesian translation = imageA * _lattice.AxisA + imageB * _lattice.AxisB - origin;
                for (int c = lowC; c <= highC; c++)
                {
                    (int imageC, int binC) = Wrap(c, _bins.C);
                    int bin = (binA * _bins.B + binB) * _bins.C + binC;
                    if (_count > most)
                        return false;
                    if (_binStart[bin] < _binStart[bin + 1])
                        CollectBin(center, bin, translation + imageC * _lattice.AxisC, _lattice.ToImage(imageA, imageB, imageC), cutoff);
                }
            }
        }

        Neighbor.Sort(_found.AsSpan(0, _count));
        return _count <= most;
    }

    private void CollectBin(int center, int bin, Cartesian translation, CellImage image, double cutoff)
    {
        double roughLimit = (cutoff + 2 * CutoffMargin) * (cutoff + 2 * CutoffMargin);
        ReadOnlySpan<Fractional> positions = _structure!.Positions;
        for (int k = _binStart[bin]; k < _binStart[bin + 1]; k++)
        {
            int atom = _atomsByBin[k];
            if ((_home[atom] + translation).LengthSquared > roughLimit)
                continue;
            // The vector comes from the fractional difference in the given cell: equivalent neighbors get the least rounding noise.
            var full = new CellImage(
                image.A + _shift[atom].A - _shift[center].A,
                image.B + _shift[atom].B - _shift[center].B,
                image.C + _shift[atom].C - _shift[center].C);
            if (atom == center && full == default)
                continue;
            Fractional difference = positions[atom] - positions[center] + new Fractional(full.A, full.B, full.C);
            Cartesian vector = _structure.Cell.ToCartesian(difference);
            double distance = vector.Length;
            if (distance > cutoff + CutoffMargin)
                continue;
            if (_count == _found.Length)
                Array.Resize(ref _found, Math.Max(256, 2 * _count));
            _found[_count++] = new Neighbor(atom, full, vector, distance);
        }
    }

    private void ChooseBins(double volume, int atoms)
    {
        double edge = Math.Cbrt(AtomsPerBin * volume / Math.Max(1, atoms));
        _bins = (Count(_lattice.Widths.X), Count(_lattice.Widths.Y), Count(_lattice.Widths.Z));
        // A flat cell can ask for far more bins than it has atoms: halve the longest row until they fit.
        while ((long)_bins.A * _bins.B * _bins.C > atoms + 1L)
        {
            if (_bins.A >= _bins.B && _bins.A >= _bins.C)
                _bins.A = (_bins.A + 1) / 2;
            else if (_bins.B >= _bins.C)
                _bins.B = (_bins.B + 1) / 2;
            else
                _bins.C = (_bins.C + 1) / 2;
        }

        int Count(double width) => (int)Math.Clamp(width / edge, 1, atoms + 1);
    }

    private void Place(int atom, Fractional position)
    {
        Cartesian cartesian = _structure!.Cell.ToCartesian(position);
        Fractional u = _lattice.ToFractional(cartesian);
        int a = (int)Math.Floor(u.X), b = (int)Math.Floor(u.Y), c = (int)Math.Floor(u.Z);
        CellImage moved = _lattice.ToImage(a, b, c);
        _shift[atom] = new CellImage(-moved.A, -moved.B, -moved.C);
        _home[atom] = cartesian - (a * _lattice.AxisA + b * _lattice.AxisB + c * _lattice.AxisC);
        _binOfAtom[atom] = (Bin(u.X - a, _bins.A) * _bins.B + Bin(u.Y - b, _bins.B)) * _bins.C + Bin(u.Z - c, _bins.C);

        static int Bin(double fraction, int count) => Math.Clamp((int)(fraction * count), 0, count - 1);
    }

    // One bin more than the sphere needs at either end would cost little, but a missing one would lose neighbors: the margin covers
    // the rounding of fractions.
    private static (int Low, int High) Range(double middle, double reach, int bins) =>
        ((int)Math.Floor((middle - reach) * bins - 1e-6), (int)Math.Floor((middle + reach) * bins + 1e-6));

    private static (int Image, int Bin) Wrap(int bin, int bins)
    {
        int image = bin >= 0 ? bin / bins : -((bins - 1 - bin) / bins);
        return (image, bin - image * bins);
    }
}
