using CrystalHpc.Core.Findings;
using CrystalHpc.Core.SpaceGroups;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Symmetry operations where a file lists none to rely on: from the Hall symbol, else the Hermann-Mauguin symbol, else the number. Only
/// settings that fit the cell count. Where several do, as with two origins, the atoms decide.
/// </summary>
internal static class SymmetryFromSymbols
{
    // Two axes fit equally well when they differ by less than rounding of the cell could.
    private const double SameFit = 1e-4;

    // Atoms in larger structures are not consulted: expanding them would cost too much.
    private const int MostAtoms = 100_000;

    /// <summary>The operations; null, without a finding, when no symbol stands for any that fit the cell.</summary>
    /// <param name="metadata">Symbols, number, formula.</param>
    /// <param name="cell">Unit cell.</param>
    /// <param name="sites">Sites.</param>
    /// <param name="listed">Operations that the file lists, though they are no group: settings that have them come first.</param>
    /// <param name="findings">Receives where the operations come from and what was guessed.</param>
    public static IReadOnlyList<SymmetryOperation>? Find(
        StructureMetadata metadata, UnitCell cell, IReadOnlyList<AtomSite> sites, IReadOnlyList<SymmetryOperation> listed,
        ICollection<Finding> findings)
    {
        if (metadata.HallSymbol.Length > 0 && HallSymbol.TryParse(metadata.HallSymbol, out IReadOnlyList<SymmetryOperation> operations)
            && CellMetric.LargestChange(cell, operations).Change <= CellMetric.Tolerance)
        {
            findings.Add(new Finding(CrystalFindings.SymmetryFromHall, $"'{metadata.HallSymbol}'"));
            return operations;
        }

        IReadOnlyList<SpaceGroup> bySymbol = HermannMauguinSymbol.Find(metadata.SpaceGroup);
        if (Fitting(cell, ByCode(metadata, bySymbol)) is { Count: > 0 } coded)
        {
            SpaceGroup chosen = Choose(coded, metadata, cell, sites, listed, findings);
            string symbol = metadata.SpaceGroup.Length > 0 ? $"'{metadata.SpaceGroup}'" : FormattableString.Invariant(
                $"{metadata.SpaceGroupNumber}");
            findings.Add(new Finding(CrystalFindings.SymmetryFromCode, $"{symbol} with the code {metadata.SettingCode} read as {chosen}"));
            return chosen.Operations;
        }

        if (Fitting(cell, bySymbol) is { Count: > 0 } named)
        {
            SpaceGroup chosen = Choose(named, metadata, cell, sites, listed, findings);
            findings.Add(new Finding(CrystalFindings.SymmetryFromHermannMauguin, $"'{metadata.SpaceGroup}' read as {chosen}"));
            return chosen.Operations;
        }

        if (metadata.SpaceGroupNumber is { } number && Fitting(cell, SpaceGroup.FromNumber(number)) is { Count: > 0 } numbered)
        {
            SpaceGroup chosen = Choose(numbered, metadata, cell, sites, listed, findings);
            findings.Add(new Finding(CrystalFindings.SymmetryFromNumber, $"{number} read as {chosen}"));
            return chosen.Operations;
        }

        return null;
    }

    /// <summary>
    /// The setting of the symbol, or else of the number or the Hall symbol, that has all listed operations and more; null when none has.
    /// </summary>
    public static SpaceGroup? Larger(
        IReadOnlyList<SymmetryOperation> listed, StructureMetadata metadata, UnitCell cell, IReadOnlyList<AtomSite> sites)
    {
        IReadOnlyList<SpaceGroup> named = HermannMauguinSymbol.Find(metadata.SpaceGroup);
        if (named.Count == 0 && metadata.SpaceGroupNumber is { } number)
            named = SpaceGroup.FromNumber(number);
        if (named.Count == 0 && HallSymbol.TryParse(metadata.HallSymbol, out IReadOnlyList<SymmetryOperation> fromHall)
            && SpaceGroup.Identify(fromHall) is { } identified)
            named = [identified];
        List<SpaceGroup> larger = [.. Fitting(cell, named).Where(group => ListAgainstSymbol.IsProperPart(listed, group))];
        return larger.Count == 0 ? null : Choose(larger, metadata, cell, sites, listed, []);
    }

    // The code of a setting tells more than a symbol, which may be that of the reference setting; a symbol of another setting beside it is
    // left for the atoms to judge, unless it is the standard one.
    private static List<SpaceGroup> ByCode(StructureMetadata metadata, IReadOnlyList<SpaceGroup> bySymbol)
    {
        if (metadata.SettingCode.Length == 0 || (metadata.SpaceGroupNumber ?? (bySymbol.Count > 0 ? bySymbol[0].Number : null))
            is not { } number)
            return [];
        if (bySymbol.Count > 0 && bySymbol.All(group => group.Number != number))
            return [];
        IReadOnlyList<SpaceGroup> coded = SpaceGroup.FromCode(number, metadata.SettingCode);
        bool isReference = bySymbol.Any(group => SpaceGroup.FromNumber(number).Take(1).Contains(group));
        return coded.Count == 0 ? [] : [.. coded, .. isReference ? [] : bySymbol.Where(group => group.Number == number
            && !coded.Contains(group))];
    }

    // The settings that fit the cell, and of them those that fit it best: a monoclinic angle of 90.2° tells the axis.
    private static List<SpaceGroup> Fitting(UnitCell cell, IReadOnlyList<SpaceGroup> settings)
    {
        double[] changes = [.. settings.Select(group => CellMetric.LargestChange(cell, group.Operations).Change)];
        double best = changes.Length > 0 ? changes.Min() : 0;
        return [.. settings.Where((_, i) => changes[i] <= CellMetric.Tolerance && changes[i] <= best + SameFit)];
    }

    private static SpaceGroup Choose(
        List<SpaceGroup> settings, StructureMetadata metadata, UnitCell cell, IReadOnlyList<AtomSite> sites,
        IReadOnlyList<SymmetryOperation> listed, ICollection<Finding> findings)
    {
        if (settings.Count == 1)
            return settings[0];
        if ((long)sites.Count * settings[0].Operations.Count > MostAtoms)
        {
            findings.Add(new Finding(
                CrystalFindings.SymmetrySettingGuessed, $"{settings[0]}; too many atoms to compare {settings.Count} settings"));
            return settings[0];
        }

        SettingEvidence[] evidence = [.. settings.Select(group => SettingEvidence.Of(group, metadata, cell, sites, listed))];
        int best = 0;
        for (int i = 1; i < evidence.Length; i++)
        {
            if (evidence[i].CompareTo(evidence[best]) > 0)
                best = i;
        }

        findings.Add(new Finding(CrystalFindings.SymmetrySettingGuessed,
            string.Join("; ", settings.Select((group, i) => $"{group}: {evidence[i]}")) + $"; taken: {settings[best]}"));
        return settings[best];
    }
}
