using System.Globalization;
using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>Assigned states.</summary>
/// <param name="States">One for each site.</param>
/// <param name="Confidence">Share of the chosen combination in the weights of all, 0 to 1, three decimals.</param>
/// <param name="ByRadii">True when ionic radii had a say.</param>
internal readonly record struct Assignment(double?[] States, double Confidence, bool ByRadii);

/// <summary>
/// Assigns oxidation states so that the cell is neutral: each element has one whole state in each role, anions their usual one, cations one
/// of their common ones. Every neutral combination has a weight, the product of how frequent its states are; the heaviest is accepted when
/// it makes up nearly all of the weight. Distances that contradict its states by ionic radii refuse it. Where nothing tells
/// whether hydrogen is missing, states are accepted only if no number of missing hydrogen atoms could change them, or if no oxygen atom has
/// room for one.
/// </summary>
internal static class ChargeBalance
{
    // Weight of whatever no combination describes: against the weight of the combination chosen where ionic radii confirm its states, so
    // that rare ones that alone are neutral are believed; else against 1, that of a combination of most frequent states.
    internal const double UnforeseenWeight = 0.005;

    // Spread of the mean misfit to ionic radii around the right state.
    internal const double MisfitSpreadAngstrom = 0.06;

    /// <summary>One state for each site; null, with a finding, when the states are not determined.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="options">What is believed.</param>
    /// <param name="findings">Receives why states are not determined.</param>
    /// <param name="known">States by site that are known beforehand; null: none are.</param>
    public static Assignment? Assign(CrystalStructure structure, OxidationOptions options, ICollection<Finding> findings,
        double?[]? known = null)
    {
        if (AtomList.Of(structure, options, findings) is not { } list)
            return null;
        if (ChemicalRoles.Of(structure, options.BondToleranceAngstrom, findings) is not { } roles)
            return null;
        for (int site = 0; site < roles.Length; site++)
        {
            if (known?[site] is { } state)
                roles[site] = new SiteRole(roles[site].Element, state < 0 ? ChemicalRole.Anion : ChemicalRole.Cation, (int)state);
        }

        if (!Array.Exists(roles, role => role.Role == ChemicalRole.Anion) || !Array.Exists(roles, role => role.Role == ChemicalRole.Cation))
        {
            findings.Add(new Finding(OxidationFindings.NoAnion, ChemicalFormula.OfCell(structure).ToString()));
            return null;
        }

        if (StateGroup.Of(structure, roles, findings) is not { } groups)
            return null;
        double combinations = groups.Aggregate(1.0, (product, group) => product * group.States.Length);
        if (combinations > options.MaximumCombinations)
        {
            findings.Add(new Finding(OxidationFindings.TooManyCombinations, FormattableString.Invariant($"{combinations} combinations")));
            return null;
        }

        Choice choice = Choose(structure, groups, list, options);
        double inferred = choice.Best is null || list.HydrogenIsKnown ? 0 : Math.Max(0, -choice.Charge);
        if (!list.AgreesWithDensity(inferred))
        {
            (double fewest, double most) = list.ByDensity!.Value;
            findings.Add(new Finding(OxidationFindings.AgainstDensity, FormattableString.Invariant(
                $"as hydrogen, {fewest:0} to {most:0} atoms are missing from the cell by its density, {inferred:0.##} by the states")));
            return null;
        }

        if (choice.Best is null)
            return MixedValence.Assign(structure, roles, groups, list, options, findings);
        return Accept(structure, groups, choice, list, options, findings) ? Result(groups, choice, roles.Length) : null;
    }

    private static bool Accept(
        CrystalStructure structure, StateGroup[] groups, Choice choice, AtomList list, OxidationOptions options,
        ICollection<Finding> findings)
    {
        if (!list.HydrogenIsKnown && !choice.ByRadii && !IsSafeWithoutHydrogen(structure, groups, choice, options))
        {
            findings.Add(new Finding(OxidationFindings.Incomplete,
                "no sum formula, and atoms missing from the list could explain the states"));
            return false;
        }

        if (choice.Confidence < options.MinimumConfidence)
        {
            findings.Add(new Finding(OxidationFindings.SeveralSolutions,
                FormattableString.Invariant($"the best has {choice.Confidence:0.000} of the weight")));
            return false;
        }

        bool inferred = !list.HydrogenIsKnown && choice.Charge < -options.NeutralityToleranceElectrons;
        if ((AgainstRadii(groups, choice, inferred, options) ?? AgainstLowerState(structure, groups, choice, list, options)) is { } against)
        {
            findings.Add(new Finding(OxidationFindings.AgainstRadii, against));
            return false;
        }

        if (inferred)
            findings.Add(new Finding(OxidationFindings.HydrogenInferred,
                FormattableString.Invariant($"{-choice.Charge:0.##} in the cell")));
        return true;
    }

    // Elements with a choice must suit their radii. In a cell that is short of hydrogen all must, and better: there elements too may be
    // missing, mixed sites listed as one of them for instance, and that shows by their distances.
    private static string? AgainstRadii(StateGroup[] groups, Choice choice, bool inferred, OxidationOptions options)
    {
        double limit = inferred ? options.MaximumMisfitAngstrom / 2 : options.MaximumMisfitAngstrom;
        bool isHard = groups.All(group => group.Role.Role == ChemicalRole.Cation || IsHard(group));
        for (int g = 0; g < groups.Length; g++)
        {
            StateGroup group = groups[g];
            double misfit = group.MisfitsAngstrom[choice.Best![g]];
            // Soft anions come closer than their radii; and where there is no higher state, short bonds are no argument.
            bool tooShort = isHard && group.HasHigher(choice.Best[g]) && misfit > limit;
            bool tooLong = (inferred || group.States.Length > 1) && -misfit > limit;
            if (tooShort || tooLong)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"{group.Role.Element}{group.States[choice.Best[g]]:+0}: bonds {Math.Abs(misfit):0.00} Å too "
                    + $"{(tooShort ? "short" : "long")}");
            }
        }

        return null;
    }

    // Formulas made of the atom list (AMCSD) lack hydrogen where it does: oxygen bound to one element alone is short of valence, and a
    // lower state of that element suits the radii better.
    private static string? AgainstLowerState(
        CrystalStructure structure, StateGroup[] groups, Choice choice, AtomList list, OxidationOptions options)
    {
        if (list.MissingHydrogen > 0)
            return null;
        double?[] states = Result(groups, choice, structure.Sites.Count).States;
        for (int g = 0; g < groups.Length; g++)
        {
            if (groups[g].MisfitsAngstrom[choice.Best![g]] < 0 && HasBetterLower(groups[g], choice.Best[g], options)
                && OxygenValence.LeastSum(structure, states, groups[g].Role.Element) < OxygenValence.PoorSum)
            {
                return FormattableString.Invariant(
                    $"{groups[g].Role.Element}{groups[g].States[choice.Best[g]]:+0}: a lower state and hydrogen suit the bonds better");
            }
        }

        return null;
    }

    private static bool HasBetterLower(StateGroup group, int chosen, OxidationOptions options) => group.MisfitsAngstrom.Take(chosen)
        .Any(lower => Math.Abs(lower) < Math.Abs(group.MisfitsAngstrom[chosen]) - options.MaximumMisfitAngstrom / 3);

    private static bool IsHard(StateGroup anion) => anion.Role.Element.Symbol is "O" or "F";

    // Missing hydrogen makes states seem too high, never too low, and leaves oxygen atoms short of valence.
    private static bool IsSafeWithoutHydrogen(CrystalStructure structure, StateGroup[] groups, Choice choice, OxidationOptions options)
    {
        if (groups.All(group => group.States.Length == 1))
            return true;
        if (choice.Charge < -options.NeutralityToleranceElectrons)
            return false;
        return IsOfLowestStates(groups, choice)
            || (IsConfirmed(groups, choice.Best!, options) && LeastOxygenSum(structure, groups, choice) >= OxygenValence.FullSum);
    }

    private static bool IsOfLowestStates(StateGroup[] groups, Choice choice) => groups.Zip(choice.Best!).All(pair =>
        pair.First.States.Length == 1 || pair.First.States[pair.Second] <= CommonOxidationStates.LowestFrequent(pair.First.Role.Element));

    private static double LeastOxygenSum(CrystalStructure structure, StateGroup[] groups, Choice choice) =>
        OxygenValence.LeastSum(structure, Result(groups, choice, structure.Sites.Count).States);

    // Radii confirm the states of every element that has a choice.
    private static bool IsConfirmed(StateGroup[] groups, int[] best, OxidationOptions options) => groups.Zip(best).All(pair =>
        pair.First.States.Length == 1 || Math.Abs(pair.First.MisfitsAngstrom[pair.Second]) <= options.MaximumMisfitAngstrom / 2);

    private static Assignment Result(StateGroup[] groups, Choice choice, int sites)
    {
        var states = new double?[sites];
        for (int g = 0; g < groups.Length; g++)
        {
            foreach (int site in groups[g].Sites)
                states[site] = groups[g].States[choice.Best![g]];
        }

        return new Assignment(states, Math.Round(choice.Confidence, 3), choice.ByRadii);
    }

    // Composition alone decides where it can; radii are asked, where they may be, only after that.
    private static Choice Choose(CrystalStructure structure, StateGroup[] groups, AtomList list, OxidationOptions options)
    {
        Choice choice = Heaviest(groups, list, options, byRadii: false);
        bool settled = choice.Best is null
            || (choice.Confidence >= options.MinimumConfidence
                && (list.HydrogenIsKnown || IsSafeWithoutHydrogen(structure, groups, choice, options)));
        return settled || !options.DecideByRadii ? choice : Heaviest(groups, list, options, byRadii: true);
    }

    // Counts through all combinations like an odometer.
    private static Choice Heaviest(StateGroup[] groups, AtomList list, OxidationOptions options, bool byRadii)
    {
        var choice = new Choice(null, 0, 0, byRadii);
        int[] trial = new int[groups.Length];
        (double heaviest, double total) = (0, 0);
        while (true)
        {
            (double charge, double weight, double misfit) = (list.MissingHydrogen, 1, 0);
            for (int g = 0; g < groups.Length; g++)
            {
                charge += groups[g].Atoms * groups[g].States[trial[g]];
                weight *= groups[g].Frequencies[trial[g]];
                double shift = groups[g].MisfitsAngstrom[trial[g]] / MisfitSpreadAngstrom;
                misfit += byRadii && double.IsFinite(shift) ? shift * shift : 0;
            }

            bool possible = Math.Abs(charge) <= options.NeutralityToleranceElectrons
                || (!list.HydrogenIsKnown && charge < 0 && (byRadii || groups.All(group => group.States.Length == 1)));
            if (possible)
            {
                weight *= PortableMath.Exp(-misfit / 2);
                total += weight;
                if (weight > heaviest)
                    (heaviest, choice) = (weight, choice with { Best = [.. trial], Charge = charge });
            }

            int digit = 0;
            while (digit < trial.Length && ++trial[digit] == groups[digit].States.Length)
                trial[digit++] = 0;
            if (digit == trial.Length)
                return Rated(groups, choice, heaviest, total, options);
        }
    }

    private static Choice Rated(StateGroup[] groups, Choice choice, double heaviest, double total, OxidationOptions options)
    {
        if (choice.Best is not { } best)
            return choice;
        return choice with { Confidence = heaviest / (total + UnforeseenWeight * (IsConfirmed(groups, best, options) ? heaviest : 1)) };
    }

    // The states as indices into those of the groups.
    private readonly record struct Choice(int[]? Best, double Charge, double Confidence, bool ByRadii);
}
