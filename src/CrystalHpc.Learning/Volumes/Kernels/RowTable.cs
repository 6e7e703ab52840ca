using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Learning.Volumes.Kernels;

/// <summary>Where the nine rows around each row of a grid begin, in numbers of a block.</summary>
/// <param name="size">Voxels along an edge of the grid.</param>
/// <param name="lanes">Numbers of a voxel.</param>
/// <param name="padding">What lies beyond the faces; the rows of zeros are at -1.</param>
internal sealed class RowTable(int size, int lanes, VolumePadding padding)
{
    /// <summary>Rows around a row, itself among them.</summary>
    public const int Neighbors = 9;

    /// <summary>Rows of the grid itself.</summary>
    public int[] Grid { get; } = Make(size, lanes, padding);

    /// <summary>
    /// The same rows in a grid with a voxel more on each side, whose first voxel within is meant; empty where the grid is periodic.
    /// </summary>
    public int[] Widened { get; } = padding == VolumePadding.Zero ? MakeWidened(size, lanes) : [];

    private static int[] Make(int size, int lanes, VolumePadding padding)
    {
        int[] rows = new int[size * size * Neighbors];
        bool isPeriodic = padding == VolumePadding.Periodic;
        int Start(int z, int y) => isPeriodic || (z >= 0 && z < size && y >= 0 && y < size)
            ? ((z + size) % size * size + (y + size) % size) * size * lanes
            : -1;
        Fill(rows, size, Start);
        return rows;
    }

    private static int[] MakeWidened(int size, int lanes)
    {
        int[] rows = new int[size * size * Neighbors];
        Fill(rows, size, (z, y) => (((z + 1) * (size + 2) + y + 1) * (size + 2) + 1) * lanes);
        return rows;
    }

    private static void Fill(int[] rows, int size, Func<int, int, int> start)
    {
        for (int row = 0; row < size * size; row++)
        {
            for (int k = 0; k < Neighbors; k++)
                rows[row * Neighbors + k] = start(row / size + k / 3 - 1, row % size + k % 3 - 1);
        }
    }
}
