using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// Neighbors of chosen center atoms within a cutoff, compressed by row: those of center c are the entries Offsets[c] to Offsets[c + 1],
/// sorted by distance, then by atom index and image. Vectors point from the center to the image of the neighbor
/// (r_j + image - r_i), Cartesian, Å. The atom itself in its own cell is not listed; its images in other cells are.
/// </summary>
public sealed class NeighborList
{
    private readonly int[] _centers;
    private readonly int[] _offsets;
    private readonly NeighborColumns _columns;

    internal NeighborList(double cutoffAngstrom, int[] centers, int[] offsets, NeighborColumns columns)
    {
        CutoffAngstrom = cutoffAngstrom;
        (_centers, _offsets, _columns) = (centers, offsets, columns);
    }

    /// <summary>Largest distance listed, Å (inclusive).</summary>
    public double CutoffAngstrom { get; }

    /// <summary>Indices of the center atoms.</summary>
    public ReadOnlySpan<int> Centers => _centers;

    /// <summary>Row starts, length <c>Centers.Length + 1</c>.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>Neighbor atom of each entry.</summary>
    public ReadOnlySpan<int> Atoms => _columns.Atoms.AsSpan(0, _columns.Count);

    /// <summary>Cell image of each neighbor.</summary>
    public ReadOnlySpan<CellImage> Images => _columns.Images.AsSpan(0, _columns.Count);

    /// <summary>Vector from center to neighbor, Å.</summary>
    public ReadOnlySpan<Cartesian> Vectors => _columns.Vectors.AsSpan(0, _columns.Count);

    /// <summary>Distance from center to neighbor, Å.</summary>
    public ReadOnlySpan<double> Distances => _columns.Distances.AsSpan(0, _columns.Count);
}
