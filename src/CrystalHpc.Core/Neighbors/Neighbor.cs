using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>One neighbor while it is being collected and sorted; <see cref="NeighborList"/> keeps the same values by column.</summary>
internal readonly record struct Neighbor(int Atom, CellImage Image, Cartesian Vector, double Distance)
{
    // Rounding noise of a distance is some 1e-13 Å; distances of atoms that symmetry does not relate differ by more than this.
    private const double TieAngstrom = 1e-8;

    /// <summary>
    /// Sorts by distance; neighbors whose distances follow one another within 1e-8 Å count as equally far and are ordered by atom
    /// and image, so that the order does not depend on rounding noise.
    /// </summary>
    public static void Sort(Span<Neighbor> neighbors)
    {
        neighbors.Sort(static (left, right) => left.Distance.CompareTo(right.Distance));
        for (int start = 0; start < neighbors.Length;)
        {
            int end = start + 1;
            while (end < neighbors.Length && neighbors[end].Distance - neighbors[end - 1].Distance <= TieAngstrom)
                end++;
            if (end - start > 1)
                neighbors[start..end].Sort(static (left, right) => CompareIdentity(left, right));
            start = end;
        }
    }

    private static int CompareIdentity(in Neighbor left, in Neighbor right)
    {
        int order = left.Atom.CompareTo(right.Atom);
        if (order == 0)
            order = left.Image.A.CompareTo(right.Image.A);
        if (order == 0)
            order = left.Image.B.CompareTo(right.Image.B);
        return order == 0 ? left.Image.C.CompareTo(right.Image.C) : order;
    }
}
