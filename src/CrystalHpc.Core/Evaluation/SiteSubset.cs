using System.Globalization;

namespace CrystalHpc.Core.Evaluation;

/// <summary>Sites that metrics are computed over.</summary>
/// <param name="Name"><c>all</c> or <c>filtered</c>, then what narrows it: <c>filtered/cation/Ca2+</c>.</param>
/// <param name="Sites">Indices of the sites, ascending.</param>
/// <param name="HoldsWholeStructures">All sites of a structure are in or none: instability indices make sense.</param>
public sealed record SiteSubset(string Name, IReadOnlyList<int> Sites, bool HoldsWholeStructures)
{
    private const string All = "all";
    private const string Filtered = "filtered";

    /// <summary>
    /// All sites and those that are not excluded; each of them by cation, by anion (<c>mixed</c> where several surround a cation), by
    /// coordination number, and by the source of the oxidation states.
    /// </summary>
    public static IReadOnlyList<SiteSubset> Of(EvaluatedSites sites)
    {
        ArgumentNullException.ThrowIfNull(sites);
        int[] cations = [.. Enumerable.Range(0, sites.Sites.Count)];
        var subsets = new List<SiteSubset>();
        foreach (string filter in (string[])[All, Filtered])
        {
            int[] chosen = [.. cations.Where(site => filter == All || !sites.Sites[site].IsExcluded)];
            subsets.Add(new SiteSubset(filter, chosen, true));
            subsets.AddRange(Slices(filter, "source", chosen, site => sites.Sites[site].Source, name => name, holdsWholeStructures: true));
            subsets.AddRange(Slices(filter, "cation", chosen, site => sites.Sites[site].Center, species => species.ToString()));
            subsets.AddRange(Slices(filter, "anion", chosen, site => sites.Sites[site].Neighbor ?? default, anion => anion == default ? "mixed" : anion.ToString()));
            subsets.AddRange(Slices(
                filter, "coordination", chosen, site => sites.Sites[site].Coordination, number => number.ToString(CultureInfo.InvariantCulture)));
        }

        return subsets;
    }

    private static IEnumerable<SiteSubset> Slices<TKey>(
        string filter, string kind, int[] sites, Func<int, TKey> keyOf, Func<TKey, string> nameOf, bool holdsWholeStructures = false) =>
        sites.GroupBy(keyOf).OrderBy(slice => slice.Key)
            .Select(slice => new SiteSubset($"{filter}/{kind}/{nameOf(slice.Key)}", [.. slice], holdsWholeStructures));
}
