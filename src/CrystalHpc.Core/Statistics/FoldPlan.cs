using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Core.Statistics;

/// <summary>
/// Deals groups of structures into folds for cross-validation: in random but fixed order, in turn, so that folds differ by one group at
/// most.
/// </summary>
public static class FoldPlan
{
    /// <summary>The fold of each group.</summary>
    /// <param name="groups">Ids of the groups; order and repetitions do not matter.</param>
    /// <param name="folds">Number of folds.</param>
    /// <param name="seed">Chooses the order.</param>
    public static Dictionary<string, int> Deal(IEnumerable<string> groups, int folds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        return groups.Distinct()
            .OrderBy(group => HashedBits.Of(TextHash.Of(group), (ulong)(uint)seed)).ThenBy(group => group, StringComparer.Ordinal)
            .Select((group, i) => (group, i))
            .ToDictionary(item => item.group, item => item.i % folds);
    }
}
