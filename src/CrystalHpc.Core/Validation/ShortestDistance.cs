using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Neighbors;
using CrystalHpc.Core.OxidationStates;

namespace CrystalHpc.Core.Validation;

/// <summary>Finds the pair of atoms that lies closest for its elements.</summary>
public static class ShortestDistance
{
    /// <summary>A pair of atoms.</summary>
    /// <param name="First">Site of the first atom.</param>
    /// <param name="Second">Site of the second atom.</param>
    /// <param name="DistanceAngstrom">Their distance, Å.</param>
    /// <param name="Fraction">The distance as a fraction of the sum of the covalent radii.</param>
    public readonly record struct Pair(int First, int Second, double DistanceAngstrom, double Fraction);

    /// <summary>
    /// The pair with the smallest fraction among those below a limit; null when there is none. Atoms that exclude one another, being
    /// alternatives of a disordered group (occupancies adding up to at most 1), do not count.
    /// </summary>
    /// <param name="structure">The structure.</param>
    /// <param name="fraction">Fraction of the covalent radii's sum below which a distance counts.</param>
    public static Pair? Below(CrystalStructure structure, double fraction)
    {
        ArgumentNullException.ThrowIfNull(structure);
        int[] centers = [.. Enumerable.Range(0, structure.Sites.Count).Select(structure.FirstAtom)];
        double reach = structure.Sites.Select(site => ElementData.CovalentRadiusAngstrom(site.Element)).DefaultIfEmpty(0).Max();
        NeighborList neighbors = NeighborSearch.Find(structure, centers, 2 * reach * fraction);
        Pair? closest = null;
        for (int site = 0; site < centers.Length; site++)
        {
            AtomSite center = structure.Sites[site];
            for (int entry = neighbors.Offsets[site]; entry < neighbors.Offsets[site + 1]; entry++)
            {
                AtomSite other = structure.SiteAt(neighbors.Atoms[entry]);
                double sum = ElementData.CovalentRadiusAngstrom(center.Element) + ElementData.CovalentRadiusAngstrom(other.Element);
                double ratio = neighbors.Distances[entry] / sum;
                if (ratio < fraction && !(ratio >= closest?.Fraction) && !DisorderCheck.AreAlternatives(center, other))
                    closest = new Pair(site, structure.SiteOfAtom[neighbors.Atoms[entry]], neighbors.Distances[entry], ratio);
            }
        }

        return closest;
    }
}
