using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.Symmetry;

namespace CrystalHpc.Core.Matching;

/// <summary>
/// Tells which structures are redeterminations of one another: those of one formula that are the same by <see cref="StructureFamilies"/>,
/// whatever cell, setting, temperature or pressure they were measured in.
/// </summary>
public static class Redeterminations
{
    private const char Separator = '|';

    /// <summary>
    /// Name of a structure among its likely redeterminations: reduced formula and the id of the structure, such as <c>ClNa|9008678</c>.
    /// </summary>
    public static string NameOf(CrystalStructure structure, string structureId) =>
        ChemicalFormula.OfCell(structure).Reduced().ToString().Replace(" ", "", StringComparison.Ordinal) + Separator + structureId;

    /// <summary>The formula in a name: only structures of one formula need to be compared.</summary>
    public static string FormulaOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name[..Math.Max(0, name.IndexOf(Separator, StringComparison.Ordinal))];
    }

    /// <summary>Sorts the structures of one formula into groups; the order in which they are given does not matter.</summary>
    /// <param name="structures">The structures by name.</param>
    /// <param name="tolerance">How far structures may differ and be the same.</param>
    /// <returns>The names of each group, by ordinal order, as are the groups by their first names.</returns>
    public static IReadOnlyList<IReadOnlyList<string>> Group(IEnumerable<(string Name, OccupiedPlaces Places)> structures,
        MatchTolerance tolerance)
    {
        (string Name, OccupiedPlaces Places)[] ordered = [.. structures.OrderBy(structure => structure.Name, StringComparer.Ordinal)];
        string[] contents = [.. ordered.SelectMany(structure => structure.Places.Places).Select(place => place.Content).Distinct()
            .Order(StringComparer.Ordinal)];
        var families = new StructureFamilies(tolerance);
        var groups = new List<List<string>>();
        foreach ((string name, OccupiedPlaces places) in ordered)
        {
            int family = ordered.Length == 1 ? 0 : families.Add(Matchable(places, contents));
            if (family == groups.Count)
                groups.Add([]);
            groups[family].Add(name);
        }

        return groups;
    }

    private static MatchableStructure Matchable(OccupiedPlaces places, string[] contents)
    {
        Fractional[] positions = [.. places.Places.Select(place => place.Position)];
        int[] kinds = [.. places.Places.Select(place => Array.BinarySearch(contents, place.Content, StringComparer.Ordinal))];
        return MatchableStructure.Of(new AtomicCell(Basis.Of(places.Cell), positions, kinds))
            ?? throw new ArgumentException("a structure without atoms is not the same as any other", nameof(places));
    }
}
