namespace CrystalHpc.Core.Symmetry;

/// <summary>Hermann-Mauguin symbols of the 32 crystallographic point groups (International Tables A, table 3.2.1.4).</summary>
internal static class PointGroups
{
    // The first space group of each.
    private static readonly (int First, string Symbol)[] BySpaceGroup =
    [
        (1, "1"), (2, "-1"), (3, "2"), (6, "m"), (10, "2/m"), (16, "222"), (25, "mm2"), (47, "mmm"), (75, "4"), (81, "-4"), (83, "4/m"),
        (89, "422"), (99, "4mm"), (111, "-42m"), (123, "4/mmm"), (143, "3"), (147, "-3"), (149, "32"), (156, "3m"), (162, "-3m"),
        (168, "6"),
        (174, "-6"), (175, "6/m"), (177, "622"), (183, "6mm"), (187, "-6m2"), (191, "6/mmm"), (195, "23"), (200, "m-3"), (207, "432"),
        (215, "-43m"), (221, "m-3m"),
    ];

    /// <summary>The point group of a space group.</summary>
    public static string OfSpaceGroup(int number) => BySpaceGroup.Last(group => group.First <= number).Symbol;
}
