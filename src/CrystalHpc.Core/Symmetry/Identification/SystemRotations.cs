namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// The proper rotations of the lattices of each crystal system on its conventional axes: they lead from one choice of axes to its
/// equivalents.
/// </summary>
internal static class SystemRotations
{
    private static readonly IntMatrix Half = new(-1, 0, 0, 0, -1, 0, 0, 0, 1);
    private static readonly IntMatrix HalfAboutA = new(1, 0, 0, 0, -1, 0, 0, 0, -1);
    private static readonly IntMatrix HalfAboutB = new(-1, 0, 0, 0, 1, 0, 0, 0, -1);

    private static readonly IntMatrix[] Triclinic = [IntMatrix.Identity];
    private static readonly IntMatrix[] Monoclinic = Generated(HalfAboutB);
    private static readonly IntMatrix[] Orthorhombic = Generated(Half, HalfAboutA);
    private static readonly IntMatrix[] Tetragonal = Generated(new(0, -1, 0, 1, 0, 0, 0, 0, 1), HalfAboutA);
    private static readonly IntMatrix[] Hexagonal = Generated(new(1, -1, 0, 1, 0, 0, 0, 0, 1), new(0, 1, 0, 1, 0, 0, 0, 0, -1));
    private static readonly IntMatrix[] Cubic = Generated(new(0, -1, 0, 1, 0, 0, 0, 0, 1), new(0, 0, 1, 1, 0, 0, 0, 1, 0));

    /// <summary>The rotations for a space group, the identity first.</summary>
    public static ReadOnlySpan<IntMatrix> Of(int number) => number switch
    {
        < 3 => Triclinic,
        < 16 => Monoclinic,
        < 75 => Orthorhombic,
        < 143 => Tetragonal,
        < 195 => Hexagonal,
        _ => Cubic,
    };

    private static IntMatrix[] Generated(params IntMatrix[] generators)
    {
        List<IntMatrix> group = [IntMatrix.Identity];
        for (int i = 0; i < group.Count; i++)
        {
            foreach (IntMatrix generator in generators)
            {
                IntMatrix product = generator * group[i];
                if (!group.Contains(product))
                    group.Add(product);
            }
        }

        return [.. group];
    }
}
