namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// Types of rotation parts, by determinant and trace (International Tables A, table 1.2.2.1), and how often each occurs in a group.
/// </summary>
internal static class RotationType
{
    /// <summary>
    /// The order of the rotation, negative for rotoinversions: -6, -4, -3, -2, -1, 1, 2, 3, 4, 6; 0 when the matrix is none.
    /// </summary>
    public static int Of(IntMatrix w)
    {
        int determinant = w.Determinant;
        int order = (determinant * w.Trace) switch { 3 => 1, -1 => 2, 0 => 3, 1 => 4, 2 => 6, _ => 0 };
        return determinant * order;
    }

    /// <summary>How often each type occurs: a number that tells the 32 point groups apart.</summary>
    public static ulong Counts(ReadOnlySpan<IntMatrix> rotations)
    {
        ulong counts = 0;
        foreach (IntMatrix rotation in rotations)
            counts += 1UL << 5 * (Of(rotation) switch { -6 => 0, -4 => 1, -3 => 2, -2 => 3, -1 => 4, 1 => 5, 2 => 6, 3 => 7, 4 => 8, 6 => 9,
                _ => 10 });
        return counts;
    }
}
