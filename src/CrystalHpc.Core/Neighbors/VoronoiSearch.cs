using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>
/// Computes the Voronoi cell of an atom with no more neighbors than it takes: the search grows until none left out can change the
/// cell. Reuses its working space: one instance a thread.
/// </summary>
internal sealed class VoronoiSearch
{
    // Neighbors around an atom that are searched first; nearly always enough to prove its cell complete.
    private const double FirstCount = 45;

    // A cell that needs more neighbors than this to close stays open.
    private const int LargestCount = 20_000;

    private readonly NeighborFinder _finder = new();

    /// <summary>The cell last computed.</summary>
    public VoronoiCell Cell { get; } = new();

    /// <summary>The neighbors that its facets refer to.</summary>
    public ReadOnlySpan<Neighbor> Neighbors => _finder.Found;

    /// <summary>Computes the cell that the atoms within the cutoff form; if it is not closed, within twice the cutoff, and so on.</summary>
    /// <param name="structure">The crystal; consecutive calls for the same one are fastest.</param>
    /// <param name="atom">Index of the atom in the cell.</param>
    /// <param name="cutoff">Largest distance of neighbors that shape a closed cell, Å; infinite for the exact cell.</param>
    /// <returns>False when 20,000 neighbors do not close the cell.</returns>
    public bool Compute(CrystalStructure structure, int atom, double cutoff)
    {
        _finder.Load(structure);
        double radius = Math.Min(cutoff, Math.Cbrt(0.75 / Math.PI * FirstCount * structure.Cell.Volume / structure.AtomCount));
        while (_finder.Collect(atom, radius, LargestCount))
        {
            Cell.Compute(_finder.Found);
            if (IsFinal(radius, cutoff))
                return true;
            if (radius >= cutoff)
                cutoff *= 2;
            radius = Math.Min(cutoff, Cell.IsClosed ? Math.Max(radius, 2 * Cell.FarthestCornerAngstrom) : 1.5 * radius);
        }

        return false;
    }

    /// <summary>Computes the cell from a part of the neighbors; false when farther ones may matter.</summary>
    /// <param name="neighbors">Neighbors in ascending distance.</param>
    /// <param name="reach">Distance to which they are complete, Å.</param>
    /// <param name="cutoff">As for <see cref="Compute(CrystalStructure, int, double)"/>.</param>
    public bool Compute(ReadOnlySpan<Neighbor> neighbors, double reach, double cutoff)
    {
        Cell.Compute(neighbors);
        return IsFinal(reach, cutoff);
    }

    private bool IsFinal(double reach, double cutoff) => Cell.IsClosed && (reach >= cutoff || 2 * Cell.FarthestCornerAngstrom <= reach);
}
