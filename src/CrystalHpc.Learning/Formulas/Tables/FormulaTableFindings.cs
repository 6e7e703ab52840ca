using CrystalHpc.Core.Findings;

namespace CrystalHpc.Learning.Formulas.Tables;

/// <summary>Why a row of a table of formulas is not used.</summary>
public static class FormulaTableFindings
{
    /// <summary>Another number of cells than columns.</summary>
    public static readonly FindingCode ShortRow = new("table-short-row", FindingSeverity.Error,
        "A row of a table has fewer cells than there are columns.");

    /// <summary>A target that is missing.</summary>
    public static readonly FindingCode MissingTarget = new("table-missing-target", FindingSeverity.Error,
        "A cell that training or evaluation needs is empty or marked as missing.");

    /// <summary>A target that is not a number of the kind.</summary>
    public static readonly FindingCode BadTarget = new(
        "table-bad-target", FindingSeverity.Error,
        "A cell is not a plain finite number in the range of its column: it holds a unit, an uncertainty, a decimal comma, an error.");

    /// <summary>A structure that says nothing of a formula.</summary>
    public static readonly FindingCode UnusableStructure = new(
        "table-unusable-structure", FindingSeverity.Error,
        "A structure was rejected, or its atoms have no space group; the message holds the reasons.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } = [ShortRow, MissingTarget, BadTarget, UnusableStructure];
}
