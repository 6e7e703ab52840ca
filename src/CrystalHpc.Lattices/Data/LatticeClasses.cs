using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Lattices.Data;

/// <summary>
/// The classes that are predicted, and how those of the 230 space groups add up to the 14 Bravais lattices and the 7 crystal systems
/// (International Tables for
/// Crystallography A, 2016, section 3.1.2); trigonal groups with the hexagonal lattice and hexagonal groups share hP.
/// </summary>
public static class LatticeClasses
{
    /// <summary>Number of space groups.</summary>
    public const int Groups = 230;

    private static readonly string[] Families = ["a", "m", "o", "t", "h", "h", "c"];

    // The last group of each crystal system.
    private static readonly int[] LastGroups = [2, 15, 74, 142, 167, 194, 230];

    /// <summary>Crystal systems.</summary>
    public static IReadOnlyList<string> Systems { get; } = ["triclinic", "monoclinic", "orthorhombic", "tetragonal", "trigonal",
        "hexagonal", "cubic"];

    /// <summary>Bravais lattices; S is a lattice centered on one pair of faces.</summary>
    public static IReadOnlyList<string> Bravais { get; } = ["aP", "mP", "mS", "oP", "oS", "oI", "oF", "tP", "tI", "hP", "hR", "cP", "cI",
        "cF"];

    /// <summary>Short Hermann-Mauguin symbols of the groups, by number less one.</summary>
    public static IReadOnlyList<string> GroupSymbols { get; } = [.. Enumerable.Range(1, Groups).Select(
        number => SpaceGroup.FromNumber(number)[0].ShortSymbol)];

    /// <summary>The crystal system of a group, both counted from 0.</summary>
    public static int SystemOf(int group) => Array.FindIndex(LastGroups, last => group + 1 <= last);

    /// <summary>The Bravais lattice of a group, both counted from 0.</summary>
    public static int BravaisOf(int group) => BravaisOfGroups[group];

    private static readonly int[] BravaisOfGroups = [.. Enumerable.Range(0, Groups).Select(group =>
    {
        char centering = GroupSymbols[group][0];
        string name = Families[SystemOf(group)] + (centering is 'A' or 'B' or 'C' ? 'S' : centering);
        int index = Bravais.ToList().IndexOf(name);
        return index >= 0 ? index : throw new InvalidOperationException($"no Bravais lattice {name}");
    })];

    /// <summary>The crystal system of each group.</summary>
    public static ReadOnlySpan<int> SystemsOfGroups => SystemOfGroups;

    /// <summary>The Bravais lattice of each group.</summary>
    public static ReadOnlySpan<int> BravaisLatticesOfGroups => BravaisOfGroups;

    private static readonly int[] SystemOfGroups = [.. Enumerable.Range(0, Groups).Select(SystemOf)];
}
