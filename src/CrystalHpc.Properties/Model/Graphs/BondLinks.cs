using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Properties.Model;

/// <summary>Bonds of atoms from their lists of neighbors.</summary>
internal static class BondLinks
{
    /// <summary>Neighbors that are images of one atom at one distance are one bond.</summary>
    public static GraphLinks Merged(NeighborList list, int[] ends)
    {
        double[] distances = DistancesOf(list, ends);
        var shells = new int[distances.Length];
        double[] found = DistanceShells.Find(distances, shells);
        var first = new int[ends.Length + 1];
        var bonds = new List<(int Neighbor, int Shell, int Multiplicity)>(distances.Length);
        var places = new Dictionary<(int Neighbor, int Shell), int>();
        int next = 0;
        for (int atom = 0; atom < ends.Length; atom++)
        {
            places.Clear();
            for (int k = list.Offsets[atom]; k < ends[atom]; k++, next++)
            {
                (int Neighbor, int Shell) key = (list.Atoms[k], shells[next]);
                if (places.TryGetValue(key, out int place))
                {
                    bonds[place] = bonds[place] with { Multiplicity = bonds[place].Multiplicity + 1 };
                    continue;
                }

                places.Add(key, bonds.Count);
                bonds.Add((key.Neighbor, key.Shell, 1));
            }

            first[atom + 1] = bonds.Count;
        }

        return new GraphLinks(
            first, [.. bonds.Select(bond => bond.Neighbor)], [.. bonds.Select(bond => bond.Shell)],
            [.. bonds.Select(bond => bond.Multiplicity)], found);
    }

    /// <summary>Each neighbor is a bond with a distance of its own.</summary>
    public static GraphLinks Single(NeighborList list, int[] ends)
    {
        double[] distances = DistancesOf(list, ends);
        var first = new int[ends.Length + 1];
        var neighbors = new int[distances.Length];
        for (int atom = 0; atom < ends.Length; atom++)
        {
            int start = list.Offsets[atom], count = ends[atom] - start;
            list.Atoms.Slice(start, count).CopyTo(neighbors.AsSpan(first[atom]));
            first[atom + 1] = first[atom] + count;
        }

        int[] ones = new int[distances.Length];
        Array.Fill(ones, 1);
        return new GraphLinks(first, neighbors, [.. Enumerable.Range(0, distances.Length)], ones, distances);
    }

    private static double[] DistancesOf(NeighborList list, int[] ends)
    {
        int count = 0;
        for (int atom = 0; atom < ends.Length; atom++)
            count += ends[atom] - list.Offsets[atom];
        var distances = new double[count];
        int next = 0;
        for (int atom = 0; atom < ends.Length; atom++)
        {
            ReadOnlySpan<double> own = list.Distances[list.Offsets[atom]..ends[atom]];
            own.CopyTo(distances.AsSpan(next));
            next += own.Length;
        }

        return distances;
    }
}
