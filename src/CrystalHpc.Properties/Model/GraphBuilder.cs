using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Learning.Formulas;
using CrystalHpc.Properties.Data;

namespace CrystalHpc.Properties.Model;

/// <summary>
/// Graphs of crystals: each atom with its 12 nearest neighbors within 8 A and all others that are hardly farther than the twelfth, so that
/// symmetry is kept (Xie and Grossman 2018, doi 10.1103/PhysRevLett.120.145301, cut shells).
/// </summary>
public static class GraphBuilder
{
    /// <summary>Neighbors of an atom, at least, where there are so many.</summary>
    public const int LeastNeighbors = 12;

    /// <summary>No neighbor is farther, A.</summary>
    public const double CutoffAngstrom = 8;

    /// <summary>Neighbors farther than the twelfth by no more than this belong to the same shell, A.</summary>
    public const double ShellAngstrom = 0.01;

    /// <summary>Atoms closer than this overlap, A: no bond is as short.</summary>
    public const double LeastDistanceAngstrom = 0.5;

    // Neighbors that the first search expects, and how much farther the next one looks.
    private const double Expected = 24, Growth = 1.3;

    private const double FullOccupancy = 0.999;

    /// <summary>The graph of a structure.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="problem">Why it has none; null when it has.</param>
    public static CrystalGraph? TryCreate(CrystalStructure structure, out Finding? problem)
    {
        ArgumentNullException.ThrowIfNull(structure);
        problem = ProblemOf(structure);
        if (problem is not null)
            return null;
        (NeighborList list, int[] ends) = Nearest(structure);
        int count = 0;
        for (int atom = 0; atom < ends.Length; atom++)
        {
            count += ends[atom] - list.Offsets[atom];
            if (ends[atom] > list.Offsets[atom] && list.Distances[list.Offsets[atom]] < LeastDistanceAngstrom)
            {
                problem = Finding(PropertyFindings.Overlap, FormattableString.Invariant(
                    $"two atoms are {list.Distances[list.Offsets[atom]]:0.000} A apart"));
                return null;
            }
        }

        return Collect(structure, list, ends, count);
    }

    private static Finding? ProblemOf(CrystalStructure structure)
    {
        foreach (AtomSite site in structure.Sites)
        {
            if (site.Occupancy < FullOccupancy || site.DisorderGroup is not ("" or "." or "?"))
                return Finding(PropertyFindings.Disordered,
                    $"the site {site.Label} of {site.Element.Symbol} is disordered or partly occupied");
            if (site.Element.AtomicNumber > Composition.KnownElements)
                return Finding(PropertyFindings.UnknownElement, $"{site.Element.Symbol} has no tabulated properties");
        }

        return structure.AtomCount == 0 ? Finding(PropertyFindings.Unreadable, "it has no atoms") : null;
    }

    // Neighbors of all atoms, and where those that count end.
    private static (NeighborList List, int[] Ends) Nearest(CrystalStructure structure)
    {
        int[] atoms = [.. Enumerable.Range(0, structure.AtomCount)];
        var ends = new int[atoms.Length];
        double radius = Math.Min(CutoffAngstrom, Math.Cbrt(0.75 / Math.PI * Expected * structure.Cell.Volume / structure.AtomCount));
        while (true)
        {
            NeighborList list = NeighborSearch.Find(structure, atoms, radius);
            bool isComplete = true;
            for (int atom = 0; atom < atoms.Length && isComplete; atom++)
                isComplete = TryEnd(list, atom, radius, out ends[atom]);
            if (isComplete)
                return (list, ends);
            radius = Math.Min(CutoffAngstrom, Growth * radius);
        }
    }

    private static bool TryEnd(NeighborList list, int atom, double radius, out int end)
    {
        (int start, int stop) = (list.Offsets[atom], list.Offsets[atom + 1]);
        end = stop;
        if (stop - start < LeastNeighbors)
            return radius >= CutoffAngstrom;
        double limit = list.Distances[start + LeastNeighbors - 1] + ShellAngstrom;
        for (end = start + LeastNeighbors; end < stop && list.Distances[end] <= limit;)
            end++;
        return limit <= radius || radius >= CutoffAngstrom;
    }

    private static CrystalGraph Collect(CrystalStructure structure, NeighborList list, int[] ends, int count)
    {
        var distances = new double[count];
        int next = 0;
        for (int atom = 0; atom < ends.Length; atom++)
        {
            ReadOnlySpan<double> own = list.Distances[list.Offsets[atom]..ends[atom]];
            own.CopyTo(distances.AsSpan(next));
            next += own.Length;
        }

        var shells = new int[count];
        double[] found = DistanceShells.Find(distances, shells);
        var elements = new byte[ends.Length];
        var firstBond = new int[ends.Length + 1];
        var bonds = new List<(int Neighbor, int Shell, int Multiplicity)>(count);
        var places = new Dictionary<(int Neighbor, int Shell), int>();
        next = 0;
        for (int atom = 0; atom < ends.Length; atom++)
        {
            elements[atom] = (byte)(structure.SiteAt(atom).Element.AtomicNumber - 1);
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

            firstBond[atom + 1] = bonds.Count;
        }

        return new CrystalGraph(
            elements, firstBond, [.. bonds.Select(bond => bond.Neighbor)], [.. bonds.Select(bond => bond.Shell)],
                [.. bonds.Select(bond => bond.Multiplicity)], found);
    }

    private static Finding Finding(FindingCode code, string message) => new(code, message);
}
