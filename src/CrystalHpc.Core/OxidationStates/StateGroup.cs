using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Neighbors;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>The atoms of one element in one role, with the states that they may have.</summary>
internal sealed class StateGroup
{
    // States of anions: the electrons that fill the outer shell.
    private static readonly Dictionary<Element, int> AnionStates = new()
    {
        [Element.Of("F")] = -1, [Element.Of("Cl")] = -1, [Element.Of("Br")] = -1, [Element.Of("I")] = -1,
        [Element.Of("O")] = -2, [Element.Of("S")] = -2, [Element.Of("Se")] = -2, [Element.Of("Te")] = -2,
        [Element.Of("N")] = -3, [Element.Of("P")] = -3, [Element.Of("As")] = -3,
    };

    private StateGroup(SiteRole role, IReadOnlyDictionary<Element, int> named) => (Role, States) = (role, StatesOf(role, named));

    /// <summary>Element and role.</summary>
    public SiteRole Role { get; }

    /// <summary>Candidate states, ascending.</summary>
    public int[] States { get; }

    /// <summary>How frequent each state is beside the structure's main anion, relative to the most frequent: 0 to 1.</summary>
    public double[] Frequencies { get; private set; } = [];

    /// <summary>
    /// For each state, the mean shift in Å by which the distances miss it (<see cref="IonicRadii"/>); NaN where radii say nothing.
    /// </summary>
    public double[] MisfitsAngstrom { get; private set; } = [];

    /// <summary>Atoms in the cell, by occupancy.</summary>
    public double Atoms { get; private set; }

    /// <summary>Sites of the group.</summary>
    public List<int> Sites { get; } = [];

    /// <summary>
    /// True when the element has a common state above a candidate, whether or not the name of the compound leaves it open.
    /// </summary>
    public bool HasHigher(int candidate) => Role is { Role: ChemicalRole.Cation, FixedState: 0 }
        && !CommonOxidationStates.Of(Role.Element).IsEmpty && CommonOxidationStates.Of(Role.Element)[^1] > States[candidate];

    /// <summary>The groups of a structure in the order of their roles; null, with a finding, when one has no candidate.</summary>
    public static StateGroup[]? Of(CrystalStructure structure, SiteRole[] roles, ICollection<Finding> findings)
    {
        var groups = new SortedDictionary<SiteRole, StateGroup>();
        IReadOnlyDictionary<Element, int> named = StockNumerals.Read(structure.Metadata.SystematicName);
        for (int site = 0; site < roles.Length; site++)
        {
            if (!groups.TryGetValue(roles[site], out StateGroup? group))
                groups.Add(roles[site], group = new StateGroup(roles[site], named));
            group.Atoms += structure.Multiplicity(site) * structure.Sites[site].Occupancy;
            group.Sites.Add(site);
            if (group.States.Length == 0)
            {
                string role = roles[site].Role == ChemicalRole.Anion ? "anion" : "cation";
                findings.Add(new Finding(OxidationFindings.NoCommonState, $"{roles[site].Element} as {role}"));
                return null;
            }
        }

        Element anion = groups.Values.Where(group => group.Role.Role == ChemicalRole.Anion)
            .MaxBy(group => group.Atoms)!.Role.Element;
        foreach (StateGroup group in groups.Values)
        {
            Element element = group.Role.Element;
            group.Frequencies = group.States.Length == 1
                ? [1]
                : Array.ConvertAll(group.States, state => CommonOxidationStates.RelativeFrequency(element, state, anion));
            group.MisfitsAngstrom = Array.ConvertAll(group.States, _ => double.NaN);
            if (group.Role.Role == ChemicalRole.Cation && element != ChemicalFormula.Hydrogen)
                group.MisfitsAngstrom = group.MeanMisfits(structure, roles);
        }

        return [.. groups.Values];
    }

    /// <summary>For each site of the group and each state, by how much its distances miss the state, Å.</summary>
    public double[][] MisfitsBySite(CrystalStructure structure, SiteRole[] roles)
    {
        NeighborList neighbors = IonicRadii.NeighborsOf(structure, Sites);
        return [.. Sites.Select((_, row) => Array.ConvertAll(
            States, state => IonicRadii.MisfitAngstrom(structure, neighbors, row, roles, Role.Element, state)))];
    }

    private double[] MeanMisfits(CrystalStructure structure, SiteRole[] roles)
    {
        double[][] bySite = MisfitsBySite(structure, roles);
        return [.. States.Select((_, state) => bySite.Average(site => site[state]))];
    }

    // What the number of bonds fixes comes before the name of the compound, and that before what is common.
    private static int[] StatesOf(SiteRole role, IReadOnlyDictionary<Element, int> named)
    {
        Element element = role.Element;
        if (role.FixedState != 0)
            return [role.FixedState];
        if (role.Role == ChemicalRole.Anion)
            return AnionStates.TryGetValue(element, out int state) ? [state] : [];
        if (element == ChemicalFormula.Hydrogen)
            return [1];
        if (named.TryGetValue(element, out int stated))
            return [stated];
        return CommonOxidationStates.Of(element).ToArray();
    }
}
