using CrystalHpc.Core.Cif;
using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Finds the symmetry operations of a data block: those listed, when they are a group that fits the cell; else those that the Hall symbol,
/// the Hermann-Mauguin symbol or the number of the space group stand for.
/// </summary>
internal static class SymmetryReader
{
    /// <summary>The operations, each once, the identity among them; null, with a finding, when there are none to rely on.</summary>
    /// <param name="block">The data block.</param>
    /// <param name="metadata">Symbols and number of the space group, sum formula.</param>
    /// <param name="cell">The cell; without one, symbols are not tried.</param>
    /// <param name="sites">The sites; without any, symbols are not tried.</param>
    /// <param name="asWritten">See <see cref="StructureReaderOptions.SymmetryAsWritten"/>.</param>
    /// <param name="findings">Receives what was noticed.</param>
    public static IReadOnlyList<SymmetryOperation>? Read(
        CifBlock block, StructureMetadata metadata, UnitCell? cell, IReadOnlyList<AtomSite>? sites, bool asWritten,
        ICollection<Finding> findings)
    {
        if (block.TryGet(CifNames.Modulation, out CifValue modulation)
            && !(modulation.TryGetNumber(out CifNumber number) && number.Value == 0))
        {
            findings.Add(new Finding(CrystalFindings.StructureModulated, modulation.Line, 0, "a modulation wave is given"));
            return null;
        }

        OperationList? listed = OperationList.Read(block, asWritten, findings);
        if (asWritten && listed is not { Problem: not null })
            return AsWritten(listed, metadata, cell, sites, findings);
        Finding? problem = listed is null ? NoOperations(metadata, cell is not null && sites is not null)
            : listed.Problem ?? MisfitTo(cell, listed.Operations);
        if (problem is not { } found)
        {
            if (SymbolCheck.Mismatch(listed!.Operations, metadata) is not { } mismatch)
                return listed.Operations;
            return cell is not null && sites is not null
                && SymmetryFromSymbols.Larger(listed.Operations, metadata, cell, sites) is { } larger
                ? ListOrSymbol(listed.Operations, larger, metadata, cell, sites, mismatch, findings)
                : Noted(listed.Operations, mismatch, findings);
        }

        if (cell is not null && sites is not null
            && SymmetryFromSymbols.Find(metadata, cell, sites, listed?.Operations ?? [], findings) is { } operations)
        {
            if (listed is not null)
            {
                findings.Add(new Finding(
                    CrystalFindings.SymmetryListReplaced, found.Line, found.Column, $"{found.Code.Name}: {found.Message}"));
            }

            return operations;
        }

        if (listed is null && cell is not null && sites is not null && IsWholeCell(metadata, cell, sites))
        {
            findings.Add(new Finding(CrystalFindings.SymmetryNoneNeeded, $"{sites.Count} atoms"));
            return [SymmetryOperation.Identity];
        }

        findings.Add(found);
        return null;
    }

    private static IReadOnlyList<SymmetryOperation> Noted(
        IReadOnlyList<SymmetryOperation> operations, string mismatch, ICollection<Finding> findings)
    {
        findings.Add(new Finding(CrystalFindings.SymmetrySymbolMismatch, mismatch));
        return operations;
    }

    private static IReadOnlyList<SymmetryOperation>? ListOrSymbol(
        IReadOnlyList<SymmetryOperation> listed, SpaceGroup named, StructureMetadata metadata, UnitCell cell, IReadOnlyList<AtomSite> sites,
        string mismatch, ICollection<Finding> findings)
    {
        switch (ListAgainstSymbol.IsListRight(listed, named.Operations, metadata, cell, sites, out string why))
        {
            case true:
                return Noted(listed, $"{mismatch}; {why}", findings);
            case false:
                findings.Add(new Finding(CrystalFindings.SymmetryListReplaced, $"a part of {named}: {why}"));
                return named.Operations;
            default:
                findings.Add(new Finding(CrystalFindings.SymmetryListIncomplete, $"a part of {named}: {why}"));
                return null;
        }
    }

    // Nothing is said of symmetry, and the atoms listed are just those of Z formula units.
    private static bool IsWholeCell(StructureMetadata metadata, UnitCell cell, IReadOnlyList<AtomSite> sites)
    {
        if (metadata.SpaceGroup.Length > 0 || metadata.SpaceGroupNumber is not null || metadata.HallSymbol.Length > 0
            || metadata.FormulaUnits is not { } units)
            return false;
        CrystalStructure listed = CrystalStructure.Expand(cell, [SymmetryOperation.Identity], SiteRepetition.Merge(sites, cell, []),
            metadata);
        FormulaComparison comparison = listed.FormulaComparison;
        return comparison.Agreement == FormulaAgreement.Agrees && Math.Abs(comparison.FormulaUnits / units - 1) < 0.01;
    }

    // What programs do that trust the file: the symbol in its standard setting, hexagonal axes for R, else no symmetry at all.
    private static IReadOnlyList<SymmetryOperation> AsWritten(
        OperationList? listed, StructureMetadata metadata, UnitCell? cell, IReadOnlyList<AtomSite>? sites, ICollection<Finding> findings)
    {
        if (listed is not null)
        {
            if (MisfitTo(cell, listed.Operations) is { } misfit)
                findings.Add(misfit with { Code = CrystalFindings.SymmetryAsWritten });
            return listed.Operations;
        }

        IReadOnlyList<SpaceGroup> settings = HermannMauguinSymbol.Find(metadata.SpaceGroup);
        if (settings.Count == 0 && metadata.SpaceGroupNumber is { } number)
            settings = SpaceGroup.FromNumber(number);
        bool isRhombohedral = settings.Count > 0 && settings[0].Choice == "H";
        if (!isRhombohedral && cell is not null && sites is not null
            && SymmetryFromSymbols.Find(metadata, cell, sites, [], findings) is { } fitting)
            return fitting;
        findings.Add(new Finding(CrystalFindings.SymmetryAsWritten,
            settings.Count > 0 ? $"'{metadata.SpaceGroup}' taken as {settings[0]}" : "none, taken as P 1"));
        return settings.Count > 0 ? settings[0].Operations : [SymmetryOperation.Identity];
    }

    private static Finding NoOperations(StructureMetadata metadata, bool symbolsTried) => new(
        CrystalFindings.SymmetryMissing,
        $"no operations; space group '{metadata.SpaceGroup}'"
        + (symbolsTried && HermannMauguinSymbol.Find(metadata.SpaceGroup).Count > 0 ? " does not fit the cell" : ""));

    private static Finding? MisfitTo(UnitCell? cell, IReadOnlyList<SymmetryOperation> operations)
    {
        if (cell is null)
            return null;
        (double change, SymmetryOperation worst) = CellMetric.LargestChange(cell, operations);
        return change > CellMetric.Tolerance
            ? new Finding(CrystalFindings.SymmetryCellMismatch, $"'{SymmetryTriplet.Format(worst)}' does not fit the cell")
            : null;
    }
}
