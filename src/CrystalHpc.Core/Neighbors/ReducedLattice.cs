using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// A compact basis of the same lattice, so that a sphere of given radius meets as few cell images as possible however skewed the
/// given cell is. Pairwise (Lagrange-Gauss) reduction plus the three-vector step gives a Minkowski-reduced basis
/// (P. Q. Nguyen, D. Stehlé, ACM Trans. Algorithms 5 (2009) 46, doi 10.1145/1597036.1597050).
/// </summary>
internal readonly struct ReducedLattice
{
    // Absurd cells (edges of 1e-9 and 1e9 Å) are left as they are before a coefficient overflows.
    private const double LargestCoefficient = 1e6;

    private readonly (int A, int B, int C) _rowA;
    private readonly (int A, int B, int C) _rowB;
    private readonly (int A, int B, int C) _rowC;
    private readonly Cartesian _reciprocalA;
    private readonly Cartesian _reciprocalB;
    private readonly Cartesian _reciprocalC;

    public ReducedLattice(UnitCell cell)
        : this(cell.AxisA, cell.AxisB, cell.AxisC)
    {
    }

    public ReducedLattice(Cartesian a, Cartesian b, Cartesian c)
    {
        Span<Cartesian> axes = [a, b, c];
        Span<(int A, int B, int C)> rows = [(1, 0, 0), (0, 1, 0), (0, 0, 1)];
        while (ReducePair(axes, rows) || ReduceTriple(axes, rows))
        {
        }

        (AxisA, AxisB, AxisC) = (axes[0], axes[1], axes[2]);
        (_rowA, _rowB, _rowC) = (rows[0], rows[1], rows[2]);
        double volume = Cartesian.Dot(AxisA, Cartesian.Cross(AxisB, AxisC));
        _reciprocalA = 1 / volume * Cartesian.Cross(AxisB, AxisC);
        _reciprocalB = 1 / volume * Cartesian.Cross(AxisC, AxisA);
        _reciprocalC = 1 / volume * Cartesian.Cross(AxisA, AxisB);
        Widths = new Cartesian(1 / _reciprocalA.Length, 1 / _reciprocalB.Length, 1 / _reciprocalC.Length);
    }

    /// <summary>First reduced vector, Å.</summary>
    public Cartesian AxisA { get; }

    /// <summary>Second reduced vector, Å.</summary>
    public Cartesian AxisB { get; }

    /// <summary>Third reduced vector, Å.</summary>
    public Cartesian AxisC { get; }

    /// <summary>Distances between opposite faces of the reduced cell, Å.</summary>
    public Cartesian Widths { get; }

    /// <summary>True when the reduced vectors are those given.</summary>
    public bool IsGiven => (_rowA, _rowB, _rowC) == ((1, 0, 0), (0, 1, 0), (0, 0, 1));

    /// <summary>Fractions of the reduced vectors.</summary>
    public Fractional ToFractional(Cartesian p) =>
        new(Cartesian.Dot(p, _reciprocalA), Cartesian.Dot(p, _reciprocalB), Cartesian.Dot(p, _reciprocalC));

    /// <summary>The translation a·A + b·B + c·C of the reduced basis, as an image of the given cell.</summary>
    public CellImage ToImage(int a, int b, int c) => new(
        a * _rowA.A + b * _rowB.A + c * _rowC.A,
        a * _rowA.B + b * _rowB.B + c * _rowC.B,
        a * _rowA.C + b * _rowB.C + c * _rowC.C);

    private static bool ReducePair(Span<Cartesian> axes, Span<(int A, int B, int C)> rows)
    {
        bool changed = false;
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double projection = Cartesian.Dot(axes[i], axes[j]) / axes[j].LengthSquared;
                if (i == j || Math.Abs(projection) <= 0.5 + NeighborTolerances.ReductionGain)
                    continue;
                if (Math.Abs(projection) * Largest(rows[j]) + Largest(rows[i]) > LargestCoefficient)
                    continue;
                int times = (int)Math.Round(projection);
                axes[i] -= times * axes[j];
                rows[i] = (rows[i].A - times * rows[j].A, rows[i].B - times * rows[j].B, rows[i].C - times * rows[j].C);
                changed = true;
            }
        }

        return changed;
    }

    private static int Largest((int A, int B, int C) row) => Math.Max(Math.Abs(row.A), Math.Max(Math.Abs(row.B), Math.Abs(row.C)));

    private static bool ReduceTriple(Span<Cartesian> axes, Span<(int A, int B, int C)> rows)
    {
        int longest = 0;
        for (int i = 1; i < 3; i++)
        {
            if (axes[i].LengthSquared > axes[longest].LengthSquared)
                longest = i;
        }

        (int j, int k) = ((longest + 1) % 3, (longest + 2) % 3);
        for (int signs = 0; signs < 4; signs++)
        {
            int sj = (signs & 1) == 0 ? 1 : -1, sk = (signs & 2) == 0 ? 1 : -1;
            Cartesian sum = axes[longest] + sj * axes[j] + sk * axes[k];
            if (sum.LengthSquared >= axes[longest].LengthSquared * (1 - NeighborTolerances.ReductionGain))
                continue;
            axes[longest] = sum;
            rows[longest] = (
                rows[longest].A + sj * rows[j].A + sk * rows[k].A,
                rows[longest].B + sj * rows[j].B + sk * rows[k].B,
                rows[longest].C + sj * rows[j].C + sk * rows[k].C);
            return true;
        }

        return false;
    }
}
