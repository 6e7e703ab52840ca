using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>Compares the content of the cell with the number of formula units and the density that the file states.</summary>
internal static class ContentCheck
{
    private const double UnitsTolerance = 0.02;

    // Densities are measured to about a percent and often typed by hand.
    private const double DensityTolerance = 0.05;

    /// <summary>Reports a Z or a density that the atom list contradicts.</summary>
    public static void Report(CrystalStructure structure, ICollection<Finding> findings)
    {
        FormulaComparison comparison = structure.FormulaComparison;
        bool isSameFormula = comparison.Agreement is FormulaAgreement.Agrees or FormulaAgreement.HydrogenMissing;
        if (structure.Metadata.FormulaUnits is { } stated && isSameFormula && !Agrees(comparison.FormulaUnits, stated, UnitsTolerance))
        {
            findings.Add(new Finding(
                CrystalFindings.FormulaUnitsDiffer, FormattableString.Invariant(
                $"Z is {stated:0.###}, the cell holds {comparison.FormulaUnits:0.###} formula units")));
        }

        if (structure.Metadata.DensityGramsPerCubicCentimeter is { } density && !Agrees(DensityOf(structure), density, DensityTolerance))
        {
            findings.Add(new Finding(
                CrystalFindings.DensityDiffers, FormattableString.Invariant(
                $"density is {density:0.###} g/cm3, the atom list gives {DensityOf(structure):0.###}")));
        }
    }

    /// <summary>
    /// Mass that the stated density gives the cell beyond that of the atoms listed, and the mass of the cell, atomic mass units; null
    /// without a density.
    /// </summary>
    public static (double Missing, double Total)? MissingMass(CrystalStructure structure) =>
        structure.Metadata.DensityGramsPerCubicCentimeter is { } density
            ? ((density - DensityOf(structure)) * structure.Cell.Volume / ElementData.AtomicMassUnitPerCubicAngstrom,
                density * structure.Cell.Volume / ElementData.AtomicMassUnitPerCubicAngstrom)
            : null;

    /// <summary>Density of the atoms listed, g/cm³.</summary>
    public static double DensityOf(CrystalStructure structure) =>
        ElementData.AtomicMassUnitPerCubicAngstrom / structure.Cell.Volume
        * ChemicalFormula.OfCell(structure).Counts.Sum(entry => entry.Value * ElementData.AtomicWeight(entry.Key));

    private static bool Agrees(double found, double stated, double tolerance) => Math.Abs(found - stated) <= tolerance * stated;
}
