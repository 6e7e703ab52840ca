using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
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

/// <summary>Role of a site.</summary>
/// <param name="Element">Its element.</param>
/// <param name="Role">Cation or anion.</param>
/// <param name="FixedState">State that the number of bonds fixes; 0 when it does not.</param>
internal readonly record struct SiteRole(Element Element, ChemicalRole Role, int FixedState) : IComparable<SiteRole>
{
    /// <inheritdoc/>
    public int CompareTo(SiteRole other) => (Element, Role, FixedState).CompareTo((other.Element, other.Role, other.FixedState));
}

/// <summary>
/// Tells cations from anions by bonds, not by element: a nonmetal is a cation where a more electronegative nonmetal (Pauling) lies within
/// the sum of the covalent radii plus a tolerance, otherwise an anion. The central atoms of oxoanions have all their valence electrons in
/// bonds when four or more atoms surround them (sulfate, perchlorate; three for nitrate), and keep one pair when one less does (sulfite,
/// chlorate, nitrite). Two like atoms bonded to one another and to no other like atom share an electron pair: peroxide, disulfide. Metal
/// atoms are never asked for like ones: what binds them to one another shows in their states (Hg1+, W4+). Partly
/// occupied neighbors count by their occupancy, alternatives of one another not at all. No bond-valence parameter enters.
/// </summary>
internal static class ChemicalRoles
{
    // Bonds between like atoms are told from contacts more strictly.
    private const double LikeBondToleranceAngstrom = 0.3;

    // Atoms that a more electronegative one bridges are cations of polyhedra with a common edge or corner, pushed apart: Sb-Sb of 3.05 Å
    // between octahedra is 0.27 Å longer than the radii, Te-Te of 3.1 Å and Si-Si of 2.5 Å likewise. Bonds beside a bridge (As-As of 2.45
    // Å) are not.
    private const double BridgedBondToleranceAngstrom = 0.15;
    private const double PeroxideBondAngstrom = 1.6;

    // The bond of superoxide is 1.33 Å long, that of peroxide 1.49 Å.
    private const double ShortestPeroxideAngstrom = 1.42;

    // C=O of carbon dioxide is 1.16 Å long, the bonds of carbonate 1.28 Å.
    private const double DoubleBondAngstrom = 1.22;

    // Highest state (the group's number of valence electrons) and the number of bonds from which it is reached.
    private static readonly Dictionary<Element, (int Highest, int Bonds)> CentralAtoms = new()
    {
        [Element.Of("C")] = (4, 3), [Element.Of("N")] = (5, 3), [Element.Of("P")] = (5, 4), [Element.Of("As")] = (5, 4),
        [Element.Of("S")] = (6, 4), [Element.Of("Se")] = (6, 4), [Element.Of("Cl")] = (7, 4), [Element.Of("Br")] = (7, 4),
    };

    private static readonly Element Oxygen = Element.Of("O");
    private static readonly Element Carbon = Element.Of("C");
    private static readonly HashSet<Element> Nonmetals =
        [.. "H B C N O F Si P S Cl Ge As Se Br Sb Te I".Split(' ').Select(Element.Of)];

    private static readonly HashSet<Element> CarbonPartners = [.. "N O F Cl".Split(' ').Select(Element.Of)];

    // Elements that form pairs X2(2-) with the usual state of one electron less for each atom.
    private static readonly HashSet<Element> Paired = [.. "O S Se Te".Split(' ').Select(Element.Of)];

    /// <summary>One role for each site; null, with a finding, where roles do not describe the bonding.</summary>
    public static SiteRole[]? Of(CrystalStructure structure, double bondToleranceAngstrom, ICollection<Finding> findings)
    {
        var roles = new SiteRole[structure.Sites.Count];
        for (int site = 0; site < roles.Length; site++)
            roles[site] = new SiteRole(structure.Sites[site].Element, ChemicalRole.Cation, 0);
        int[] sites = [.. Enumerable.Range(0, roles.Length).Where(site => Nonmetals.Contains(structure.Sites[site].Element))];
        int[] centers = [.. sites.Select(structure.FirstAtom)];
        double reach = sites.Select(site => ElementData.CovalentRadiusAngstrom(structure.Sites[site].Element)).DefaultIfEmpty(0).Max();
        NeighborList neighbors = NeighborSearch.Find(structure, centers, 2 * reach + bondToleranceAngstrom);
        for (int row = 0; row < sites.Length; row++)
        {
            AtomSite site = structure.Sites[sites[row]];
            Element center = site.Element;
            (double partners, double like, double dioxide) = (0, 0, 0);
            for (int entry = neighbors.Offsets[row]; entry < neighbors.Offsets[row + 1]; entry++)
            {
                AtomSite neighbor = structure.SiteAt(neighbors.Atoms[entry]);
                Element other = neighbor.Element;
                double distance = neighbors.Distances[entry];
                double sum = ElementData.CovalentRadiusAngstrom(center) + ElementData.CovalentRadiusAngstrom(other);
                if (!Nonmetals.Contains(other) || distance > sum + bondToleranceAngstrom || DisorderCheck.AreAlternatives(site, neighbor))
                    continue;
                if (other == center && IsLikeBond(structure, neighbors, row, entry, sum))
                {
                    like += neighbor.Occupancy;
                    if (!Paired.Contains(center) || like > 1 || (center == Oxygen && distance < ShortestPeroxideAngstrom))
                        return Refuse(OxidationFindings.LikeBond, site, Bond(other, distance), findings);
                }

                if (center == Carbon && !CarbonPartners.Contains(other))
                    return Refuse(OxidationFindings.Organic, site, Bond(other, distance), findings);
                partners += ElementData.ElectronegativityPauling(other) > ElementData.ElectronegativityPauling(center)
                    ? neighbor.Occupancy : 0;
                dioxide += center == Carbon && other == Oxygen && distance < DoubleBondAngstrom ? neighbor.Occupancy : 0;
            }

            int bonds = (int)Math.Round(partners);
            if (center == ChemicalFormula.Hydrogen && bonds == 0)
                return Refuse(OxidationFindings.Hydride, site, "no bond to a more electronegative atom", findings);
            bool isDioxide = bonds == 2 && dioxide > 1.5;
            if (center == Carbon && bonds < CentralAtoms[Carbon].Bonds && !isDioxide)
                return Refuse(OxidationFindings.Organic, site, $"{bonds} bonds to N, O, F, Cl", findings);
            if (like > 0 && bonds > 0)
                return Refuse(OxidationFindings.LikeBond, site, "bonded to a like atom and to others", findings);
            roles[sites[row]] = bonds == 0
                ? new SiteRole(center, ChemicalRole.Anion, like > 0 ? -1 : 0)
                : new SiteRole(center, ChemicalRole.Cation, isDioxide ? CentralAtoms[Carbon].Highest : StateFor(center, bonds));
        }

        return roles;
    }

    private static int StateFor(Element center, int bonds)
    {
        if (!CentralAtoms.TryGetValue(center, out (int Highest, int Bonds) atom))
            return 0;
        return bonds >= atom.Bonds ? atom.Highest : bonds == atom.Bonds - 1 ? atom.Highest - 2 : 0;
    }

    private static bool IsLikeBond(CrystalStructure structure, NeighborList neighbors, int row, int like, double radiusSum)
    {
        Element element = structure.SiteAt(neighbors.Atoms[like]).Element;
        double distance = neighbors.Distances[like];
        if (element == ChemicalFormula.Hydrogen)
            return false;
        if (element == Oxygen)
            return distance < PeroxideBondAngstrom;
        return distance < radiusSum + BridgedBondToleranceAngstrom
            || (distance < radiusSum + LikeBondToleranceAngstrom && !IsBridged(structure, neighbors, row, like));
    }

    // Whether a more electronegative nonmetal is bonded to both a center and one of its neighbors.
    private static bool IsBridged(CrystalStructure structure, NeighborList neighbors, int row, int like)
    {
        Element element = structure.SiteAt(neighbors.Atoms[like]).Element;
        for (int entry = neighbors.Offsets[row]; entry < neighbors.Offsets[row + 1]; entry++)
        {
            Element other = structure.SiteAt(neighbors.Atoms[entry]).Element;
            double reach = LikeBondToleranceAngstrom + ElementData.CovalentRadiusAngstrom(element)
                + ElementData.CovalentRadiusAngstrom(other);
            if (Nonmetals.Contains(other) && ElementData.ElectronegativityPauling(other) > ElementData.ElectronegativityPauling(element)
                && neighbors.Distances[entry] < reach && (neighbors.Vectors[like] - neighbors.Vectors[entry]).Length < reach)
                return true;
        }

        return false;
    }

    private static SiteRole[]? Refuse(FindingCode code, AtomSite site, string why, ICollection<Finding> findings)
    {
        findings.Add(new Finding(code, site.Line, 0, $"{site.Label}: {why}"));
        return null;
    }

    private static string Bond(Element other, double distance) => FormattableString.Invariant($"bond to {other} of {distance:0.000} Å");
}
