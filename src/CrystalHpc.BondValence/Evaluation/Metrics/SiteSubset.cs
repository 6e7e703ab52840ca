using System.Globalization;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>Sites that metrics are computed over.</summary>
/// <param name="Name"><c>all</c> or <c>filtered</c>, then what narrows it: <c>filtered/cation/Ca2+</c>.</param>
/// <param name="Sites">Indices of the sites, ascending.</param>
/// <param name="Anions">
/// The anions that belong to instability indices of the structures of these sites; null where a subset divides structures.
/// </param>
public sealed record SiteSubset(string Name, IReadOnlyList<int> Sites, IReadOnlyList<int>? Anions = null)
{
    private const string All = "all";
    private const string Filtered = "filtered";

    /// <summary>
    /// All cations and those that are not excluded; each of them by the source of the oxidation states, by cation, by anion (<c>mixed</c> where
    /// several surround a cation), by coordination number, and by the number of groups of structures that know the rarest of its bonds. Then the anions themselves, <c>all/sums-at/O2-</c>, where they are complete.
    /// </summary>
    public static IReadOnlyList<SiteSubset> Of(EvaluatedSites sites)
    {
        ArgumentNullException.ThrowIfNull(sites);
        var subsets = new List<SiteSubset>();
        foreach (string filter in (string[])[All, Filtered])
        {
            int[] chosen = [.. Enumerable.Range(0, sites.Sites.Count).Where(site => sites.Sites[site].IsComplete && (filter == All || !sites.Sites[site].IsExcluded))];
            int[] cations = [.. chosen.Where(site => sites.Sites[site].IsCation)], anions = [.. chosen.Where(site => !sites.Sites[site].IsCation)];
            subsets.Add(new SiteSubset(filter, cations, anions));
            subsets.AddRange(Slices(filter, "source", cations, site => sites.Sites[site].Source, name => name).Select(slice => slice with { Anions = anions }));
            subsets.AddRange(Slices(filter, "cation", cations, site => sites.Sites[site].Center, species => species.ToString()));
            subsets.AddRange(Slices(filter, "anion", cations, site => sites.Sites[site].Neighbor ?? default, anion => anion == default ? "mixed" : anion.ToString()));
            subsets.AddRange(Slices(
                filter, "coordination", cations, site => sites.Sites[site].Coordination, number => number.ToString(CultureInfo.InvariantCulture)));
            subsets.AddRange(Slices(filter, "groups", cations, site => RangeOf(sites.Sites[site].PairGroups), range => GroupRanges[range].Name));
            subsets.AddRange(Slices(filter, "sums-at", anions, site => sites.Sites[site].Center, species => species.ToString()));
        }

        return subsets;
    }

    /// <summary>Ranges of numbers of groups, by their least number.</summary>
    internal static readonly (int Least, string Name)[] GroupRanges = [(0, "1-2"), (3, "3-4"), (5, "5-9"), (10, "10-19"), (20, "20+")];

    private static int RangeOf(int groups) => Array.FindLastIndex(GroupRanges, range => range.Least <= groups);

    private static IEnumerable<SiteSubset> Slices<TKey>(string filter, string kind, int[] sites, Func<int, TKey> keyOf, Func<TKey, string> nameOf) =>
        sites.GroupBy(keyOf).OrderBy(slice => slice.Key).Select(slice => new SiteSubset($"{filter}/{kind}/{nameOf(slice.Key)}", [.. slice]));
}
