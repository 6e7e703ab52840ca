namespace CrystalHpc.Generation.Model;

/// <summary>Sizes that all networks of a model share.</summary>
/// <param name="Size">Voxels along an edge of the grid: 16 or 32.</param>
/// <param name="Species">Number of elements.</param>
/// <param name="Latent">Length of a latent vector.</param>
public sealed record NetworkSizes(int Size, int Species, int Latent)
{
    /// <summary>Channels of a crystal: density, and the coordinates x, y, z of each voxel in units of 10 A.</summary>
    public const int Channels = 4;

    /// <summary>Coordinates are in units of so many A.</summary>
    public const double CoordinateUnitAngstrom = 10;
}
