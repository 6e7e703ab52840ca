using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>Tells ordered structures from disordered ones, for assigning states and for judging structures.</summary>
public static class DisorderCheck
{
    private const double FullOccupancy = 0.999;

    // Two atoms this close share one position: a mixed site whose occupancies the file may have lost.
    private const double CoincidenceAngstrom = 0.1;

    // Occupancies that add up to 1 may be rounded.
    private const double LargestShared = 1.01;

    /// <summary>
    /// The first site that is partly occupied, belongs to a disorder group, or shares its position with another site; null when the
    /// structure is ordered.
    /// </summary>
    public static AtomSite? FirstDisordered(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return structure.Sites.FirstOrDefault(site => site.Occupancy < FullOccupancy || site.DisorderGroup.Length > 0)
            ?? FirstOverfull(structure);
    }

    /// <summary>
    /// The first site that shares its position with another although both cannot be there: occupancies that add up to more than 1, or were
    /// lost.
    /// Null when there is none. The composition of such a structure is not what its atom list says.
    /// </summary>
    public static AtomSite? FirstOverfull(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        int[] centers = [.. Enumerable.Range(0, structure.Sites.Count).Select(structure.FirstAtom)];
        NeighborList neighbors = NeighborSearch.Find(structure, centers, CoincidenceAngstrom);
        for (int site = 0; site < centers.Length; site++)
        {
            double total = structure.Sites[site].Occupancy;
            for (int entry = neighbors.Offsets[site]; entry < neighbors.Offsets[site + 1]; entry++)
            {
                if (structure.SiteOfAtom[neighbors.Atoms[entry]] != site)
                    total += structure.SiteAt(neighbors.Atoms[entry]).Occupancy;
            }

            if (total > structure.Sites[site].Occupancy && total > LargestShared)
                return structure.Sites[site];
        }

        return null;
    }

    /// <summary>
    /// True when two atoms exclude one another: alternatives of a disordered group, or occupancies that add up to at most 1.
    /// </summary>
    internal static bool AreAlternatives(AtomSite first, AtomSite second) =>
        first.Occupancy + second.Occupancy <= LargestShared
        || (first.DisorderGroup.Length > 0 && second.DisorderGroup.Length > 0 && first.DisorderGroup != second.DisorderGroup);
}
