namespace CrystalHpc.Generation.Model;

/// <summary>Voxels along the axes: x is the fastest.</summary>
internal static class VoxelAxes
{
    /// <summary>Number of axes.</summary>
    public const int Count = 3;

    /// <summary>Number of a voxel along an axis, 0 for x.</summary>
    public static int Along(int voxel, int axis, int size)
        => axis == 0 ? voxel % size : axis == 1 ? voxel / size % size : voxel / (size * size);
}
