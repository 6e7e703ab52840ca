using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>Lists neighbors within a cutoff: exact for every cell, in time proportional to the number of centers.</summary>
public static class NeighborSearch
{
    /// <summary>Neighbors of the given atoms within a cutoff.</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="centers">Atoms whose neighbors are wanted, in the order of the rows of the result.</param>
    /// <param name="cutoffAngstrom">Largest distance, Å, inclusive to 1e-8 Å.</param>
    /// <remarks>
    /// Rows are sorted by distance; neighbors whose distances follow one another within 1e-8 Å count as equally far and are ordered
    /// by atom, then image. Atoms at the very place of the center (mixed sites) are listed at distance 0.
    /// The size of the result is about 4.19·cutoff³·atoms/volume a center.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The cutoff is negative or not finite, or a center is no atom of the structure.
    /// </exception>
    public static NeighborList Find(CrystalStructure structure, ReadOnlySpan<int> centers, double cutoffAngstrom)
    {
        ArgumentNullException.ThrowIfNull(structure);
        if (!(cutoffAngstrom >= 0 && double.IsFinite(cutoffAngstrom)))
            throw new ArgumentOutOfRangeException(nameof(cutoffAngstrom), cutoffAngstrom, "a cutoff is a finite length");
        foreach (int center in centers)
        {
            if ((uint)center >= (uint)structure.AtomCount)
                throw new ArgumentOutOfRangeException(nameof(centers), center, $"the structure has {structure.AtomCount} atoms");
        }

        var finder = new NeighborFinder();
        finder.Load(structure);
        var offsets = new int[centers.Length + 1];
        var rows = new Neighbor[centers.Length * 32];
        for (int row = 0; row < centers.Length; row++)
        {
            finder.Collect(centers[row], cutoffAngstrom);
            int start = offsets[row], end = checked(start + finder.Found.Length);
            if (end > rows.Length)
                Array.Resize(ref rows, Math.Max(end, (int)Math.Min(2L * rows.Length, Array.MaxLength)));
            finder.Found.CopyTo(rows.AsSpan(start));
            offsets[row + 1] = end;
        }

        return ByColumn(cutoffAngstrom, centers.ToArray(), offsets, rows);
    }

    private static NeighborList ByColumn(double cutoff, int[] centers, int[] offsets, Neighbor[] rows)
    {
        int count = offsets[^1];
        var atoms = new int[count];
        var images = new CellImage[count];
        var vectors = new Cartesian[count];
        var distances = new double[count];
        for (int i = 0; i < count; i++)
            (atoms[i], images[i], vectors[i], distances[i]) = rows[i];
        return new NeighborList(cutoff, centers, offsets, atoms, images, vectors, distances);
    }
}
