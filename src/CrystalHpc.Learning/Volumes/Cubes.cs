namespace CrystalHpc.Learning.Volumes;

/// <summary>The eight voxels of a fine grid that make up a voxel of a grid of half its size.</summary>
internal static class Cubes
{
    /// <summary>Voxels of a cube.</summary>
    public const int Corners = 8;

    /// <summary>The first voxel of the cube of a voxel of the coarse grid.</summary>
    /// <param name="voxel">The voxel.</param>
    /// <param name="size">Edge of the coarse grid.</param>
    public static int First(int voxel, int size)
    {
        int z = voxel / (size * size), y = voxel / size % size, x = voxel % size;
        return ((2 * z * 2 * size) + 2 * y) * 2 * size + 2 * x;
    }

    /// <summary>From the first voxel of a cube to another.</summary>
    /// <param name="corner">Number of the other.</param>
    /// <param name="size">Edge of the fine grid.</param>
    public static int Offset(int corner, int size) => ((corner >> 2) * size + ((corner >> 1) & 1)) * size + (corner & 1);
}
