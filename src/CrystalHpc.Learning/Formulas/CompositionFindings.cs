using CrystalHpc.Core.Findings;

namespace CrystalHpc.Learning.Formulas;

/// <summary>Why a formula that was read has no features.</summary>
public static class CompositionFindings
{
    /// <summary>An element beyond berkelium.</summary>
    public static readonly FindingCode NoProperties = new(
        "composition-no-properties", FindingSeverity.Error,
        "An element beyond berkelium: its properties are not tabulated, so that nothing can be learned of it.");

    /// <summary>An amount that is hardly one of a formula.</summary>
    public static readonly FindingCode LargeAmount = new(
        "composition-large-amount", FindingSeverity.Error, "The reduced formula has more than a million atoms of an element.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } = [NoProperties, LargeAmount];
}
