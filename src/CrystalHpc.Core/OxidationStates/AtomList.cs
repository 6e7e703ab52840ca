using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.OxidationStates;

/// <summary>What is known of the completeness of an atom list: without that, a charge balance says nothing.</summary>
/// <param name="MissingHydrogen">Hydrogen atoms of the cell that have no position but are known to be there.</param>
/// <param name="HydrogenIsKnown">False where neither a sum formula nor a listed hydrogen atom tells whether hydrogen is missing.</param>
/// <param name="ByDensity">Without a formula, the fewest and most hydrogen atoms of the cell that the density says are missing; null where
/// it says nothing.</param>
internal readonly record struct AtomList(double MissingHydrogen, bool HydrogenIsKnown, (double Fewest, double Most)? ByDensity = null)
{
    // Densities are measured to one or two percent and typed with few digits.
    private const double DensityTolerance = 0.02;

    /// <summary>False when the density tells of missing or superfluous atoms other than so many atoms of hydrogen.</summary>
    public bool AgreesWithDensity(double hydrogens) => ByDensity is not { } range || (hydrogens >= range.Fewest && hydrogens <= range.Most);

    /// <summary>The completeness of a structure's list; null, with a finding, when more than hydrogen is missing or superfluous.</summary>
    public static AtomList? Of(CrystalStructure structure, OxidationOptions options, ICollection<Finding> findings)
    {
        if (DisorderCheck.FirstOverfull(structure) is { } shared)
        {
            findings.Add(new Finding(OxidationFindings.Disordered, shared.Line, 0, shared.Label));
            return null;
        }

        FormulaComparison comparison = structure.FormulaComparison;
        double missing = comparison.MissingHydrogen;
        for (int site = 0; site < structure.Sites.Count; site++)
            missing += structure.Multiplicity(site) * structure.Sites[site].Occupancy * structure.Sites[site].AttachedHydrogens;
        bool hasFormula = comparison.Agreement is FormulaAgreement.Agrees or FormulaAgreement.HydrogenMissing;
        bool isComplete = hasFormula
            || (comparison.Agreement == FormulaAgreement.NoFormula && !options.RequireFormula && structure.Metadata.UnplacedSites == 0);
        if (isComplete && missing > 0 && options.CountUnplacedHydrogen)
        {
            findings.Add(new Finding(OxidationFindings.HydrogenCounted, FormattableString.Invariant($"{missing:0.##} in the cell")));
            return new AtomList(missing, true);
        }

        // A list that has hydrogen atoms is taken to have them all; one with vacancies is not guessed at.
        // Rows without coordinates are hydrogen only where the formula says so.
        if (isComplete && missing == 0 && structure.Metadata.UnplacedSites == 0)
        {
            bool isKnown = hasFormula || structure.Sites.Any(site => site.Element == ChemicalFormula.Hydrogen || site.Occupancy < 0.999);
            return new AtomList(0, isKnown, hasFormula ? null : HydrogenByDensity(structure));
        }

        string why = comparison.Agreement == FormulaAgreement.NoFormula ? "no sum formula" : comparison.Detail;
        findings.Add(new Finding(OxidationFindings.Incomplete, why.Length > 0 ? why : "atoms without coordinates"));
        return null;
    }

    private static (double Fewest, double Most)? HydrogenByDensity(CrystalStructure structure)
    {
        if (ContentCheck.MissingMass(structure) is not var (missing, total))
            return null;
        double hydrogen = ElementData.AtomicWeight(ChemicalFormula.Hydrogen), tolerance = DensityTolerance * total;
        return ((missing - tolerance) / hydrogen, (missing + tolerance) / hydrogen);
    }
}
