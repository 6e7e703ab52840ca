using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Engine.Structures;

namespace CrystalHpc.BondValence.Commands;

/// <summary>Equal bonds of a cation site: to one anion site, of one length.</summary>
/// <param name="Cation">The site that makes them.</param>
/// <param name="Anion">The site that they lead to.</param>
/// <param name="DistanceAngstrom">Their length, Å.</param>
/// <param name="Count">Bonds of one atom of the cation site.</param>
/// <param name="Known">What the table says of them; null where it lacks the pair.</param>
internal sealed record SiteBonds(AtomSite Cation, AtomSite Anion, double DistanceAngstrom, int Count, TabulatedBond? Known)
{
    /// <summary>The bonds that cations make to anions, by cation site and length; those of the equations.</summary>
    public static IReadOnlyList<SiteBonds> Of(CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, IValenceTable table)
    {
        var found = new List<SiteBonds>();
        foreach (CoordinationShell shell in shells.Where(shell => IsFirstCation(structure, shell.Center))
            .OrderBy(shell => structure.SiteOfAtom[shell.Center]))
        {
            AtomSite cation = structure.SiteAt(shell.Center);
            IEnumerable<CoordinationBond> bonds = shell.Bonds.Where(bond => structure.SiteAt(bond.Atom).Charge < 0);
            foreach (IGrouping<int, CoordinationBond> site in bonds.GroupBy(bond => structure.SiteOfAtom[bond.Atom]))
            {
                foreach (CoordinationBond[] equal in EqualLengths(site))
                {
                    double length = equal.Average(bond => bond.DistanceAngstrom);
                    AtomSite anion = structure.Sites[site.Key];
                    found.Add(new SiteBonds(cation, anion, length, equal.Length, table.Find(cation, anion, length)));
                }
            }
        }

        return [.. found.GroupBy(bond => bond.Cation).SelectMany(bonds => bonds.OrderBy(bond => bond.DistanceAngstrom))];
    }

    private static bool IsFirstCation(CrystalStructure structure, int atom) =>
        structure.SiteAt(atom).Charge > 0 && structure.FirstAtom(structure.SiteOfAtom[atom]) == atom;

    private static IEnumerable<CoordinationBond[]> EqualLengths(IEnumerable<CoordinationBond> bonds)
    {
        var equal = new List<CoordinationBond>();
        foreach (CoordinationBond bond in bonds.OrderBy(bond => bond.DistanceAngstrom))
        {
            if (equal.Count > 0 && bond.DistanceAngstrom - equal[^1].DistanceAngstrom > EquationTolerances.EqualLengthAngstrom)
            {
                yield return [.. equal];
                equal.Clear();
            }

            equal.Add(bond);
        }

        if (equal.Count > 0)
            yield return [.. equal];
    }
}
