using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Whether listed operations are those of the space group that the file names. Operations of a tabulated setting tell their group exactly;
/// of others, such as shifted origins, only the rotations and the number of centerings are compared.
/// </summary>
internal static class SymbolCheck
{
    /// <summary>What disagrees, for people; null when nothing does or the file names no group that is known.</summary>
    public static string? Mismatch(IReadOnlyList<SymmetryOperation> operations, StructureMetadata metadata)
    {
        IReadOnlyList<SpaceGroup> named = HermannMauguinSymbol.Find(metadata.SpaceGroup);
        SpaceGroup? identified = SpaceGroup.Identify(operations);
        string found = identified is null ? $"{operations.Count} operations of no tabulated setting"
            : $"the operations are those of {identified}";
        if (named.Count > 0 && !named.Any(group => IsSameGroup(operations, identified, group)))
            return $"{found}, the symbol is '{metadata.SpaceGroup}'";
        if (metadata.SpaceGroupNumber is { } number
            && !SpaceGroup.FromNumber(number).Take(1).Any(group => IsSameGroup(operations, identified, group)))
            return $"{found}, the number is {number}";
        if (metadata.HallSymbol.Length > 0 && HallSymbol.TryParse(metadata.HallSymbol, out IReadOnlyList<SymmetryOperation> fromHall)
            && !IsSameGroup(operations, identified, fromHall, SpaceGroup.Identify(fromHall)?.Number))
            return $"{found}, the Hall symbol is '{metadata.HallSymbol}'";
        return null;
    }

    private static bool IsSameGroup(IReadOnlyList<SymmetryOperation> operations, SpaceGroup? identified, SpaceGroup named) =>
        IsSameGroup(operations, identified, named.Operations, named.Number);

    private static bool IsSameGroup(
        IReadOnlyList<SymmetryOperation> operations, SpaceGroup? identified, IReadOnlyList<SymmetryOperation> named, int? number) =>
        identified is not null && number is not null
            ? identified.Number == number
            : RotationKinds(operations).SequenceEqual(RotationKinds(named));

    // Order and handedness of each rotation, by determinant and trace; centerings, which repeat them all, are divided out.
    private static IEnumerable<(int Determinant, int Trace)> RotationKinds(IReadOnlyList<SymmetryOperation> operations) => operations
        .DistinctBy(w => (w.W11, w.W12, w.W13, w.W21, w.W22, w.W23, w.W31, w.W32, w.W33))
        .Select(w => (w.Determinant, w.W11 + w.W22 + w.W33)).Order();
}
