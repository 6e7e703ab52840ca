using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// The atoms of the reduced cell and all their images within a distance of it, coordinates by column so that distances are tested
/// eight at a time. Where there are many they are sorted into bins (linked cells: M. P. Allen, D. J. Tildesley, Computer Simulation of
/// Liquids, 2nd ed., 2017, section 5.3.2), so that the time for all atoms grows in proportion to their number. A bin lists its atoms
/// by atom and image. Reuses its working space.
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
    private int[] _binStart = [];
    private int[] _binOf = [];
    private (int Atom, int Translation)[] _unsorted = [];
    private (CellImage Image, (int A, int B, int C) Reduced, Cartesian Vector)[] _translations = [];

    /// <summary>Distance from the cell within which all images are listed, Å.</summary>
    public double Reach { get; private set; }

    /// <summary>Number of atoms and images.</summary>
    public int Count { get; private set; }

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
        // The margin covers the rounding of fractions: one image too many costs little, a missing one would lose neighbors.
        const double Rounding = 1e-6;
        Reach = reach;
        _margin = new Fractional(
            reach / _lattice.Widths.X + Rounding, reach / _lattice.Widths.Y + Rounding, reach / _lattice.Widths.Z + Rounding);
        int translations = ListTranslations();
        ChooseBins(Estimate(atoms, reach), reach);
        int bins = _bins.A * _bins.B * _bins.C;
        if (_binStart.Length < bins + 2)
            _binStart = new int[bins + 2];
        Array.Clear(_binStart, 0, bins + 2);
        Count = 0;
        for (int atom = 0; atom < atoms; atom++)
        {
            Fractional u = _lattice.ToFractional(_home[atom]);
            for (int translation = 0; translation < translations; translation++)
            {
                (int a, int b, int c) = _translations[translation].Reduced;
                Fractional place = u + new Fractional(a, b, c);
                if (IsNear(place.X, _margin.X) && IsNear(place.Y, _margin.Y) && IsNear(place.Z, _margin.Z))
                    Add(atom, translation, place);
            }
        }

        SortIntoBins(bins);
    }

    /// <summary>Calls for each row of bins that a sphere may touch: entries from (inclusive) and to (exclusive).</summary>
    public RowEnumerator Around(Cartesian center, double radius)
    {
        Fractional middle = _lattice.ToFractional(center);
        return new RowEnumerator(
            this,
            RangeOf(middle.X, radius / _lattice.Widths.X, _margin.X, _bins.A),
            RangeOf(middle.Y, radius / _lattice.Widths.Y, _margin.Y, _bins.B),
            RangeOf(middle.Z, radius / _lattice.Widths.Z, _margin.Z, _bins.C));
    }

    private static bool IsNear(double fraction, double margin) => fraction >= -margin && fraction <= 1 + margin;

    // In the order of the images in the given cell, which is then the order of the images of every atom.
    private int ListTranslations()
    {
        (int a, int b, int c) = ((int)Math.Ceiling(_margin.X), (int)Math.Ceiling(_margin.Y), (int)Math.Ceiling(_margin.Z));
        int count = checked((2 * a + 1) * (2 * b + 1) * (2 * c + 1));
        if (_translations.Length < count)
            _translations = new (CellImage, (int, int, int), Cartesian)[count];
        count = 0;
        for (int i = -a; i <= a; i++)
        {
            for (int j = -b; j <= b; j++)
            {
                Cartesian row = i * _lattice.AxisA + j * _lattice.AxisB;
                for (int k = -c; k <= c; k++)
                    _translations[count++] = (_lattice.ToImage(i, j, k), (i, j, k), row + k * _lattice.AxisC);
            }
        }

        if (!_lattice.IsGiven)
            _translations.AsSpan(0, count).Sort(static (left, right) => CellImage.Compare(left.Image, right.Image));
        return count;
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

    private void Add(int atom, int translation, Fractional place)
    {
        if (Count == _unsorted.Length)
        {
            Array.Resize(ref _unsorted, Math.Max(256, 2 * Count));
            Array.Resize(ref _binOf, _unsorted.Length);
        }

        int bin = (BinOf(place.X, _margin.X, _bins.A) * _bins.B + BinOf(place.Y, _margin.Y, _bins.B)) * _bins.C + BinOf(place.Z, _margin.Z, _bins.C);
        (_unsorted[Count], _binOf[Count]) = ((atom, translation), bin);
        _binStart[bin + 2]++;
        Count++;
    }

    private void SortIntoBins(int bins)
    {
        if (X.Length < Count + Padding)
        {
            int size = _unsorted.Length + Padding;
            (X, Y, Z, Identity) = (new double[size], new double[size], new double[size], new (int, CellImage)[size]);
        }

        for (int bin = 0; bin < bins; bin++)
            _binStart[bin + 2] += _binStart[bin + 1];
        for (int i = 0; i < Count; i++)
        {
            (int atom, int translation) = _unsorted[i];
            int place = _binStart[_binOf[i] + 1]++;
            Cartesian position = _home[atom] + _translations[translation].Vector;
            CellImage image = _translations[translation].Image, shift = _shift[atom];
            (X[place], Y[place], Z[place]) = (position.X, position.Y, position.Z);
            Identity[place] = (atom, new CellImage(image.A + shift.A, image.B + shift.B, image.C + shift.C));
        }
    }

    private static int BinOf(double fraction, double margin, int bins) =>
        bins == 1 ? 0 : (int)Math.Clamp((fraction + margin) / (1 + 2 * margin) * bins, 0, bins - 1);

    private static (int Low, int High) RangeOf(double middle, double radius, double margin, int bins)
    {
        const double Rounding = 1e-6;
        return (BinOf(middle - radius - Rounding, margin, bins), BinOf(middle + radius + Rounding, margin, bins));
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
                return (images._binStart[row + c.Low], images._binStart[row + c.High + 1]);
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
