using System.Globalization;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Evaluation;

/// <summary>What narrows a subset beside the filter, in the order of the tables.</summary>
public enum SubsetKind
{
    /// <summary>Nothing: all cations.</summary>
    Whole,

    /// <summary>Cations of structures whose oxidation states come from one source.</summary>
    Source,

    /// <summary>One cation.</summary>
    Cation,

    /// <summary>Cations bonded to one anion, or to several (<c>mixed</c>).</summary>
    Anion,

    /// <summary>Cations of one coordination number.</summary>
    Coordination,

    /// <summary>Cations the rarest of whose bonds so many groups of structures know.</summary>
    Groups,

    /// <summary>One anion: its own sums, where these are complete.</summary>
    SumsAt,
}

/// <summary>Which sites a row of metrics is about.</summary>
/// <param name="IsFiltered">Leaves out excluded sites.</param>
/// <param name="Kind">What narrows it.</param>
/// <param name="Source">The source; empty otherwise.</param>
/// <param name="Ion">The cation or anion; that of atomic number 0 where there are several or none.</param>
/// <param name="Number">Coordination number or range of groups; 0 otherwise.</param>
public readonly record struct SubsetKey(bool IsFiltered, SubsetKind Kind, string Source, Species Ion, int Number) : IComparable<SubsetKey>
{
    private static readonly (int Least, string Name)[] GroupRanges = [(0, "1-2"), (3, "3-4"), (5, "5-9"), (10, "10-19"), (20, "20+")];

    /// <summary>Name in the tables: <c>all</c> or <c>filtered</c>, then what narrows it, as in <c>filtered/cation/Ca2+</c>.</summary>
    public string Name => (IsFiltered ? "filtered" : "all") + Kind switch
    {
        SubsetKind.Whole => "",
        SubsetKind.Source => $"/source/{Source}",
        SubsetKind.Cation => $"/cation/{Ion}",
        SubsetKind.Anion => $"/anion/{(Ion == default ? "mixed" : Ion.ToString())}",
        SubsetKind.Coordination => string.Create(CultureInfo.InvariantCulture, $"/coordination/{Number}"),
        SubsetKind.Groups => $"/groups/{GroupRanges[Number].Name}",
        _ => $"/sums-at/{Ion}",
    };

    /// <summary>True for subsets that divide no structure, so that these have instability indices in it.</summary>
    public bool HasStructures => Kind is SubsetKind.Whole or SubsetKind.Source;

    /// <summary>Range of a number of groups: ranges go by their least number.</summary>
    public static int RangeOf(int groups) => Array.FindLastIndex(GroupRanges, range => range.Least <= groups);

    /// <summary>All cations, and those that are not excluded: subsets that are there without any site.</summary>
    public static IEnumerable<SubsetKey> Always =>
        [new(false, SubsetKind.Whole, "", default, 0), new(true, SubsetKind.Whole, "", default, 0)];

    /// <summary>The subsets that sites of a class belong to.</summary>
    public static IEnumerable<SubsetKey> Of(SiteClass kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (!kind.IsComplete)
            yield break;
        foreach (bool isFiltered in kind.IsExcluded ? (bool[])[false] : [false, true])
        {
            if (!kind.IsCation)
            {
                yield return new SubsetKey(isFiltered, SubsetKind.SumsAt, "", kind.Center, 0);
                continue;
            }

            yield return new SubsetKey(isFiltered, SubsetKind.Whole, "", default, 0);
            yield return new SubsetKey(isFiltered, SubsetKind.Source, kind.Source, default, 0);
            yield return new SubsetKey(isFiltered, SubsetKind.Cation, "", kind.Center, 0);
            yield return new SubsetKey(isFiltered, SubsetKind.Anion, "", kind.Neighbor ?? default, 0);
            yield return new SubsetKey(isFiltered, SubsetKind.Coordination, "", default, kind.Coordination);
            yield return new SubsetKey(isFiltered, SubsetKind.Groups, "", default, kind.PairRange);
        }
    }

    /// <inheritdoc/>
    public int CompareTo(SubsetKey other) =>
        IsFiltered != other.IsFiltered ? IsFiltered.CompareTo(other.IsFiltered)
        : Kind != other.Kind ? Kind.CompareTo(other.Kind)
        : string.CompareOrdinal(Source, other.Source) is not 0 and int bySource ? bySource
        : Ion != other.Ion ? Ion.CompareTo(other.Ion)
        : Number.CompareTo(other.Number);

    /// <summary>Order of the tables.</summary>
    public static bool operator <(SubsetKey left, SubsetKey right) => left.CompareTo(right) < 0;

    /// <summary>Order of the tables.</summary>
    public static bool operator >(SubsetKey left, SubsetKey right) => left.CompareTo(right) > 0;

    /// <summary>Order of the tables.</summary>
    public static bool operator <=(SubsetKey left, SubsetKey right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the tables.</summary>
    public static bool operator >=(SubsetKey left, SubsetKey right) => left.CompareTo(right) >= 0;
}
