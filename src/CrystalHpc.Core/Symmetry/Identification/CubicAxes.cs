using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Axes of a cubic structure that is given by a primitive cell. Which of the three axes of rotation comes first is a convention, and with
/// it, in groups such as F-43m and Fd-3m, which positions have which letters. This one is that of spglib (A. Togo, K. Shinohara, I. Tanaka,
/// Sci. Technol. Adv. Mater. Methods 4 (2024) 2384822, doi 10.1080/27660400.2024.2384822): in the order of their coordinates in Delaunay's
/// basis.
/// </summary>
internal static class CubicAxes
{
    // The directions along which axes of rotation can lie in such a basis, one sign of each.
    private static readonly CellImage[] Directions =
    [
        new(1, 0, 0), new(0, 1, 0), new(0, 0, 1),
        new(0, 1, 1), new(1, 0, 1), new(1, 1, 0), new(0, 1, -1), new(-1, 0, 1), new(1, -1, 0),
        new(1, 1, 1), new(-1, 1, 1), new(1, -1, 1), new(1, 1, -1),
        new(0, 1, 2), new(2, 0, 1), new(1, 2, 0), new(0, 2, 1), new(1, 0, 2), new(2, 1, 0),
        new(0, -1, 2), new(2, 0, -1), new(-1, 2, 0), new(0, -2, 1), new(1, 0, -2), new(-2, 1, 0),
        new(2, 1, 1), new(1, 2, 1), new(1, 1, 2), new(2, -1, -1), new(-1, 2, -1), new(-1, -1, 2),
    ];

    /// <summary>Finds the axes.</summary>
    /// <param name="rotations">Rotation parts of a cubic group.</param>
    /// <param name="basis">The primitive basis that they are given in.</param>
    /// <param name="given">The primitive basis that the structure is given in.</param>
    /// <param name="axes">New axes as columns in terms of <paramref name="basis"/>, right-handed.</param>
    /// <returns>False when the axes have other directions.</returns>
    public static bool TryFind(ReadOnlySpan<IntMatrix> rotations, Basis basis, Basis given, out IntMatrix axes)
    {
        Basis delaunay = DelaunayReduction.Reduce(given), reciprocal = basis.Reciprocal;
        var reduced = IntMatrix.FromColumns(Whole(delaunay.A), Whole(delaunay.B), Whole(delaunay.C));
        int order = HasFourfold(rotations) ? 4 : 2, found = 0;
        Span<CellImage> columns = stackalloc CellImage[3];
        foreach (CellImage direction in Directions)
        {
            CellImage axis = reduced * direction;
            if (found < 3 && IsAxis(rotations, axis, order))
                columns[found++] = axis;
        }

        axes = IntMatrix.FromColumns(columns[0], columns[1], columns[2]);
        if (axes.Determinant < 0)
            axes = IntMatrix.FromColumns(columns[0], columns[2], columns[1]);
        return axes.Determinant > 0;

        CellImage Whole(Cartesian vector)
        {
            Fractional f = reciprocal.Project(vector);
            return new CellImage((int)Math.Round(f.X), (int)Math.Round(f.Y), (int)Math.Round(f.Z));
        }
    }

    private static bool HasFourfold(ReadOnlySpan<IntMatrix> rotations)
    {
        foreach (IntMatrix rotation in rotations)
        {
            if (RotationType.Of(Proper(rotation)) == 4)
                return true;
        }

        return false;
    }

    private static bool IsAxis(ReadOnlySpan<IntMatrix> rotations, CellImage axis, int order)
    {
        foreach (IntMatrix rotation in rotations)
        {
            IntMatrix proper = Proper(rotation);
            if (proper * axis == axis && RotationType.Of(proper) == order)
                return true;
        }

        return false;
    }

    private static IntMatrix Proper(IntMatrix rotation) => rotation.Determinant > 0 ? rotation : -rotation;
}
