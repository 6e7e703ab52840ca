using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>Checks of the oxidation states that a file gives. Arrays have one entry a site; null is a site without one.</summary>
internal static class AuthorStates
{
    private const double LargestState = 8;

    private static readonly Element Oxygen = Element.Of("O");
    private static readonly Element Fluorine = Element.Of("F");

    /// <summary>The states, or none at all when every one given is 0 (COMCIFS/cif_core issue 300: a template left unfilled).</summary>
    public static double?[] WithoutZeroTemplate(double?[] states, ICollection<Finding> findings)
    {
        if (!Array.Exists(states, state => state is not null) || Array.Exists(states, state => state is not (null or 0)))
            return states;
        findings.Add(new Finding(OxidationFindings.AllZero, $"{states.Count(state => state is not null)} of {states.Length} sites"));
        return new double?[states.Length];
    }

    /// <summary>True, with a finding, when two sources give different states for one site.</summary>
    public static bool Contradict(CrystalStructure structure, double?[] numbers, double?[] symbols, ICollection<Finding> findings)
    {
        for (int site = 0; site < numbers.Length; site++)
        {
            if (numbers[site] is { } number && symbols[site] is { } symbol && number != symbol)
            {
                AtomSite atom = structure.Sites[site];
                findings.Add(new Finding(OxidationFindings.Conflict, atom.Line, 0,
                    FormattableString.Invariant($"{atom.Label}: number {number}, symbol {atom.TypeSymbol}")));
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// True when assigned states differ from one that the file gives and that can be one: whole, not 0, not beyond 8, not positive for O or
    /// F.
    /// <c>O1-</c> and <c>H1-</c> are names of scattering factors (International Tables C, 6.1.1) and say nothing of the state.
    /// </summary>
    public static bool Contradict(CrystalStructure structure, double?[] assigned, double?[] given)
    {
        for (int site = 0; site < given.Length; site++)
        {
            if (given[site] is { } state && CanBeState(structure.Sites[site].Element, state) && state != assigned[site])
                return true;
        }

        return false;
    }

    private static bool CanBeState(Element element, double state) =>
        state != 0 && state == Math.Round(state) && Math.Abs(state) <= LargestState
            && !(state > 0 && (element == Oxygen || element == Fluorine))
        && !(state == -1 && (element == Oxygen || element == ChemicalFormula.Hydrogen));

    /// <summary>True when every site has a whole, plausible state and the cell is neutral; says why not, unless nothing is given.</summary>
    public static bool AreUsable(CrystalStructure structure, double?[] states, OxidationOptions options, ICollection<Finding> findings)
    {
        int given = states.Count(state => state is not null);
        if (given == 0)
            return false;
        if (given < states.Length)
        {
            findings.Add(new Finding(OxidationFindings.Partial, $"{given} of {states.Length} sites"));
            return false;
        }

        // Hydrogen atoms that the formula has and the list lacks count as H+: hydrogen is often left out, and the labels are right all the
        // same.
        (double charge, bool cation, bool anion) = (structure.FormulaComparison.MissingHydrogen, false, false);
        for (int site = 0; site < states.Length; site++)
        {
            AtomSite atom = structure.Sites[site];
            double state = states[site]!.Value;
            if (state == 0 || Math.Abs(state) > LargestState || (state > 0 && (atom.Element == Oxygen || atom.Element == Fluorine)))
                return Refuse(OxidationFindings.Implausible, atom, state, findings);
            if (state != Math.Round(state))
                return Refuse(OxidationFindings.Fractional, atom, state, findings);
            (cation, anion) = (cation || state > 0, anion || state < 0);
            charge += structure.Multiplicity(site) * atom.Occupancy * (state + atom.AttachedHydrogens);
        }

        if (!cation || !anion)
            return Refuse(OxidationFindings.Implausible, structure.Sites[0], states[0]!.Value, findings);
        if (Math.Abs(charge) <= options.NeutralityToleranceElectrons)
            return SuitRadii(structure, states, options.MaximumMisfitAngstrom, findings);
        findings.Add(new Finding(OxidationFindings.NotNeutral, FormattableString.Invariant(
            $"net charge {charge:+0.###;-0.###} e in the cell")));
        return false;
    }

    // Bonds that are too short ask for a higher state: an inverse spinel whose author gave the states in the order of a normal one. Bonds
    // that seem too long may go to atoms that are no anions.
    private static bool SuitRadii(CrystalStructure structure, double?[] states, double limitAngstrom, ICollection<Finding> findings)
    {
        foreach (IonicBonds.CationBonds bonds in IonicBonds.Of(structure.WithCharges(states)))
        {
            AtomSite atom = structure.Sites[bonds.Site];
            if (!(bonds.ShorteningAngstrom > limitAngstrom) || CommonOxidationStates.Of(atom.Element).Length < 2)
                continue;
            findings.Add(new Finding(OxidationFindings.LabelAgainstRadii, atom.Line, 0, FormattableString.Invariant(
                $"{atom.Label}: {states[bonds.Site]:+0}, bonds {bonds.ShorteningAngstrom:0.00} Å too short")));
            return false;
        }

        return true;
    }

    private static bool Refuse(FindingCode code, AtomSite atom, double state, ICollection<Finding> findings)
    {
        findings.Add(new Finding(code, atom.Line, 0, FormattableString.Invariant($"{atom.Label}: {state}")));
        return false;
    }
}
