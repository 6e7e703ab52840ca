namespace CrystalHpc.Learning.Formulas.Neighbors;

/// <summary>The ways to assign elements of equal amount to one another: SrTiO3 and BaZrO3 may match Sr to Ba or Sr to Zr.</summary>
public static class SlotPermutations
{
    // Five elements of equal amount, or several groups of them, are compared in their order alone: they are rare, and permutations many.
    private const int LargestBlock = 4, MostPermutations = 24;

    /// <summary>All permutations of slots within equal amounts, the identity first.</summary>
    /// <param name="amounts">Amounts of the slots, falling.</param>
    public static int[][] Of(ReadOnlySpan<int> amounts)
    {
        List<int[]> permutations = [[]];
        for (int start = 0; start < amounts.Length;)
        {
            int end = start + 1;
            while (end < amounts.Length && amounts[end] == amounts[start])
                end++;
            int[] block = [.. Enumerable.Range(start, end - start)];
            List<int[]> orders = block.Length <= LargestBlock ? [.. Orders(block)] : [block];
            if (permutations.Count * orders.Count > MostPermutations)
                orders = [block];
            permutations = [.. permutations.SelectMany(head => orders, (head, order) => (int[])[.. head, .. order])];
            start = end;
        }

        return [.. permutations];
    }

    private static IEnumerable<int[]> Orders(int[] items)
    {
        if (items.Length <= 1)
            return [items];
        return items.SelectMany((first, i) => Orders([.. items.Where((_, j) => j != i)]), (first, rest) => (int[])[first, .. rest]);
    }
}
