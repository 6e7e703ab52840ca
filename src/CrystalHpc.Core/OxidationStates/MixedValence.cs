using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>
/// Structures that are neutral only if one element has two states. Its sites get them where ionic radii tell the sites apart; where one
/// site would hold both states, or radii do not decide, there is no assignment.
/// </summary>
internal static class MixedValence
{
    /// <summary>One state for each site; null, with a finding, when the states are not determined.</summary>
    public static Assignment? Assign(
        CrystalStructure structure, SiteRole[] roles, StateGroup[] groups, AtomList list, OxidationOptions options,
        ICollection<Finding> findings)
    {
        // One hydrogen atom too few in the sum formula looks just like a cation of a higher state.
        bool isReliable = list.HydrogenIsKnown && list.MissingHydrogen == 0 && structure.Metadata.UnplacedSites == 0;
        StateGroup[] mixed = isReliable ? [.. groups.Where(group => NeedsTwo(group, ChargeOfOthers(groups, group, list)))] : [];
        if (mixed.Length == 0)
        {
            findings.Add(new Finding(OxidationFindings.NoSolution,
                $"{groups.Aggregate(1.0, (product, group) => product * group.States.Length)} combinations"));
            return null;
        }

        string elements = string.Join(" or ", mixed.Select(group => group.Role.Element));
        Assignment? assignment = mixed.Length == 1 && options.AssignMixedValence
            ? BySite(structure, roles, groups, mixed[0], ChargeOfOthers(groups, mixed[0], list), options)
            : null;
        findings.Add(new Finding(OxidationFindings.MixedValence, assignment is null ? elements : $"{elements}, told apart by radii"));
        return assignment;
    }

    // All other elements have their most frequent state.
    private static double ChargeOfOthers(StateGroup[] groups, StateGroup mixed, AtomList list) =>
        list.MissingHydrogen + groups.Where(group => group != mixed).Sum(group => group.Atoms * MostFrequent(group));

    private static int MostFrequent(StateGroup group) => group.States[Array.IndexOf(group.Frequencies, group.Frequencies.Max())];

    private static bool NeedsTwo(StateGroup group, double others)
    {
        double mean = -others / group.Atoms;
        return group.States.Length > 1 && mean > group.States[0] && mean < group.States[^1];
    }

    private static Assignment? BySite(
        CrystalStructure structure, SiteRole[] roles, StateGroup[] groups, StateGroup mixed, double others, OxidationOptions options)
    {
        if (mixed.Sites.Count < 2)
            return null;
        // Each site for itself chooses between the two common states on either side of the mean; together they must be neutral.
        double[][] misfits = mixed.MisfitsBySite(structure, roles);
        int upper = Array.FindIndex(mixed.States, state => state > -others / mixed.Atoms);
        int[] chosen = new int[misfits.Length];
        (double charge, double confidence) = (others, 1);
        for (int row = 0; row < misfits.Length; row++)
        {
            (double lowWeight, double highWeight) = (Weight(misfits[row][upper - 1]), Weight(misfits[row][upper]));
            chosen[row] = highWeight > lowWeight ? upper : upper - 1;
            confidence = Math.Min(confidence, Math.Max(lowWeight, highWeight) / (lowWeight + highWeight + ChargeBalance.UnforeseenWeight));
            int site = mixed.Sites[row];
            charge += structure.Multiplicity(site) * structure.Sites[site].Occupancy * mixed.States[chosen[row]];
        }

        if (!(confidence >= options.MinimumConfidence) || Math.Abs(charge) > options.NeutralityToleranceElectrons)
            return null;
        var states = new double?[roles.Length];
        foreach (StateGroup group in groups)
        {
            for (int row = 0; row < group.Sites.Count; row++)
                states[group.Sites[row]] = group != mixed ? MostFrequent(group) : mixed.States[chosen[row]];
        }

        return new Assignment(states, Math.Round(confidence, 3), true);
    }

    // NaN where radii say nothing: no comparison with it holds.
    private static double Weight(double misfitAngstrom)
    {
        double shift = misfitAngstrom / ChargeBalance.MisfitSpreadAngstrom;
        return PortableMath.Exp(-shift * shift / 2);
    }
}
