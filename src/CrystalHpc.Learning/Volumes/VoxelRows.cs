using System.Numerics;
using CrystalHpc.Learning.Tensors;

namespace CrystalHpc.Learning.Volumes;

/// <summary>Voxels as rows of a tensor, a column for each channel, and back.</summary>
public static class VoxelRows
{
    /// <summary>Copies voxels into rows.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="voxels">Numbers of voxels, counted over all samples.</param>
    /// <param name="rows">Receives a row for each.</param>
    public static void Gather<T>(Volume<T> volume, ReadOnlySpan<int> voxels, Tensor<T> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(rows);
        rows.Resize(voxels.Length, volume.Channels);
        int lanes = VolumeLanes.Of<T>();
        for (int i = 0; i < voxels.Length; i++)
        {
            (int sample, int voxel) = (voxels[i] / volume.Voxels, voxels[i] % volume.Voxels);
            Span<T> row = rows.Row(i);
            for (int start = 0; start < row.Length; start += lanes)
                volume.Block(sample, start / lanes).Slice(voxel * lanes, Math.Min(lanes, row.Length - start)).CopyTo(row[start..]);
        }
    }

    /// <summary>Adds rows to voxels.</summary>
    /// <param name="rows">A row for each voxel.</param>
    /// <param name="voxels">Numbers of voxels, counted over all samples.</param>
    /// <param name="volume">The volume.</param>
    public static void AddTo<T>(Tensor<T> rows, ReadOnlySpan<int> voxels, Volume<T> volume)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(volume);
        ArgumentNullException.ThrowIfNull(rows);
        int lanes = VolumeLanes.Of<T>();
        for (int i = 0; i < voxels.Length; i++)
        {
            (int sample, int voxel) = (voxels[i] / volume.Voxels, voxels[i] % volume.Voxels);
            ReadOnlySpan<T> row = rows.Row(i);
            for (int start = 0; start < row.Length; start += lanes)
            {
                int length = Math.Min(lanes, row.Length - start);
                VectorSpan.Add(row.Slice(start, length), volume.Block(sample, start / lanes).Slice(voxel * lanes, length));
            }
        }
    }
}
