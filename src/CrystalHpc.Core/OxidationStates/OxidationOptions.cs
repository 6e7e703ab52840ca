using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>Which oxidation states are believed.</summary>
/// <param name="UseLabels">Believe <c>_atom_type_oxidation_number</c> where it is plausible and neutral.</param>
/// <param name="UseTypeSymbols">Believe charges in type symbols where they are plausible and neutral.</param>
/// <param name="AssignByChargeBalance">Where the authors say nothing usable, take the common states if one neutral
/// combination is the only one or far more frequent than all others.</param>
/// <param name="RequireFormula">Assign only where a sum formula confirms that the atom list is complete. Without it, structures that have
/// no formula get the combination of lowest states where that is the only neutral one: missing hydrogen would make states seem too
/// high.</param>
/// <param name="CountUnplacedHydrogen">Assign also where only hydrogen is missing from the atom list, counting it as the sum formula
/// does.</param>
/// <param name="AssignMixedValence">Where one element needs two states, give them to its sites if ionic radii tell these apart.</param>
/// <param name="DecideByRadii">Where composition leaves several combinations, let ionic radii and the measured distances decide. The states
/// then depend on the distances to which parameters are fitted; the source of such states is <c>radii</c>.</param>
/// <param name="MinimumConfidence">Share of the best combination in the weights of all from which it is accepted: 0.95 means 19 times as
/// frequent as the rest.</param>
/// <param name="MaximumMisfitAngstrom">Refuse states when the mean bond of an element misses the ionic radii by more than this, Å.</param>
/// <param name="NeutralityToleranceElectrons">Largest net charge of a cell that counts as neutral, e.</param>
/// <param name="BondToleranceAngstrom">Nonmetal atoms closer than the sum of their covalent radii plus this are bonded, Å.</param>
/// <param name="MaximumCombinations">Combinations of states tried for one structure; beyond this nothing is assigned.</param>
public sealed record OxidationOptions(
    bool UseLabels,
    bool UseTypeSymbols,
    bool AssignByChargeBalance,
    bool RequireFormula,
    bool CountUnplacedHydrogen,
    bool AssignMixedValence,
    bool DecideByRadii,
    [property: Range(0.0, 1.0)] double MinimumConfidence,
    [property: Range(0.0, 10.0)] double MaximumMisfitAngstrom,
    [property: Range(0.0, 1.0)] double NeutralityToleranceElectrons,
    [property: Range(0.0, 1.0)] double BondToleranceAngstrom,
    [property: Range(1, 10_000_000)] int MaximumCombinations)
{
    /// <summary>
    /// Every source, formula not required, missing hydrogen counted, mixed valence assigned, radii decide nothing else, confidence 0.9,
    /// misfit 0.2 Å, 0.05 e, 0.4 Å, 100,000 combinations.
    /// </summary>
    public static OxidationOptions Default { get; } = new(
        UseLabels: true,
        UseTypeSymbols: true,
        AssignByChargeBalance: true,
        RequireFormula: false,
        CountUnplacedHydrogen: true,
        AssignMixedValence: true,
        DecideByRadii: false,
        MinimumConfidence: 0.9,
        MaximumMisfitAngstrom: 0.2,
        NeutralityToleranceElectrons: 0.05,
        BondToleranceAngstrom: 0.4,
        MaximumCombinations: 100_000);
}
