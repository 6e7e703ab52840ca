using System.Numerics;
using CrystalHpc.Generation.Data;
using CrystalHpc.Generation.Model;
using CrystalHpc.Learning.Volumes;

namespace CrystalHpc.Generation.Training;

/// <summary>
/// Crystals as the volumes that networks take, made anew each time: that costs a hundredth of what the networks cost. Serves one thread.
/// </summary>
/// <param name="grid">The grid.</param>
public sealed class VoxelLoader(VoxelGrid grid)
{
    private readonly Voxelizer _voxelizer = new(grid);
    private readonly float[] _density = new float[grid.Voxels], _along = new float[grid.Size];

    /// <summary>Writes density and coordinates.</summary>
    /// <param name="cells">The crystals.</param>
    /// <param name="crystals">Receives the volume.</param>
    public void Load<T>(IReadOnlyList<CubicCell> cells, Volume<T> crystals) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(crystals);
        crystals.Resize(cells.Count, NetworkSizes.Channels, grid.Size);
        crystals.Values.Clear();
        int lanes = VolumeLanes.Of<T>();
        for (int sample = 0; sample < cells.Count; sample++)
        {
            _voxelizer.FillDensity(cells[sample], _density);
            _voxelizer.FillCoordinates(cells[sample], _along);
            Span<T> block = crystals.Block(sample, 0);
            for (int voxel = 0; voxel < grid.Voxels; voxel++)
            {
                Span<T> target = block.Slice(voxel * lanes, lanes);
                target[0] = T.CreateChecked(_density[voxel]);
                for (int axis = 0; axis < 3; axis++)
                    target[1 + axis] = T.CreateChecked(_along[VoxelAxes.Along(voxel, axis,
                        grid.Size)] / NetworkSizes.CoordinateUnitAngstrom);
            }
        }
    }

    /// <summary>Writes the atomic number of each voxel, 0 where it is empty.</summary>
    public void LoadSpecies(CubicCell cell, Span<byte> species) => _voxelizer.FillSpecies(cell, species);
}
