using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>Tells ordered structures from disordered ones, for assigning states and for judging structures.</summary>
public static class DisorderCheck
{
    private const double FullOccupancy = 0.999;

    // Two atoms this close share one position: a mixed site whose occupancies the file may have lost.
    private const double CoincidenceAngstrom = 0.1;

    /// <summary>
    /// The first site that is partly occupied, belongs to a disorder group, or shares its position with another site; null when the
    /// structure is ordered.
    /// </summary>
    public static AtomSite? FirstDisordered(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        foreach (AtomSite site in structure.Sites)
        {
            if (site.Occupancy < FullOccupancy || site.DisorderGroup.Length > 0)
                return site;
        }

        int[] centers = [.. Enumerable.Range(0, structure.Sites.Count).Select(structure.FirstAtom)];
        NeighborList neighbors = NeighborSearch.Find(structure, centers, CoincidenceAngstrom);
        for (int site = 0; site < centers.Length; site++)
        {
            for (int entry = neighbors.Offsets[site]; entry < neighbors.Offsets[site + 1]; entry++)
            {
                if (structure.SiteOfAtom[neighbors.Atoms[entry]] != site)
                    return structure.Sites[site];
            }
        }

        return null;
    }
}
