using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>Whether the atoms of a site give or take electrons.</summary>
internal enum ChemicalRole
{
    /// <summary>Metal, or nonmetal bonded to a more electronegative one (S in sulfate, Cl in perchlorate).</summary>
    Cation,

    /// <summary>Nonmetal with no more electronegative atom bonded to it.</summary>
    Anion,
}

/// <summary>
/// Tells cations from anions by bonds, not by element: a nonmetal is a cation where a more electronegative nonmetal (Pauling) lies within
/// the sum of the covalent radii plus a tolerance, otherwise an anion. No bond-valence parameter enters.
/// </summary>
internal static class ChemicalRoles
{
    // Bonds between like atoms are told from contacts more strictly: contacts across a shared edge of polyhedra begin at about this excess.
    private const double LikeBondToleranceAngstrom = 0.3;
    private const double PeroxideBondAngstrom = 1.6;

    private static readonly Element Oxygen = Element.Of("O");
    private static readonly Element Carbon = Element.Of("C");
    private static readonly HashSet<Element> Nonmetals =
        [.. "H B C N O F Si P S Cl Ge As Se Br Sb Te I".Split(' ').Select(Element.Of)];

    private static readonly HashSet<Element> CarbonPartners = [.. "O F Cl".Split(' ').Select(Element.Of)];

    /// <summary>One role for each site; null, with a finding, where roles do not describe the bonding.</summary>
    public static ChemicalRole[]? Of(CrystalStructure structure, double bondToleranceAngstrom, ICollection<Finding> findings)
    {
        var roles = new ChemicalRole[structure.Sites.Count];
        int[] sites = [.. Enumerable.Range(0, roles.Length).Where(site => Nonmetals.Contains(structure.Sites[site].Element))];
        int[] centers = [.. sites.Select(structure.FirstAtom)];
        double reach = sites.Select(site => ElementData.CovalentRadiusAngstrom(structure.Sites[site].Element)).DefaultIfEmpty(0).Max();
        NeighborList neighbors = NeighborSearch.Find(structure, centers, 2 * reach + bondToleranceAngstrom);
        for (int row = 0; row < sites.Length; row++)
        {
            Element center = structure.Sites[sites[row]].Element;
            bool givesElectrons = false;
            for (int entry = neighbors.Offsets[row]; entry < neighbors.Offsets[row + 1]; entry++)
            {
                Element other = structure.SiteAt(neighbors.Atoms[entry]).Element;
                double distance = neighbors.Distances[entry];
                double sum = ElementData.CovalentRadiusAngstrom(center) + ElementData.CovalentRadiusAngstrom(other);
                if (!Nonmetals.Contains(other) || distance > sum + bondToleranceAngstrom)
                    continue;
                if (other == center && IsLikeBond(center, distance, sum))
                    return Refuse(OxidationFindings.LikeBond, structure.Sites[sites[row]], other, distance, findings);
                if (center == Carbon && !CarbonPartners.Contains(other))
                    return Refuse(OxidationFindings.Organic, structure.Sites[sites[row]], other, distance, findings);
                givesElectrons |= ElementData.ElectronegativityPauling(other) > ElementData.ElectronegativityPauling(center);
            }

            if (center == ChemicalFormula.Hydrogen && !givesElectrons)
            {
                findings.Add(new Finding(OxidationFindings.Hydride, structure.Sites[sites[row]].Line, 0, structure.Sites[sites[row]].Label));
                return null;
            }

            roles[sites[row]] = givesElectrons ? ChemicalRole.Cation : ChemicalRole.Anion;
        }

        return roles;
    }

    private static bool IsLikeBond(Element element, double distance, double radiusSum)
    {
        if (element == ChemicalFormula.Hydrogen)
            return false;
        return distance < (element == Oxygen ? PeroxideBondAngstrom : radiusSum + LikeBondToleranceAngstrom);
    }

    private static ChemicalRole[]? Refuse(FindingCode code, AtomSite site, Element other, double distance, ICollection<Finding> findings)
    {
        findings.Add(new Finding(code, site.Line, 0, FormattableString.Invariant($"{site.Label}-{other} {distance:0.000} Å")));
        return null;
    }
}
