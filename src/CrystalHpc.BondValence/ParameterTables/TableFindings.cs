using CrystalHpc.Core.Findings;

namespace CrystalHpc.BondValence.ParameterTables;

/// <summary>What can be wrong with a table of bond-valence parameters. The meaning of each code says whether the row is used.</summary>
public static class TableFindings
{
    /// <summary>Not a table of parameters at all.</summary>
    public static readonly FindingCode NoColumns = new(
        "table-no-columns", FindingSeverity.Error,
        "A table of parameters lacks a column for cation, anion, r0 or B; the message lists the columns that it has.");

    /// <summary>A name that is no element.</summary>
    public static readonly FindingCode UnknownElement = new(
        "table-unknown-element", FindingSeverity.Warning,
        "A row of a table of parameters names something that is no element; the row is not used.");

    /// <summary>A number that cannot be read.</summary>
    public static readonly FindingCode BadNumber = new(
        "table-bad-number", FindingSeverity.Warning, "A number in a table of parameters cannot be read; the row is not used.");

    /// <summary>A number that cannot be right.</summary>
    public static readonly FindingCode OutOfRange = new(
        "table-out-of-range", FindingSeverity.Warning,
        "A row of a table of parameters has an r0 that is not between 0 and 6 Å, a B that is not between 0.000001 and 1,000,000 Å, or an "
        + "oxidation state that is not whole and within 9; the row is not used.");

    /// <summary>A softness that is probably a misprint.</summary>
    public static readonly FindingCode UnusualSoftness = new(
        "table-unusual-softness", FindingSeverity.Warning,
        "A row of a table of parameters has a B outside 0.1 to 2 Å, such as 37 for 0.37; published ones lie between 0.2 and 1 Å. The row "
        + "is used, as one that the table doubts itself.");

    /// <summary>A law that is not known.</summary>
    public static readonly FindingCode UnknownLaw = new(
        "table-unknown-law", FindingSeverity.Warning,
        "A row of a table of parameters names a law other than exponential, power and misplaced_division; the row is not used.");

    /// <summary>The pair has been listed before.</summary>
    public static readonly FindingCode RepeatedPair = new(
        "table-repeated-pair", FindingSeverity.Note, "A table of parameters lists a pair again; its first row is used.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } = [NoColumns, UnknownElement, BadNumber, OutOfRange, UnusualSoftness, UnknownLaw,
        RepeatedPair];
}
