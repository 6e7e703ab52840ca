using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>
/// Assigns oxidation states from the composition alone: each element has one whole state in each role, anions their usual one, cations one
/// of their common ones, and the cell is neutral. The states are accepted only when exactly one combination fits. Where no sum formula
/// confirms the atom list and it has no hydrogen, only the combination of lowest frequent states is accepted: cations missing from the
/// list, hydrogen above all, make states seem too high, never too low.
/// </summary>
internal static class ChargeBalance
{
    // States of anions: the electrons that fill the outer shell.
    private static readonly Dictionary<Element, int> AnionStates = new()
    {
        [Element.Of("F")] = -1, [Element.Of("Cl")] = -1, [Element.Of("Br")] = -1, [Element.Of("I")] = -1,
        [Element.Of("O")] = -2, [Element.Of("S")] = -2, [Element.Of("Se")] = -2, [Element.Of("Te")] = -2,
        [Element.Of("N")] = -3, [Element.Of("P")] = -3, [Element.Of("As")] = -3,
    };

    /// <summary>One state for each site; null, with a finding, when the states are not determined.</summary>
    public static double?[]? Assign(CrystalStructure structure, OxidationOptions options, ICollection<Finding> findings)
    {
        if (!IsOrderedAndComplete(structure, options, findings, out bool confirmed, out int unplaced))
            return null;
        if (ChemicalRoles.Of(structure, options.BondToleranceAngstrom, findings) is not { } roles)
            return null;
        if (!Array.Exists(roles, role => role.Role == ChemicalRole.Anion) || !Array.Exists(roles, role => role.Role == ChemicalRole.Cation))
        {
            findings.Add(new Finding(OxidationFindings.NoAnion, ChemicalFormula.OfCell(structure).ToString()));
            return null;
        }

        var groups = new SortedDictionary<SiteRole, Group>();
        var groupOfSite = new Group[roles.Length];
        for (int site = 0; site < roles.Length; site++)
        {
            if (!groups.TryGetValue(roles[site], out Group? group))
                groups.Add(roles[site], group = new Group(StatesOf(roles[site])));
            group.Atoms += structure.Multiplicity(site);
            groupOfSite[site] = group;
            if (group.States.Length == 0)
            {
                string role = roles[site].Role == ChemicalRole.Anion ? "anion" : "cation";
                findings.Add(new Finding(OxidationFindings.NoCommonState, $"{roles[site].Element} as {role}"));
                return null;
            }
        }

        if (!FindOnly([.. groups.Values], unplaced, options, findings))
            return null;
        if (!confirmed && groups.Any(group => group.Value.States.Length > 1
            && group.Value.Chosen > CommonOxidationStates.LowestFrequent(group.Key.Element)))
        {
            findings.Add(new Finding(OxidationFindings.Incomplete, "no sum formula, and atoms missing from the list could explain the states"));
            return null;
        }

        return Array.ConvertAll(groupOfSite, group => (double?)group.Chosen);
    }

    private static bool IsOrderedAndComplete(
        CrystalStructure structure, OxidationOptions options, ICollection<Finding> findings, out bool confirmed, out int unplacedHydrogen)
    {
        (confirmed, unplacedHydrogen) = (false, 0);
        if (DisorderCheck.FirstDisordered(structure) is { } disordered)
        {
            findings.Add(new Finding(OxidationFindings.Disordered, disordered.Line, 0, disordered.Label));
            return false;
        }

        FormulaComparison comparison = FormulaComparison.Of(structure);
        // A list that has hydrogen atoms is taken to have them all.
        confirmed = comparison.Agreement == FormulaAgreement.Agrees
            || structure.Sites.Any(site => site.Element == ChemicalFormula.Hydrogen);
        int attached = 0;
        for (int site = 0; site < structure.Sites.Count; site++)
            attached += structure.Multiplicity(site) * structure.Sites[site].AttachedHydrogens;
        if (options.CountUnplacedHydrogen && comparison.Agreement is (FormulaAgreement.HydrogenMissing or FormulaAgreement.Agrees))
        {
            confirmed = true;
            unplacedHydrogen = attached + comparison.MissingHydrogen;
            return true;
        }

        bool complete = comparison.Agreement == FormulaAgreement.Agrees
            || (comparison.Agreement == FormulaAgreement.NoFormula && !options.RequireFormula);
        if (complete && structure.Metadata.UnplacedSites == 0 && attached == 0)
            return true;
        string why = comparison.Agreement == FormulaAgreement.NoFormula ? "no sum formula" : comparison.Detail;
        findings.Add(new Finding(OxidationFindings.Incomplete, why.Length > 0 ? why : "atoms without coordinates"));
        return false;
    }

    private static int[] StatesOf(SiteRole role)
    {
        Element element = role.Element;
        if (role.FixedState != 0)
            return [role.FixedState];
        if (role.Role == ChemicalRole.Anion)
            return AnionStates.TryGetValue(element, out int state) ? [state] : [];
        if (element == ChemicalFormula.Hydrogen)
            return [1];
        return CommonOxidationStates.Of(element).ToArray();
    }

    // Counts through all combinations like an odometer; keeps the first neutral one and stops at a second.
    private static bool FindOnly(Group[] groups, int unplacedHydrogen, OxidationOptions options, ICollection<Finding> findings)
    {
        long combinations = 1;
        foreach (Group group in groups)
            combinations = Math.Min(combinations * group.States.Length, int.MaxValue);
        if (combinations > options.MaximumCombinations)
        {
            findings.Add(new Finding(OxidationFindings.TooManyCombinations, $"{combinations} combinations"));
            return false;
        }

        int solutions = 0;
        for (long combination = 0; combination < combinations && solutions < 2; combination++)
        {
            long rest = combination, charge = unplacedHydrogen;
            foreach (Group group in groups)
            {
                group.Trial = group.States[(int)(rest % group.States.Length)];
                rest /= group.States.Length;
                charge += (long)group.Atoms * group.Trial;
            }

            if (charge != 0)
                continue;
            solutions++;
            foreach (Group group in groups)
                group.Chosen = solutions == 1 ? group.Trial : group.Chosen;
        }

        if (solutions == 1)
            return true;
        findings.Add(new Finding(
            solutions == 0 ? OxidationFindings.NoSolution : OxidationFindings.SeveralSolutions, $"{combinations} combinations"));
        return false;
    }

    /// <summary>The atoms of one element in one role.</summary>
    private sealed class Group(int[] states)
    {
        public int[] States { get; } = states;

        public int Atoms { get; set; }

        public int Trial { get; set; }

        public int Chosen { get; set; }
    }
}
