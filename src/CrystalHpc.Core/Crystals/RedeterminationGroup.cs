using System.Globalization;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Names the group of redeterminations that a structure belongs to, from what the structure itself says; joins the groups that a bucket's edge
/// divides when all are known.
/// </summary>
public static class RedeterminationGroup
{
    /// <summary>
    /// Reduced formula, point group, atoms in the primitive cell, and bucket of the volume per atom. None of them depends on the setting of the cell
    /// or on how the space group is written.
    /// </summary>
    /// <param name="structure">The structure.</param>
    /// <param name="volumePercent">Width of a bucket of volume for each atom, percent.</param>
    public static string IdOf(CrystalStructure structure, double volumePercent)
    {
        string formula = ChemicalFormula.OfCell(structure).Reduced().ToString().Replace(" ", "", StringComparison.Ordinal);
        double bucket = Math.Round(Math.Log(structure.Cell.Volume / structure.AtomCount) / Math.Log(1 + volumePercent / 100));
        int rotations = structure.Operations.Select(RotationOf).Distinct().Count();
        int primitiveAtoms = structure.AtomCount * rotations / structure.Operations.Count;
        return string.Create(CultureInfo.InvariantCulture, $"{formula}|{PointGroupOf(structure)}|{primitiveAtoms}|{bucket}");
    }

    /// <summary>
    /// Joins the groups that the edge of a bucket divides: ids that differ only in buckets next to one another are one group, named after the lowest of
    /// them. In the order of the ids.
    /// </summary>
    /// <param name="structures">Accepted structures of each id.</param>
    public static IEnumerable<JoinedGroup> Join(IReadOnlyDictionary<string, int> structures)
    {
        var joined = new List<(string Id, string Key, long Bucket, string Group)>();
        IEnumerable<(string Id, string Key, long Bucket)> ids = structures.Keys.Select(id =>
        {
            int at = id.LastIndexOf('|');
            return (id, id[..at], long.Parse(id.AsSpan(at + 1), CultureInfo.InvariantCulture));
        });
        foreach ((string id, string key, long bucket) in ids.OrderBy(id => id.Item2, StringComparer.Ordinal).ThenBy(id => id.Item3))
        {
            bool continues = joined.Count > 0 && joined[^1].Key == key && joined[^1].Bucket == bucket - 1;
            joined.Add((id, key, bucket, continues ? joined[^1].Group : id));
        }

        Dictionary<string, int> totals = joined.GroupBy(row => row.Group).ToDictionary(rows => rows.Key, rows => rows.Sum(row => structures[row.Id]));
        return joined.OrderBy(row => row.Id, StringComparer.Ordinal).Select(row => new JoinedGroup(row.Id, totals[row.Group], row.Group));
    }

    // The kinds of rotation and how many there are of each: that tells the 32 point groups apart.
    private static string PointGroupOf(CrystalStructure structure) => string.Join('+', structure.Operations
        .Select(RotationOf).Distinct()
        .GroupBy(rotation => KindOf(rotation), StringComparer.Ordinal)
        .OrderBy(kind => kind.Key, StringComparer.Ordinal)
        .Select(kind => kind.Count() == 1 ? kind.Key : string.Create(CultureInfo.InvariantCulture, $"{kind.Count()}*{kind.Key}")));

    private static SymmetryOperation RotationOf(SymmetryOperation operation) => operation with { T1 = 0, T2 = 0, T3 = 0 };

    // Determinant and trace tell the kind of a rotation (International Tables for Crystallography A).
    private static string KindOf(SymmetryOperation rotation)
    {
        int trace = rotation.Determinant * (rotation.W11 + rotation.W22 + rotation.W33);
        string kind = trace switch { 3 => "1", -1 => "2", 0 => "3", 1 => "4", _ => "6" };
        return rotation.Determinant > 0 ? kind : kind == "2" ? "m" : "-" + kind;
    }
}

/// <summary>A group id and the joined group that it belongs to.</summary>
/// <param name="Id">Id as <see cref="RedeterminationGroup.IdOf"/> gives it.</param>
/// <param name="Structures">Accepted structures of the joined group.</param>
/// <param name="JoinedId">Name of the joined group.</param>
public readonly record struct JoinedGroup(string Id, int Structures, string JoinedId);
