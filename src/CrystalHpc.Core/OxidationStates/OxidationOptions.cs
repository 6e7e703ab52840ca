using System.ComponentModel.DataAnnotations;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>Which oxidation states are believed.</summary>
/// <param name="UseLabels">Believe <c>_atom_type_oxidation_number</c> where it is plausible and neutral.</param>
/// <param name="UseTypeSymbols">Believe charges in type symbols where they are plausible and neutral.</param>
/// <param name="AssignByChargeBalance">Where the authors say nothing usable, take the common states if exactly one combination is neutral.</param>
/// <param name="RequireFormula">Assign only where a sum formula confirms that the atom list is complete. Without it, structures that have no
/// formula get the combination of lowest states where that is the only neutral one: missing hydrogen would make states seem too high.</param>
/// <param name="CountUnplacedHydrogen">Assign also where only hydrogen is missing from the atom list, counting it as the sum formula does.</param>
/// <param name="NeutralityToleranceElectrons">Largest net charge of a cell that counts as neutral, e.</param>
/// <param name="BondToleranceAngstrom">Nonmetal atoms closer than the sum of their covalent radii plus this are bonded, Å.</param>
/// <param name="MaximumCombinations">Combinations of states tried for one structure; beyond this nothing is assigned.</param>
public sealed record OxidationOptions(
    bool UseLabels,
    bool UseTypeSymbols,
    bool AssignByChargeBalance,
    bool RequireFormula,
    bool CountUnplacedHydrogen,
    [property: Range(0.0, 1.0)] double NeutralityToleranceElectrons,
    [property: Range(0.0, 1.0)] double BondToleranceAngstrom,
    [property: Range(1, 10_000_000)] int MaximumCombinations)
{
    /// <summary>Every source, formula not required, missing hydrogen not counted, 0.05 e, 0.4 Å, 100,000 combinations.</summary>
    public static OxidationOptions Default { get; } = new(true, true, true, false, false, 0.05, 0.4, 100_000);
}
