using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// Neighbors of chosen center atoms within a cutoff, compressed by row: those of center c are the entries Offsets[c] to Offsets[c + 1],
/// sorted by distance, then by atom index and image. Vectors point from the center to the image of the neighbor
/// (r_j + image - r_i), Cartesian, Å. The atom itself in its own cell is not listed; its images in other cells are.
/// </summary>
public sealed class NeighborList
{
    internal NeighborList(double cutoffAngstrom, int[] centers, int[] offsets, int[] atoms, CellImage[] images, Cartesian[] vectors, double[] distances)
    {
        CutoffAngstrom = cutoffAngstrom;
        (_centers, _offsets, _atoms, _images, _vectors, _distances) = (centers, offsets, atoms, images, vectors, distances);
    }

    private readonly int[] _centers;
    private readonly int[] _offsets;
    private readonly int[] _atoms;
    private readonly CellImage[] _images;
    private readonly Cartesian[] _vectors;
    private readonly double[] _distances;

    /// <summary>Largest distance listed, Å (inclusive).</summary>
    public double CutoffAngstrom { get; }

    /// <summary>Indices of the center atoms.</summary>
    public ReadOnlySpan<int> Centers => _centers;

    /// <summary>Row starts, length <c>Centers.Length + 1</c>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>Neighbor atom of each entry.</summary>
    public ReadOnlySpan<int> Atoms => _atoms;

    /// <summary>Cell image of each neighbor.</summary>
    public ReadOnlySpan<CellImage> Images => _images;

    /// <summary>Vector from center to neighbor, Å.</summary>
    public ReadOnlySpan<Cartesian> Vectors => _vectors;

    /// <summary>Distance from center to neighbor, Å.</summary>
    public ReadOnlySpan<double> Distances => _distances;
}
