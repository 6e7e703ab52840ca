using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Coordination;

/// <summary>What can be noticed while the neighbors of an atom are chosen.</summary>
public static class CoordinationFindings
{
    /// <summary>No neighbor is accepted.</summary>
    public static readonly FindingCode EmptyShell = new(
        "coordination-empty-shell", FindingSeverity.Warning, "The atom has no neighbor that the definition of coordination accepts.");

    /// <summary>The cell around the atom does not close within the search.</summary>
    public static readonly FindingCode OpenCell = new(
        "coordination-open-cell", FindingSeverity.Warning,
        "The Voronoi cell of the atom does not close within the largest search (a gap of extreme width); its shell is left empty.");

    /// <summary>No ionic radius is tabulated.</summary>
    public static readonly FindingCode NoIonicRadius = new(
        "coordination-no-ionic-radius", FindingSeverity.Note,
        "No ionic radius is tabulated for the element in its oxidation state; covalent or atomic radii stand in.");

    /// <summary>Too many atoms lie within the search.</summary>
    public static readonly FindingCode TooCrowded = new(
        "coordination-too-crowded", FindingSeverity.Warning,
        "More than 20,000 atoms lie within the search distance of the atom, which is no crystal; its shell is left empty.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } = [EmptyShell, OpenCell, NoIonicRadius, TooCrowded];
}
