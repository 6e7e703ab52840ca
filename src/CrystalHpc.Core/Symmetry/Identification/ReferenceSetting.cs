using CrystalHpc.Core.Crystals;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Symmetry;

/// <summary>
/// A tabulated setting in the form that structures are compared with: one operation for each rotation part, and the centering vectors.
/// The reference settings are the first of each group in the table: axis b, cell choice 1, origin 1, hexagonal axes.
/// </summary>
internal sealed class ReferenceSetting
{
    private static readonly Lazy<ReferenceSetting[]> ByNumber = new(() =>
    [
        .. SpaceGroup.Tabulated.Select((group, index) => (group, index)).DistinctBy(entry => entry.group.Number)
            .Select(entry => new ReferenceSetting(entry.group, entry.index + 1)),
    ]);

    private static readonly Lazy<Dictionary<ulong, ReferenceSetting[]>> ByCounts = new(() =>
        ByNumber.Value.GroupBy(setting => RotationType.Counts(setting.Rotations))
            .ToDictionary(group => group.Key, group => group.ToArray()));

    private readonly int[] _codes;

    /// <summary>Takes a setting of the table.</summary>
    /// <param name="group">The setting.</param>
    /// <param name="hallNumber">Its place in the table, from 1.</param>
    public ReferenceSetting(SpaceGroup group, int hallNumber)
    {
        (Group, HallNumber) = (group, hallNumber);
        Centerings = [.. group.Operations.Where(w => Matrix(w) == IntMatrix.Identity).Select(Translation)];
        SymmetryOperation[] distinct = [.. group.Operations.DistinctBy(Matrix)];
        Rotations = [.. distinct.Select(Matrix)];
        Translations = [.. distinct.Select(Translation)];
        _codes = [.. Rotations.Select(Code)];
    }

    /// <summary>The setting.</summary>
    public SpaceGroup Group { get; }

    /// <summary>Its place among the 530 tabulated settings, from 1.</summary>
    public int HallNumber { get; }

    /// <summary>Lattice points of the cell, the origin first.</summary>
    public Fractional[] Centerings { get; }

    /// <summary>Each rotation part once, the identity first.</summary>
    public IntMatrix[] Rotations { get; }

    /// <summary>The translation of each; others differ by centerings.</summary>
    public Fractional[] Translations { get; }

    /// <summary>The reference setting of a group.</summary>
    public static ReferenceSetting Of(int number) => ByNumber.Value[number - 1];

    /// <summary>
    /// The reference settings whose point groups have these counts of rotation types; empty when there is no such point group.
    /// </summary>
    public static ReadOnlySpan<ReferenceSetting> WithCounts(ulong counts)
        => ByCounts.Value.TryGetValue(counts, out ReferenceSetting[]? found) ? found : [];

    /// <summary>The operation with a rotation part; -1 when the setting has none.</summary>
    public int IndexOf(int code) => _codes.AsSpan().IndexOf(code);

    /// <summary>A number for each matrix of entries -1, 0 and 1; -1 for others.</summary>
    public static int Code(IntMatrix m)
    {
        ReadOnlySpan<int> entries = [m.M11, m.M12, m.M13, m.M21, m.M22, m.M23, m.M31, m.M32, m.M33];
        int code = 0;
        foreach (int entry in entries)
        {
            if (entry is < -1 or > 1)
                return -1;
            code = 3 * code + entry + 1;
        }

        return code;
    }

    private static IntMatrix Matrix(SymmetryOperation w) => new(w.W11, w.W12, w.W13, w.W21, w.W22, w.W23, w.W31, w.W32, w.W33);

    private static Fractional Translation(SymmetryOperation w) => new(w.T1, w.T2, w.T3);
}
