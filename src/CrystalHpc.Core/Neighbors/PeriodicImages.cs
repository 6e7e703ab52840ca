using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// The atoms of the reduced cell and all their images within a distance of it, coordinates by column so that distances are tested
/// eight at a time. Where there are many they are sorted into bins (linked cells: M. P. Allen, D. J. Tildesley, Computer Simulation of
/// Liquids, 2nd ed., 2017, section 5.3.2), so that the time for all atoms grows in proportion to their number. Reuses its working space.
/// </summary>
internal sealed class PeriodicImages
{
    // Columns end with this many places that no atom fills: vectors are read past the end.
    private const int Padding = 8;

    // So many are tested faster than bins are looked up.
    private const int MostWithoutBins = 1536;

    private ReducedLattice _lattice;
    private Fractional _margin;
    private Cartesian[] _home = [];
    private CellImage[] _shift = [];
    private (int A, int B, int C) _bins;
    private int[] _binEnd = [];

    /// <summary>Distance from the cell within which all images are listed, Å.</summary>
    public double Reach { get; private set; }

    /// <summary>Number of atoms and images.</summary>
    public int Count { get; private set; }

    /// <summary>True when there is one bin, and all entries are in the order of atoms and images.</summary>
    public bool IsInOrder => _bins == (1, 1, 1) && _lattice.IsGiven;

    /// <summary>Cartesian coordinates, Å, each with eight places more than <see cref="Count"/>.</summary>
    public double[] X { get; private set; } = [];

    /// <inheritdoc cref="X"/>
    public double[] Y { get; private set; } = [];

    /// <inheritdoc cref="X"/>
    public double[] Z { get; private set; } = [];

    /// <summary>Atom of the structure and cell image that each entry is.</summary>
    public (int Atom, CellImage Image)[] Identity { get; private set; } = [];

    /// <summary>The place of an atom in the reduced cell, Å.</summary>
    public Cartesian HomeOf(int atom) => _home[atom];

    /// <summary>The cell image that an atom's place in the reduced cell is.</summary>
    public CellImage ShiftOf(int atom) => _shift[atom];

    /// <summary>Takes up a structure; <see cref="Extend"/> lists its images.</summary>
    public void Load(CrystalStructure structure)
    {
        _lattice = new ReducedLattice(structure.Cell);
        (Reach, Count) = (-1, 0);
        int atoms = structure.AtomCount;
        if (_home.Length < atoms)
            (_home, _shift) = (new Cartesian[atoms], new CellImage[atoms]);
        for (int atom = 0; atom < atoms; atom++)
        {
            Cartesian cartesian = structure.Cell.ToCartesian(structure.Positions[atom]);
            Fractional u = _lattice.ToFractional(cartesian);
            int a = (int)Math.Floor(u.X), b = (int)Math.Floor(u.Y), c = (int)Math.Floor(u.Z);
            CellImage moved = _lattice.ToImage(a, b, c);
            _shift[atom] = new CellImage(-moved.A, -moved.B, -moved.C);
            _home[atom] = cartesian - (a * _lattice.AxisA + b * _lattice.AxisB + c * _lattice.AxisC);
        }
    }

    /// <summary>Number of entries that a reach needs, roughly.</summary>
    public double Estimate(int atoms, double reach) =>
        atoms * (1 + 2 * reach / _lattice.Widths.X) * (1 + 2 * reach / _lattice.Widths.Y) * (1 + 2 * reach / _lattice.Widths.Z);

    /// <summary>Lists all images within a reach of the cell.</summary>
    public void Extend(int atoms, double reach)
    {
        const double Margin = NeighborTolerances.Fraction;
        Reach = reach;
        _margin = new Fractional(
            reach / _lattice.Widths.X + Margin, reach / _lattice.Widths.Y + Margin, reach / _lattice.Widths.Z + Margin);
        ChooseBins(Estimate(atoms, reach), reach);
        int bins = _bins.A * _bins.B * _bins.C;
        if (_binEnd.Length < bins + 1)
            _binEnd = new int[bins + 1];
        Array.Clear(_binEnd, 0, bins + 1);
        // Counted first, so that every entry is written to its place.
        int count = 0;
        for (int atom = 0; atom < atoms; atom++)
            count += Visit(atom, write: false);
        Resize(count);
        for (int bin = bins; bin > 0; bin--)
            _binEnd[bin] = _binEnd[bin - 1];
        _binEnd[0] = 0;
        for (int bin = 1; bin <= bins; bin++)
            _binEnd[bin] += _binEnd[bin - 1];
        // Entry b is the start of bin b now, and its end when all entries are written.
        for (int atom = 0; atom < atoms; atom++)
            Visit(atom, write: true);
    }

    /// <summary>The rows of bins that a sphere may touch.</summary>
    public RowEnumerator Around(Cartesian center, double radius)
    {
        Fractional middle = _lattice.ToFractional(center);
        return new RowEnumerator(
            this,
            RangeOf(middle.X, radius / _lattice.Widths.X, _margin.X, _bins.A),
            RangeOf(middle.Y, radius / _lattice.Widths.Y, _margin.Y, _bins.B),
            RangeOf(middle.Z, radius / _lattice.Widths.Z, _margin.Z, _bins.C));
    }

    private void ChooseBins(double estimate, double reach)
    {
        _bins = (1, 1, 1);
        if (estimate <= MostWithoutBins)
            return;
        _bins = (CountOf(_margin.X, _lattice.Widths.X), CountOf(_margin.Y, _lattice.Widths.Y), CountOf(_margin.Z, _lattice.Widths.Z));
        // Bins must not outnumber the atoms: halve the longest row until they fit.
        while ((double)_bins.A * _bins.B * _bins.C > estimate)
        {
            if (_bins.A >= _bins.B && _bins.A >= _bins.C)
                _bins.A = (_bins.A + 1) / 2;
            else if (_bins.B >= _bins.C)
                _bins.B = (_bins.B + 1) / 2;
            else
                _bins.C = (_bins.C + 1) / 2;
        }

        int CountOf(double margin, double width) => (int)Math.Clamp((1 + 2 * margin) * width / (0.5 * reach), 1, estimate);
    }

    // All images of an atom near the cell, in the order of the images of the reduced cell.
    private int Visit(int atom, bool write)
    {
        Fractional u = _lattice.ToFractional(_home[atom]);
        (int lowA, int highA) = ImagesOf(u.X, _margin.X);
        (int lowB, int highB) = ImagesOf(u.Y, _margin.Y);
        (int lowC, int highC) = ImagesOf(u.Z, _margin.Z);
        int count = (highA - lowA + 1) * (highB - lowB + 1) * (highC - lowC + 1);
        if (!write && _bins == (1, 1, 1))
            return count;
        for (int a = lowA; a <= highA; a++)
        {
            int binA = BinOf(u.X + a, _margin.X, _bins.A) * _bins.B;
            for (int b = lowB; b <= highB; b++)
            {
                int binB = (binA + BinOf(u.Y + b, _margin.Y, _bins.B)) * _bins.C;
                Cartesian row = _home[atom] + (a * _lattice.AxisA + b * _lattice.AxisB);
                for (int c = lowC; c <= highC; c++)
                {
                    ref int end = ref _binEnd[binB + BinOf(u.Z + c, _margin.Z, _bins.C)];
                    if (write)
                        Write(end, atom, row + c * _lattice.AxisC, _lattice.ToImage(a, b, c));
                    end++;
                }
            }
        }

        return count;
    }

    private void Write(int place, int atom, Cartesian position, CellImage image)
    {
        CellImage shift = _shift[atom];
        (X[place], Y[place], Z[place]) = (position.X, position.Y, position.Z);
        Identity[place] = (atom, new CellImage(image.A + shift.A, image.B + shift.B, image.C + shift.C));
    }

    private void Resize(int count)
    {
        Count = count;
        if (X.Length >= count + Padding)
            return;
        int size = count + count / 4 + Padding;
        (X, Y, Z, Identity) = (new double[size], new double[size], new double[size], new (int, CellImage)[size]);
    }

    private static (int Low, int High) ImagesOf(double fraction, double margin) =>
        ((int)Math.Ceiling(-margin - fraction), (int)Math.Floor(1 + margin - fraction));

    private static int BinOf(double fraction, double margin, int bins) =>
        bins == 1 ? 0 : (int)Math.Clamp((fraction + margin) / (1 + 2 * margin) * bins, 0, bins - 1);

    private static (int Low, int High) RangeOf(double middle, double radius, double margin, int bins)
    {
        return (BinOf(middle - radius - NeighborTolerances.Fraction, margin, bins),
            BinOf(middle + radius + NeighborTolerances.Fraction, margin, bins));
    }

    /// <summary>Rows of neighboring bins, as ranges of entries.</summary>
    internal ref struct RowEnumerator(PeriodicImages images, (int Low, int High) a, (int Low, int High) b, (int Low, int High) c)
    {
        private int _a = a.Low;
        private int _b = b.Low - 1;

        /// <summary>Entries of the row: from (inclusive), to (exclusive).</summary>
        public readonly (int From, int To) Current
        {
            get
            {
                int row = (_a * images._bins.B + _b) * images._bins.C;
                int first = row + c.Low;
                return (first == 0 ? 0 : images._binEnd[first - 1], images._binEnd[row + c.High]);
            }
        }

        public bool MoveNext()
        {
            if (++_b > b.High)
                (_a, _b) = (_a + 1, b.Low);
            return _a <= a.High;
        }

        public readonly RowEnumerator GetEnumerator() => this;
    }
}
