using CrystalHpc.Core.Numerics;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Weighted medians of many groups of numbers that are spread over processes, exactly: the values are whole numbers and the median is found
/// by bisection on counts, so that only one number for each group travels in each round and the result does not depend on the spread.
/// </summary>
internal static class WeightedMedian
{
    /// <summary>
    /// Lower weighted median of each group: the smallest m such that the values up to m hold at least half of the weight.
    /// </summary>
    /// <param name="groupCount">Number of groups.</param>
    /// <param name="limit">No value is larger than this in magnitude.</param>
    /// <param name="visit">Calls its argument with (group, value, weight) for every local number.</param>
    /// <param name="globalSum">Adds over processes.</param>
    /// <returns>Medians; <see cref="long.MinValue"/> for groups without weight.</returns>
    public static long[] Compute(int groupCount, long limit, Action<Action<int, long, long>> visit, GlobalSum globalSum)
    {
        long[] total = new long[groupCount], below = new long[groupCount];
        visit((group, _, weight) => total[group] += weight);
        globalSum(total);

        long[] low = Filled(groupCount, -limit), high = Filled(groupCount, limit);
        for (long width = 2 * limit; width > 0; width >>= 1)
        {
            Array.Clear(below);
            visit((group, value, weight) => below[group] += value <= Middle(low[group], high[group]) ? weight : 0);
            globalSum(below);
            for (int group = 0; group < groupCount; group++)
            {
                long middle = Middle(low[group], high[group]);
                if (2 * below[group] >= total[group])
                    high[group] = middle;
                else
                    low[group] = middle + 1;
            }
        }

        for (int group = 0; group < groupCount; group++)
            low[group] = total[group] == 0 ? long.MinValue : low[group];
        return low;
    }

    // Rounds down, also below zero, and never returns the upper end of a range of two or more.
    private static long Middle(long low, long high) => low >= high ? low : (low + high) >> 1;

    private static long[] Filled(int count, long value)
    {
        long[] array = new long[count];
        Array.Fill(array, value);
        return array;
    }
}
