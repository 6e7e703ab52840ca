using CrystalHpc.Core.Findings;

namespace CrystalHpc.Properties.Data;

/// <summary>Why a structure has no properties.</summary>
public static class PropertyFindings
{
    /// <summary>Not one structure but a mean of several.</summary>
    public static readonly FindingCode Disordered =
        Error("graph-disordered", "A site is disordered or partly occupied: the structure stands for many, and has no graph.");

    /// <summary>Atoms on one another.</summary>
    public static readonly FindingCode Overlap = Error("graph-overlap", "Two atoms are closer than 0.5 A.");

    /// <summary>No features.</summary>
    public static readonly FindingCode UnknownElement =
        Error("graph-unknown-element", "A structure holds an element beyond berkelium, which has no tabulated properties.");

    /// <summary>No structure.</summary>
    public static readonly FindingCode Unreadable = Error(
        "graph-unreadable", "No structure can be made of a row or a file: its cell or its sites "
        + "are missing, flat or no numbers, or a rule rejects it.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } = [Disordered, Overlap, UnknownElement, Unreadable];

    private static FindingCode Error(string name, string meaning) => new(name, FindingSeverity.Error, meaning);
}
