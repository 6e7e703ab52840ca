using CrystalHpc.Core.Elements;

namespace CrystalHpc.Core.Crystals;

/// <summary>Whether the atoms of a cell are those that the file's sum formula promises.</summary>
public enum FormulaAgreement
{
    /// <summary>The file gives no formula that can be read.</summary>
    NoFormula,

    /// <summary>Cell and formula agree in every element.</summary>
    Agrees,

    /// <summary>They agree but for hydrogen atoms that the atom list lacks.</summary>
    HydrogenMissing,

    /// <summary>They differ in other ways: atoms are missing, superfluous, or wrongly multiplied.</summary>
    Differs,
}

/// <summary>Comparison of the cell's content with the sum formula.</summary>
/// <param name="Agreement">The outcome.</param>
/// <param name="FormulaUnits">Formula units that the cell holds, from the atoms other than hydrogen; NaN when there is no formula.</param>
/// <param name="MissingHydrogen">Hydrogen atoms of the formula that the cell lacks; 0 unless that is all that differs.</param>
/// <param name="Detail">The elements that differ, for people; empty when they agree.</param>
public readonly record struct FormulaComparison(FormulaAgreement Agreement, double FormulaUnits, int MissingHydrogen, string Detail)
{
    // Formulas are rounded, often to two decimals: 2 % or 0.02 atoms for each formula unit, at least 0.02 atoms.
    private const double Tolerance = 0.02;

    /// <summary>
    /// Compares; the factor between formula and cell is free, for the files' own numbers of formula units (Z) are often meant for another
    /// formula. Whether the factor is Z can be told from <see cref="FormulaUnits"/>.
    /// </summary>
    public static FormulaComparison Of(CrystalStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        if (!ChemicalFormula.TryParse(structure.Metadata.FormulaSum, out ChemicalFormula formula))
            return new FormulaComparison(FormulaAgreement.NoFormula, double.NaN, 0, "");
        ChemicalFormula content = ChemicalFormula.OfCell(structure);
        double units = Heavy(content) / Heavy(formula);
        if (!double.IsFinite(units) || units <= 0)
            units = content[ChemicalFormula.Hydrogen] / Math.Max(formula[ChemicalFormula.Hydrogen], 1);

        var differences = new List<string>();
        bool onlyHydrogenMissing = true;
        foreach (Element element in content.Counts.Keys.Union(formula.Counts.Keys).Order())
        {
            double found = content[element];
            double expected = units * formula[element];
            if (Math.Abs(found - expected) <= Tolerance * Math.Max(Math.Max(found, expected), Math.Max(units, 1)))
                continue;
            differences.Add(FormattableString.Invariant($"{element} {found:0.##} for {expected:0.##}"));
            onlyHydrogenMissing &= element == ChemicalFormula.Hydrogen && found < expected;
        }

        FormulaAgreement agreement = differences.Count == 0 ? FormulaAgreement.Agrees
            : onlyHydrogenMissing ? FormulaAgreement.HydrogenMissing
            : FormulaAgreement.Differs;
        double missing = units * formula[ChemicalFormula.Hydrogen] - content[ChemicalFormula.Hydrogen];
        return new FormulaComparison(agreement, units, onlyHydrogenMissing ? (int)Math.Round(missing) : 0, string.Join(", ", differences));
    }

    private static double Heavy(ChemicalFormula formula) =>
        formula.Counts.Where(entry => entry.Key != ChemicalFormula.Hydrogen).Sum(entry => entry.Value);
}
