using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>An oxidation state that the user gives to sites of a structure.</summary>
/// <param name="Site">Label of a site, or the symbol of an element: all of its sites that are not named by their label.</param>
/// <param name="Charge">The state, e.</param>
public readonly record struct GivenState(string Site, int Charge)
{
    /// <summary>Largest magnitude of a state.</summary>
    public const int LargestCharge = 9;
}

/// <summary>States that the user gives: they win over all others.</summary>
internal static class GivenStates
{
    /// <summary>The given states, one entry a site, null where none is given; a state that no site takes becomes a finding.</summary>
    public static double?[] BySite(CrystalStructure structure, IReadOnlyList<GivenState> given, ICollection<Finding> findings)
    {
        var states = new double?[structure.Sites.Count];
        var labeled = new bool[states.Length];
        foreach (GivenState state in given)
        {
            int[] sites = [.. Enumerable.Range(0, states.Length).Where(site => structure.Sites[site].Label == state.Site)];
            bool byLabel = sites.Length > 0;
            if (!byLabel)
                sites = [.. Enumerable.Range(0, states.Length).Where(site => structure.Sites[site].Element.Symbol == state.Site)];
            if (sites.Length == 0)
                findings.Add(new Finding(OxidationFindings.GivenUnused, FormattableString.Invariant(
                    $"{state.Site} = {state.Charge:+0;-0;0}")));
            foreach (int site in sites.Where(site => byLabel || !labeled[site]))
                (states[site], labeled[site]) = (state.Charge, byLabel);
        }

        return states;
    }

    /// <summary>
    /// The states of all sites: the given ones, for other sites those of the file, else those that make the cell neutral beside the given
    /// ones. None, with a finding, where that leaves a site without a state.
    /// </summary>
    /// <param name="structure">The structure.</param>
    /// <param name="given">The given states, by site; at least one.</param>
    /// <param name="stated">States of the file, by site.</param>
    /// <param name="options">How states are assigned; null: not at all.</param>
    /// <param name="findings">Receives what is odd.</param>
    public static OxidationResult Complete(
        CrystalStructure structure, double?[] given, double?[] stated, OxidationOptions? options, ICollection<Finding> findings)
    {
        double?[] states = [.. given.Zip(stated, (own, file) => own ?? (
            file is { } state && state == Math.Round(state) && state != 0 ? state : null))];
        double confidence = 1;
        if (states.Contains(null) && options is { AssignByChargeBalance: true } && ChargeBalance.Assign(structure, options, findings, given)
            is { } assigned)
            (states, confidence) = (assigned.States, assigned.Confidence);
        int missing = Array.IndexOf(states, null);
        if (missing >= 0)
        {
            AtomSite site = structure.Sites[missing];
            findings.Add(new Finding(OxidationFindings.GivenIncomplete, site.Line, 0, $"nothing tells the state of {site.Label}"));
            return new OxidationResult(structure.WithCharges(new double?[states.Length]), OxidationSource.None, 0);
        }

        double charge = structure.FormulaComparison.MissingHydrogen + Enumerable.Range(0, states.Length).Sum(site =>
            structure.Multiplicity(site) * structure.Sites[site].Occupancy
                * (states[site]!.Value + structure.Sites[site].AttachedHydrogens));
        if (Math.Abs(charge) > (options ?? OxidationOptions.Default).NeutralityToleranceElectrons)
            findings.Add(new Finding(OxidationFindings.GivenNotNeutral,
                FormattableString.Invariant($"net charge {charge:+0.###;-0.###} e in the cell")));
        return new OxidationResult(structure.WithCharges(states), OxidationSource.Given, confidence);
    }
}
