using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Properties.Model;

/// <summary>The nearest neighbors of all atoms, by whole shells.</summary>
internal static class NearestNeighbors
{
    // The first search expects so many times the neighbors that are wanted; how much farther the next one looks.
    private const double Expected = 2, Growth = 1.3;

    /// <summary>Neighbors of all atoms, and where those that count end in the list.</summary>
    /// <param name="structure">The crystal.</param>
    /// <param name="least">Neighbors of an atom, at least, where there are so many within the cutoff.</param>
    public static (NeighborList List, int[] Ends) Find(CrystalStructure structure, int least)
    {
        int[] atoms = [.. Enumerable.Range(0, structure.AtomCount)];
        var ends = new int[atoms.Length];
        double radius = Math.Min(
            GraphBuilder.CutoffAngstrom, Math.Cbrt(0.75 / Math.PI * Expected * least * structure.Cell.Volume / structure.AtomCount));
        while (true)
        {
            NeighborList list = NeighborSearch.Find(structure, atoms, radius);
            bool isComplete = true;
            for (int atom = 0; atom < atoms.Length && isComplete; atom++)
                isComplete = TryEnd(list, atom, least, radius, out ends[atom]);
            if (isComplete)
                return (list, ends);
            radius = Math.Min(GraphBuilder.CutoffAngstrom, Growth * radius);
        }
    }

    private static bool TryEnd(NeighborList list, int atom, int least, double radius, out int end)
    {
        (int start, int stop) = (list.Offsets[atom], list.Offsets[atom + 1]);
        end = stop;
        if (stop - start < least)
            return radius >= GraphBuilder.CutoffAngstrom;
        double limit = list.Distances[start + least - 1] + GraphBuilder.ShellAngstrom;
        for (end = start + least; end < stop && list.Distances[end] <= limit;)
            end++;
        return limit <= radius || radius >= GraphBuilder.CutoffAngstrom;
    }
}
