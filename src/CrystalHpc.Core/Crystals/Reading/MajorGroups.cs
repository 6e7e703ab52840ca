using System.Globalization;
using CrystalHpc.Core.Elements;
using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Crystals;

/// <summary>
/// Resolves disorder that the file describes as alternatives: of each assembly the group with the highest occupancy is kept, its atoms then
/// fully occupied, and the others are left out. What remains is one of the arrangements that the crystal has.
/// </summary>
internal static class MajorGroups
{
    private const double LeastOccupancy = 0.5;
    private const double FullOccupancy = 0.999;

    // Occupancies of one group, and the sum over the groups, as far as rounding spreads them.
    private const double Rounding = 0.02;

    /// <summary>
    /// The sites of the ordered part and of the major groups; of equal groups the one with the lowest number. Null when there are no groups
    /// or the disorder cannot be resolved.
    /// </summary>
    /// <remarks>
    /// What cannot be resolved: partly occupied sites outside groups, groups about symmetry elements (negative numbers), occupancies that
    /// differ within a group or do not add up to 1, and assemblies without a group of at least half of the occupancy.
    /// </remarks>
    /// <param name="sites">All sites.</param>
    /// <param name="kept">What is kept, for people; empty without a result.</param>
    /// <param name="sameComposition">True when the groups left out have the elements of the group kept.</param>
    public static IReadOnlyList<AtomSite>? Choose(IReadOnlyList<AtomSite> sites, out string kept, out bool sameComposition)
    {
        (kept, sameComposition) = ("", true);
        if (!sites.Any(site => site.DisorderGroup.Length > 0) || sites.Any(site => site.DisorderGroup.Length == 0
            && site.Occupancy < FullOccupancy))
            return null;
        var major = new Dictionary<string, Group>(StringComparer.Ordinal);
        var notes = new List<string>();
        foreach (IGrouping<string, AtomSite> assembly in sites.Where(site => site.DisorderGroup.Length > 0)
            .GroupBy(site => site.DisorderAssembly))
        {
            Group[] groups = [.. assembly.GroupBy(site => site.DisorderGroup).Select(group => Group.Of(group.Key, [.. group]))];
            Group best = groups.OrderByDescending(group => group.Occupancy).ThenBy(group => group.Number).First();
            if (groups.Any(group => group.Number < 1 || group.Spread > Rounding) || best.Occupancy < LeastOccupancy - 1e-6
                || Math.Abs(groups.Sum(group => group.Occupancy) - 1) > Rounding)
                return null;
            major[assembly.Key] = best;
            sameComposition &= groups.All(group => group.Elements == best.Elements);
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"assembly {(assembly.Key.Length > 0 ? assembly.Key : "without name")}: group {best.Name} ({best.Occupancy:0.###}) of "
                + $"{groups.Length}"));
        }

        kept = string.Join("; ", notes);
        return
        [
            .. sites.Where(site => site.DisorderGroup.Length == 0 || major[site.DisorderAssembly].Name == site.DisorderGroup)
                .Select(site => site.DisorderGroup.Length == 0 ? site : site with { DisorderGroup = "", DisorderAssembly = "",
                    Occupancy = 1 }),
        ];
    }

    /// <summary>
    /// The structure with its disorder resolved, when what remains is sane: the sum formula, or without one the same elements whichever
    /// group is taken; else the structure as it is.
    /// </summary>
    public static CrystalStructure Resolve(CrystalStructure structure, double mergeToleranceAngstrom, ICollection<Finding> findings)
    {
        if (Choose(structure.Sites, out string kept, out bool sameComposition) is not { } sites)
            return structure;
        CrystalStructure resolved = CrystalStructure.Expand(structure.Cell, structure.Operations, sites, structure.Metadata,
            mergeToleranceAngstrom);
        FormulaAgreement agreement = resolved.FormulaComparison.Agreement;
        if (agreement == FormulaAgreement.Differs || (agreement == FormulaAgreement.NoFormula && !sameComposition))
            return structure;
        findings.Add(new Finding(CrystalFindings.DisorderResolved, $"{kept}; {structure.Sites.Count - sites.Count} sites left out"));
        return resolved;
    }

    private readonly record struct Group(string Name, int Number, double Occupancy, double Spread, string Elements)
    {
        public static Group Of(string name, AtomSite[] sites)
        {
            double least = sites.Min(site => site.Occupancy), most = sites.Max(site => site.Occupancy);
            // A group without a number cannot be put in order.
            int number = int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int parsed) ? parsed : 0;
            string elements = string.Join(' ', sites.Select(site => site.Element.Symbol).Order(StringComparer.Ordinal));
            return new Group(name, number, sites.Average(site => site.Occupancy), most - least, elements);
        }
    }
}
