using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// The lattice that a cell and translations k/n within it span, k being whole numbers: its basis in the form of Hermite, kept in integers
/// (H. Cohen, A Course in Computational Algebraic Number Theory, 1993, section 2.4.2).
/// </summary>
internal struct TranslationLattice(int denominator)
{
    // Rows of an upper triangle, in units of 1/n.
    private CellImage _first = new(denominator, 0, 0);
    private CellImage _second = new(0, denominator, 0);
    private CellImage _third = new(0, 0, denominator);

    /// <summary>How many lattice points there are in the cell.</summary>
    public readonly long PointsInCell =>
        (long)denominator * denominator * denominator / Math.Max(1, Math.Abs((long)_first.A * _second.B * _third.C));

    /// <summary>Adds a translation, in units of 1/n.</summary>
    public void Add(CellImage t)
    {
        (_first, t) = Eliminated(_first, t, t.A, static v => v.A);
        (_second, t) = Eliminated(_second, t, t.B, static v => v.B);
        (_third, _) = Eliminated(_third, t, t.C, static v => v.C);
    }

    /// <summary>A basis of the lattice.</summary>
    /// <param name="cell">The basis of the cell.</param>
    public readonly Basis ToBasis(Basis cell)
    {
        double unit = 1.0 / denominator;
        return new Basis(unit * cell.ToCartesian(_first), unit * cell.ToCartesian(_second), unit * cell.ToCartesian(_third));
    }

    // Euclid's algorithm on the leading entries; what remains of the second row has none. All but these are kept small by vectors of the
    // cell.
    private readonly (CellImage Row, CellImage Remainder) Eliminated(CellImage row, CellImage rest, int lead, Func<CellImage, int> leading)
    {
        while (lead != 0)
        {
            int times = leading(row) / lead;
            (row, rest) = (rest, new CellImage(row.A - times * rest.A, row.B - times * rest.B, row.C - times * rest.C));
            lead = leading(rest);
            (row, rest) = (Small(row), Small(rest));
        }

        return (row, rest);
    }

    // Entries behind the first that is not zero, modulo n.
    private readonly CellImage Small(CellImage v) => v.A != 0
        ? v with { B = v.B % denominator, C = v.C % denominator }
        : v.B != 0 ? v with { C = v.C % denominator } : v;
}
