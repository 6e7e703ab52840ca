using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Axes of the conventional cell from the rotation parts of a group: along its axes of rotation, in the order of preference (International
/// Tables A, 2.1.3; R. W. Grosse-Kunstleve, Acta Cryst. A55 (1999) 383, doi 10.1107/S0108767398010186). Where several choices can have the
/// same symbol, the one with the shortest axes comes first.
/// </summary>
internal static class ConventionalAxes
{
    /// <summary>The most candidates that there can be.</summary>
    public const int MaximumCandidates = 6;

    /// <summary>Lists candidates: new axes as columns in terms of the primitive basis, right-handed.</summary>
    /// <param name="rotations">Rotation parts of a crystallographic point group.</param>
    /// <param name="metric">Metric of the primitive basis.</param>
    /// <param name="candidates">Receives the candidates, at least <see cref="MaximumCandidates"/> places.</param>
    /// <returns>Their number.</returns>
    public static int Find(ReadOnlySpan<IntMatrix> rotations, Metric metric, Span<IntMatrix> candidates)
    {
        Span<IntMatrix> proper = stackalloc IntMatrix[rotations.Length];
        Span<int> counts = stackalloc int[7];
        counts.Clear();
        for (int i = 0; i < rotations.Length; i++)
        {
            proper[i] = rotations[i].Determinant > 0 ? rotations[i] : -rotations[i];
            counts[RotationType.Of(proper[i])]++;
        }

        // Improper groups without inversion have each proper part once; with it, twice.
        int twice = proper.Count(IntMatrix.Identity);
        int Number(ReadOnlySpan<int> counts, int order) => counts[order] / twice;
        if (Number(counts, 3) == 8)
            return Cubic(proper, Number(counts, 4) > 0 ? 4 : 2, candidates);
        if (Number(counts, 3) == 2)
            return Hexagonal(First(proper, 3), metric, candidates);
        if (Number(counts, 4) == 2)
            return Tetragonal(First(proper, 4), metric, candidates);
        if (Number(counts, 2) == 3)
            return Orthorhombic(proper, metric, candidates);
        if (Number(counts, 2) == 1)
            return Monoclinic(First(proper, 2), metric, candidates);
        candidates[0] = NiggliReduction.Reduce(metric);
        return 1;
    }

    private static IntMatrix First(ReadOnlySpan<IntMatrix> proper, int order)
    {
        foreach (IntMatrix rotation in proper)
        {
            if (RotationType.Of(rotation) == order)
                return rotation;
        }

        throw new ArgumentException("no point group", nameof(proper));
    }

    // b along the axis; a and c two of the three vectors of an obtuse superbase of the plane normal to it.
    private static int Monoclinic(IntMatrix twofold, Metric metric, Span<IntMatrix> candidates)
    {
        CellImage b = LatticePlane.Axis(twofold);
        (CellImage e, CellImage f) = LatticePlane.Reduced(twofold, metric);
        var g = new CellImage(-e.A - f.A, -e.B - f.B, -e.C - f.C);
        candidates[0] = RightHanded(e, b, f, axisToTurn: 1);
        candidates[1] = RightHanded(f, b, e, axisToTurn: 1);
        candidates[2] = RightHanded(e, b, g, axisToTurn: 1);
        candidates[3] = RightHanded(g, b, e, axisToTurn: 1);
        candidates[4] = RightHanded(f, b, g, axisToTurn: 1);
        candidates[5] = RightHanded(g, b, f, axisToTurn: 1);
        return 6;
    }

    // All orders of the three axes, that of ascending lengths first.
    private static int Orthorhombic(ReadOnlySpan<IntMatrix> proper, Metric metric, Span<IntMatrix> candidates)
    {
        Span<CellImage> axes = stackalloc CellImage[3];
        DistinctAxes(proper, 2, axes);
        axes.Sort((u, v) => metric.LengthSquared(u).CompareTo(metric.LengthSquared(v)));
        (CellImage a, CellImage b, CellImage c) = (axes[0], axes[1], axes[2]);
        candidates[0] = RightHanded(a, b, c, axisToTurn: 2);
        candidates[1] = RightHanded(a, c, b, axisToTurn: 2);
        candidates[2] = RightHanded(b, a, c, axisToTurn: 2);
        candidates[3] = RightHanded(b, c, a, axisToTurn: 2);
        candidates[4] = RightHanded(c, a, b, axisToTurn: 2);
        candidates[5] = RightHanded(c, b, a, axisToTurn: 2);
        return 6;
    }

    private static int Tetragonal(IntMatrix fourfold, Metric metric, Span<IntMatrix> candidates)
    {
        CellImage a = LatticePlane.Reduced(fourfold, metric).Shortest;
        candidates[0] = RightHanded(a, fourfold * a, LatticePlane.Axis(fourfold), axisToTurn: 2);
        return 1;
    }

    // The second choice is turned by 180° about c: the obverse setting of a rhombohedral lattice is one of them.
    private static int Hexagonal(IntMatrix threefold, Metric metric, Span<IntMatrix> candidates)
    {
        CellImage a = LatticePlane.Reduced(threefold, metric).Shortest, b = threefold * a;
        candidates[0] = RightHanded(a, b, LatticePlane.Axis(threefold), axisToTurn: 2);
        candidates[1] = IntMatrix.FromColumns(Opposite(a), Opposite(b), candidates[0].Column(2));
        return 2;
    }

    // The second choice is turned by 90° about c, which matters to groups without axes of order 4, such as Pa-3.
    private static int Cubic(ReadOnlySpan<IntMatrix> proper, int order, Span<IntMatrix> candidates)
    {
        Span<CellImage> axes = stackalloc CellImage[3];
        DistinctAxes(proper, order, axes);
        candidates[0] = RightHanded(axes[0], axes[1], axes[2], axisToTurn: 2);
        candidates[1] = RightHanded(axes[1], axes[0], axes[2], axisToTurn: 2);
        return 2;
    }

    private static void DistinctAxes(ReadOnlySpan<IntMatrix> proper, int order, Span<CellImage> axes)
    {
        int found = 0;
        foreach (IntMatrix rotation in proper)
        {
            if (RotationType.Of(rotation) != order)
                continue;
            CellImage axis = LatticePlane.Axis(rotation);
            if (!axes[..found].Contains(axis) && !axes[..found].Contains(Opposite(axis)))
                axes[found++] = axis;
        }
    }

    private static CellImage Opposite(CellImage v) => new(-v.A, -v.B, -v.C);

    private static IntMatrix RightHanded(CellImage a, CellImage b, CellImage c, int axisToTurn)
    {
        var axes = IntMatrix.FromColumns(a, b, c);
        if (axes.Determinant > 0)
            return axes;
        return axisToTurn == 1 ? IntMatrix.FromColumns(a, Opposite(b), c) : IntMatrix.FromColumns(a, b, Opposite(c));
    }
}
