using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Properties.Model;

/// <summary>Angles of atoms as links from bond to bond: the cosine between each two bonds of an atom, in both directions.</summary>
internal static class AngleLinks
{
    /// <summary>The angles between the bonds of <see cref="BondLinks.Single"/>.</summary>
    public static GraphLinks Of(NeighborList list, int[] ends)
    {
        var first = new List<int> { 0 };
        var neighbors = new List<int>();
        var cosines = new List<double>();
        for (int atom = 0, bond = 0; atom < ends.Length; atom++)
        {
            int start = list.Offsets[atom], count = ends[atom] - start;
            for (int a = 0; a < count; a++)
            {
                for (int b = 0; b < count; b++)
                {
                    if (b == a)
                        continue;
                    neighbors.Add(bond + b);
                    cosines.Add(Cosine(list, start + a, start + b));
                }

                first.Add(neighbors.Count);
            }

            bond += count;
        }

        int[] shells = new int[cosines.Count], ones = new int[cosines.Count];
        double[] found = DistanceShells.Find([.. cosines], shells);
        Array.Fill(ones, 1);
        return new GraphLinks([.. first], [.. neighbors], shells, ones, found);
    }

    private static double Cosine(NeighborList list, int a, int b) =>
        Cartesian.Dot(list.Vectors[a], list.Vectors[b]) / (list.Distances[a] * list.Distances[b]);
}
