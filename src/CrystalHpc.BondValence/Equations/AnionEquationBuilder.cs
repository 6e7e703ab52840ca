using CrystalHpc.Core.Coordination;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.OxidationStates;

namespace CrystalHpc.BondValence.Equations;

/// <summary>
/// Writes the bond-valence equations of the anions of one structure, over the bonds that the cations' own shells make to them. Whether a
/// bond exists is asked at its cation only, so that both ends agree: if every atom of a cation site of multiplicity m_C makes n equal bonds
/// to an anion site of multiplicity m_X, every atom of the anion site takes part in n m_C / m_X of them.
/// </summary>
public static class AnionEquationBuilder
{
    /// <summary>Equations of the anion sites in the order of sites. Anions that no cation binds give none, but a finding.</summary>
    /// <param name="structure">The structure with its oxidation states.</param>
    /// <param name="shells">The shells that the cation equations were made from.</param>
    /// <param name="cations">Equations of the cation sites of the structure.</param>
    /// <param name="findings">Receives what makes a sum incomplete.</param>
    public static IReadOnlyList<SiteEquation> Build(
        CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, IReadOnlyList<SiteEquation> cations,
        ICollection<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(shells);
        ArgumentNullException.ThrowIfNull(cations);
        ArgumentNullException.ThrowIfNull(findings);
        if (cations.Count == 0)
            return [];
        ILookup<int, Contact> contacts = Contacts(structure, shells, cations).ToLookup(contact => contact.Anion);
        bool isComplete = IsComplete(structure, cations);
        List<SiteEquation> equations = [];
        for (int site = 0; site < structure.Sites.Count; site++)
        {
            AtomSite center = structure.Sites[site];
            if (!(center.Charge < 0) || !EquationBuilder.TryGetSpecies(center, out Species anion) || !EquationBuilder.IsFull(center))
                continue;
            bool isWhole = true;
            List<EquationBond> bonds = [];
            foreach (List<Contact> kind in Kinds(contacts[site]))
            {
                int ends = kind.Count * structure.Multiplicity(kind[0].Cation.SiteIndex);
                int count = (ends + structure.Multiplicity(site) - 1) / structure.Multiplicity(site);
                isWhole &= count * structure.Multiplicity(site) == ends;
                bonds.AddRange(Enumerable.Repeat(new EquationBond(kind[0].Cation.Center, kind[0].DistanceAngstrom), count));
            }

            if (bonds.Count == 0)
                findings.Add(new Finding(EquationFindings.NoCationNeighbors, center.Line, 0, $"site {center.Label} ({anion})"));
            if (!isWhole)
                findings.Add(new Finding(EquationFindings.UnevenShells, center.Line, 0, $"site {center.Label} ({anion})"));
            if (bonds.Count == 0)
                continue;
            bonds.Sort((left, right) => left.DistanceAngstrom != right.DistanceAngstrom
                ? left.DistanceAngstrom.CompareTo(right.DistanceAngstrom)
                : left.Neighbor.CompareTo(right.Neighbor));
            equations.Add(new SiteEquation
            {
                StructureId = cations[0].StructureId,
                SiteIndex = site,
                SiteLabel = center.Label,
                Center = anion,
                Multiplicity = structure.Multiplicity(site),
                GroupId = cations[0].GroupId,
                IsComplete = isComplete && isWhole,
                Bonds = bonds,
            });
        }

        return equations;
    }

    private static IEnumerable<Contact> Contacts(
        CrystalStructure structure, IReadOnlyList<CoordinationShell> shells, IReadOnlyList<SiteEquation> cations)
    {
        Dictionary<int, CoordinationShell> shellOf = shells.ToDictionary(shell => shell.Center);
        foreach (SiteEquation cation in cations)
        {
            foreach (CoordinationBond bond in shellOf[structure.FirstAtom(cation.SiteIndex)].Bonds)
                yield return new Contact(structure.SiteOfAtom[bond.Atom], cation, bond.DistanceAngstrom);
        }
    }

    // Bonds of one cation site and one length.
    private static IEnumerable<List<Contact>> Kinds(IEnumerable<Contact> contacts)
    {
        List<Contact> kind = [];
        foreach (Contact contact in contacts.OrderBy(contact => contact.Cation.SiteIndex).ThenBy(contact => contact.DistanceAngstrom))
        {
            bool continues = kind.Count > 0 && kind[^1].Cation.SiteIndex == contact.Cation.SiteIndex
                && contact.DistanceAngstrom - kind[^1].DistanceAngstrom <= EquationTolerances.EqualLengthAngstrom;
            if (kind.Count > 0 && !continues)
            {
                yield return kind;
                kind = [];
            }

            kind.Add(contact);
        }

        if (kind.Count > 0)
            yield return kind;
    }

    // Nothing can be missing: every atom is there and nothing else, all states are known and balance, every cation site has its equation.
    private static bool IsComplete(CrystalStructure structure, IReadOnlyList<SiteEquation> cations) =>
        structure.Sites.All(site => site.Charge is not null && site.AttachedHydrogens == 0)
        && structure.Sites.Count(site => site.Charge > 0) == cations.Count
        && Math.Abs(Enumerable.Range(0, structure.Sites.Count).Sum(site
            => structure.Multiplicity(site) * structure.Sites[site].Charge!.Value)) < EquationTolerances.NeutralityElectrons
        && FormulaComparison.Of(structure).Agreement == FormulaAgreement.Agrees
        && DisorderCheck.FirstDisordered(structure) is null;

    private readonly record struct Contact(int Anion, SiteEquation Cation, double DistanceAngstrom);
}
