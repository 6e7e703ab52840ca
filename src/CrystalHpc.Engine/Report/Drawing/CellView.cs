using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Engine.Report;

/// <summary>A parallel projection of a cell onto paper.</summary>
public sealed class CellView
{
    private readonly Cartesian _right;
    private readonly Cartesian _up;
    private readonly Cartesian _toward;

    private CellView(Cartesian right, Cartesian up, Cartesian toward) => (_right, _up, _toward) = (right, up, toward);

    /// <summary>
    /// Looks along the lattice direction [uvw], which points at the eye; the axis that projects longest of c, b, a points up.
    /// </summary>
    /// <exception cref="ArgumentException">The direction is zero.</exception>
    public static CellView Along(UnitCell cell, int u, int v, int w)
    {
        Cartesian toward = u * cell.AxisA + v * cell.AxisB + w * cell.AxisC;
        if (toward.LengthSquared == 0)
            throw new ArgumentException("a direction of view must not be zero");
        toward = Unit(toward);
        Cartesian up = Unit(new[] { cell.AxisC, cell.AxisB, cell.AxisA }.Select(axis => Across(axis, toward))
            .First(across => across.Length > 0.3 * cell.Volume / Math.Pow(Math.Max(cell.A, Math.Max(cell.B, cell.C)), 2)));
        return new CellView(Cartesian.Cross(up, toward), up, toward);
    }

    /// <summary>The usual view of textbooks: c upward, a toward the eye and a little to the left, seen slightly from above.</summary>
    public static CellView Tilted(UnitCell cell)
    {
        const double TurnDegrees = 18.43, RiseDegrees = 9.47;
        CellView front = Along(cell, 1, 0, 0);
        (double sinTurn, double cosTurn) = Math.SinCos(TurnDegrees * Math.PI / 180);
        (double sinRise, double cosRise) = Math.SinCos(RiseDegrees * Math.PI / 180);
        Cartesian right = cosTurn * front._right - sinTurn * front._toward;
        Cartesian toward = sinTurn * front._right + cosTurn * front._toward;
        return new CellView(right, cosRise * front._up - sinRise * toward, sinRise * front._up + cosRise * toward);
    }

    /// <summary>Place on the paper, Å (x to the right, y upward), and nearness to the eye.</summary>
    public (double X, double Y, double Depth) Project(Cartesian p)
        => (Cartesian.Dot(p, _right), Cartesian.Dot(p, _up), Cartesian.Dot(p, _toward));

    private static Cartesian Across(Cartesian vector, Cartesian unit) => vector - Cartesian.Dot(vector, unit) * unit;

    private static Cartesian Unit(Cartesian vector) => (1 / vector.Length) * vector;
}
