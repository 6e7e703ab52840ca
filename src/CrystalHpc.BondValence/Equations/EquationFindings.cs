using CrystalHpc.Core.Findings;

namespace CrystalHpc.BondValence.Equations;

/// <summary>Why a site gives no bond-valence equation, or one that is not complete.</summary>
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
        "equation-unknown-charge", FindingSeverity.Warning,
        "A neighbor of a cation site has no oxidation state, so the site gives no equation.");

    /// <summary>The site or a neighbor is not fully occupied.</summary>
    public static readonly FindingCode PartialOccupancy = new(
        "equation-partial-occupancy", FindingSeverity.Warning,
        "A cation site or one of its anions is not fully occupied, so its bonds are averages and the site gives no equation.");

    /// <summary>No coordination shell was handed over for a cation.</summary>
    public static readonly FindingCode NoShell = new(
        "equation-no-shell", FindingSeverity.Warning, "The neighbors of a cation site could not be determined, so it gives no equation.");

    /// <summary>No cation binds an anion.</summary>
    public static readonly FindingCode NoCationNeighbors = new(
        "equation-no-cation-neighbors", FindingSeverity.Note,
        "An anion site is in the shell of no cation that has an equation, so it gives no equation.");

    /// <summary>The shells of a cation do not have the symmetry of the structure.</summary>
    public static readonly FindingCode UnevenShells = new(
        "equation-uneven-shells", FindingSeverity.Note,
        "The bonds that the shells of cations make to an anion site do not spread evenly over its "
        + "atoms, so its equation counts as incomplete.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } =
        [NoAnionNeighbors, FractionalCharge, UnknownCharge, PartialOccupancy, NoShell, NoCationNeighbors, UnevenShells];
}
