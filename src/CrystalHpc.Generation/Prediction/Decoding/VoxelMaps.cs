using CrystalHpc.Generation.Data;

namespace CrystalHpc.Generation.Prediction.Decoding;

/// <summary>What a network says of the voxels of one crystal; voxels are [z][y][x].</summary>
/// <param name="grid">The grid.</param>
/// <param name="species">The elements.</param>
public sealed class VoxelMaps(VoxelGrid grid, SpeciesList species)
{
    /// <summary>The grid.</summary>
    public VoxelGrid Grid => grid;

    /// <summary>The elements.</summary>
    public SpeciesList Species => species;

    /// <summary>Edge of the cell, A.</summary>
    public double EdgeAngstrom { get; set; }

    /// <summary>The density.</summary>
    public float[] Density { get; } = new float[grid.Voxels];

    /// <summary>How probable it is that a voxel holds an atom.</summary>
    public float[] Occupancy { get; } = new float[grid.Voxels];

    /// <summary>How probable the elements are, [voxel][species].</summary>
    public float[] Probabilities { get; } = new float[grid.Voxels * species.Count];

    /// <summary>The maps of a known crystal: certain, and right.</summary>
    /// <param name="cell">The crystal, of elements of the list.</param>
    /// <param name="voxelizer">Makes the voxels.</param>
    /// <param name="atomicNumbers">Working space, one number a voxel.</param>
    public void FillTrue(CubicCell cell, Voxelizer voxelizer, Span<byte> atomicNumbers)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(voxelizer);
        EdgeAngstrom = cell.EdgeAngstrom;
        voxelizer.FillDensity(cell, Density);
        voxelizer.FillSpecies(cell, atomicNumbers);
        Array.Clear(Probabilities);
        for (int voxel = 0; voxel < grid.Voxels; voxel++)
        {
            Occupancy[voxel] = atomicNumbers[voxel] > 0 ? 1 : 0;
            if (atomicNumbers[voxel] > 0)
                Probabilities[voxel * species.Count + species.PlaceOf(atomicNumbers[voxel])] = 1;
        }
    }
}
