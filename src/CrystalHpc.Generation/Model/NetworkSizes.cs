using CrystalHpc.Generation.Data;

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

    /// <summary>Channels of the U-net where nothing else is said.</summary>
    public static IReadOnlyList<int> DefaultReader { get; } = [16, 32, 64];

    /// <summary>Channels of the autoencoder where nothing else is said.</summary>
    public static IReadOnlyList<int> DefaultCoder { get; } = [8, 16, 32];

    /// <summary>
    /// Channels of the levels of the U-net, the grid first, then half of it and so on; behind the first, multiples of 16.
    /// </summary>
    public IReadOnlyList<int> Reader { get; init; } = DefaultReader;

    /// <summary>Channels of the levels of the autoencoder, in the same order; one more halving follows.</summary>
    public IReadOnlyList<int> Coder { get; init; } = DefaultCoder;

    /// <summary>All atoms are Gaussians of a width of 1 A; false: of the radius of their element.</summary>
    public bool HasUnitWidth { get; init; }

    /// <summary>The grid.</summary>
    public VoxelGrid Grid => new(Size, HasUnitWidth: HasUnitWidth);

    /// <summary>Edge of the coarsest grid of the autoencoder.</summary>
    public int CoarseEdge => Size >> Coder.Count;

    /// <summary>What is wrong with channels; null when nothing is.</summary>
    public static string? ProblemOf(int size, IReadOnlyList<int> reader, IReadOnlyList<int> coder) =>
        reader is not { Count: >= 2 } || size >> (reader.Count - 1) < 2
            ? "reader_channels must name two levels or more, and not halve the grid below 2 voxels"
        : coder is not { Count: >= 2 } || size >> coder.Count < 2
            ? "coder_channels must name two levels or more, and not halve the grid below 2 voxels"
        : reader.Concat(coder).Any(channels => channels is < 2 or > Most)
            ? FormattableString.Invariant($"channels must be between 2 and {Most}")
        // What comes from below is joined with the features of a level in whole blocks.
        : reader.Skip(1).Any(channels => channels % 16 != 0) ? "reader_channels behind the first must be multiples of 16"
        : null;

    private const int Most = 1024;
}
