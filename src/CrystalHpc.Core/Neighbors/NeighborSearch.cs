using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>Lists neighbors within a cutoff: exact for every cell, in time proportional to the number of centers.</summary>
public static class NeighborSearch
{
    // Working space, and the images of the structure searched last: it is mostly searched again, with another cutoff.
    [ThreadStatic]
    private static NeighborFinder? t_finder;

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

        NeighborFinder finder = t_finder ??= new NeighborFinder();
        finder.Load(structure);
        var offsets = new int[centers.Length + 1];
        var columns = new NeighborColumns(Expected(structure, centers.Length, cutoffAngstrom));
        for (int row = 0; row < centers.Length; row++)
        {
            if (!finder.Collect(centers[row], cutoffAngstrom))
                throw new ArgumentOutOfRangeException(nameof(cutoffAngstrom), cutoffAngstrom, "too many neighbors for the memory");
            offsets[row + 1] = columns.Append(finder);
        }

        return new NeighborList(cutoffAngstrom, centers.ToArray(), offsets, columns);
    }

    // A few more than the density lets expect, so that columns seldom grow.
    private static int Expected(CrystalStructure structure, int centers, double cutoff)
    {
        double each = 4.5 * cutoff * cutoff * cutoff * structure.AtomCount / structure.Cell.Volume + 8;
        return (int)Math.Min(each * centers, 1e6);
    }
}
