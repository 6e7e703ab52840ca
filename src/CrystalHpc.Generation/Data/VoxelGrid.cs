namespace CrystalHpc.Generation.Data;

/// <summary>How crystals become voxels.</summary>
/// <param name="Size">Voxels along an edge.</param>
/// <param name="IsNormalized">True: the density of an atom integrates to its atomic number; false: its height at the atom is that
/// number.</param>
/// <param name="HasUnitWidth">True: all atoms are Gaussians of a width of 1 A; false: of the radius of their element.</param>
/// <param name="Margin">The grid reaches beyond the cell by this share of the edge on each side.</param>
public sealed record VoxelGrid(int Size = 16, bool IsNormalized = true, bool HasUnitWidth = false, double Margin = 0)
{
    /// <summary>Voxels of the grid.</summary>
    public int Voxels => Size * Size * Size;

    /// <summary>The middle of a voxel along an axis, in fractions of the edge of the cell.</summary>
    public double Middle(int voxel) => (voxel + 0.5) / Size * (1 + 2 * Margin) - Margin;
}
