using CrystalHpc.Core.Crystals;

namespace CrystalHpc.Core.Neighbors;

/// <summary>The growing columns of a neighbor list.</summary>
internal sealed class NeighborColumns(int capacity)
{
    /// <summary>Entries filled.</summary>
    public int Count { get; private set; }

    /// <summary>Neighbor atoms.</summary>
    public int[] Atoms { get; private set; } = GC.AllocateUninitializedArray<int>(capacity);

    /// <summary>Their cell images.</summary>
    public CellImage[] Images { get; private set; } = GC.AllocateUninitializedArray<CellImage>(capacity);

    /// <summary>Vectors from the center, Å.</summary>
    public Cartesian[] Vectors { get; private set; } = GC.AllocateUninitializedArray<Cartesian>(capacity);

    /// <summary>Distances from the center, Å.</summary>
    public double[] Distances { get; private set; } = GC.AllocateUninitializedArray<double>(capacity);

    /// <summary>Appends what was collected last; returns the new number of entries.</summary>
    public int Append(NeighborFinder finder)
    {
        int end = checked(Count + finder.Count);
        if (end > Atoms.Length)
            Grow(Math.Max(end, (int)Math.Min(2L * Atoms.Length, Array.MaxLength)));
        finder.Write(Atoms.AsSpan(Count), Images.AsSpan(Count), Vectors.AsSpan(Count), Distances.AsSpan(Count));
        return Count = end;
    }

    private void Grow(int capacity)
    {
        (int[] atoms, CellImage[] images, Cartesian[] vectors, double[] distances) = (Atoms, Images, Vectors, Distances);
        Array.Resize(ref atoms, capacity);
        Array.Resize(ref images, capacity);
        Array.Resize(ref vectors, capacity);
        Array.Resize(ref distances, capacity);
        (Atoms, Images, Vectors, Distances) = (atoms, images, vectors, distances);
    }
}
