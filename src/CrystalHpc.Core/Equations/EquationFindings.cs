using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Equations;

/// <summary>Why a cation site gives no bond-valence equation.</summary>
public static class EquationFindings
{
    /// <summary>No anion around a cation.</summary>
    public static readonly FindingCode NoAnionNeighbors = new(
        "equation-no-anion-neighbors", FindingSeverity.Warning, "A cation site has no anion among its neighbors, so it gives no equation.");

    /// <summary>An oxidation state is not a whole number.</summary>
    public static readonly FindingCode FractionalCharge = new(
        "equation-fractional-charge", FindingSeverity.Warning,
        "A cation site or one of its neighbors has an oxidation state that is no whole number, so the site gives no equation.");

    /// <summary>The oxidation state of a neighbor is unknown.</summary>
    public static readonly FindingCode UnknownCharge = new(
        "equation-unknown-charge", FindingSeverity.Warning, "A neighbor of a cation site has no oxidation state, so the site gives no equation.");

    /// <summary>The site or a neighbor is not fully occupied.</summary>
    public static readonly FindingCode PartialOccupancy = new(
        "equation-partial-occupancy", FindingSeverity.Warning,
        "A cation site or one of its anions is not fully occupied, so its bonds are averages and the site gives no equation.");

    /// <summary>No coordination shell was handed over for a cation.</summary>
    public static readonly FindingCode NoShell = new(
        "equation-no-shell", FindingSeverity.Warning, "The neighbors of a cation site could not be determined, so it gives no equation.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } = [NoAnionNeighbors, FractionalCharge, UnknownCharge, PartialOccupancy, NoShell];
}
