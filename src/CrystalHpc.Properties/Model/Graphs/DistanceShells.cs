namespace CrystalHpc.Properties.Model;

/// <summary>
/// The distances of a crystal gathered into shells: those that follow one another closely count as equal, at their mean. It depends on the
/// distances alone, so that another order, origin or cell of the same crystal gives the same shells. Cosines of angles are gathered alike.
/// </summary>
internal static class DistanceShells
{
    // Coordinates with five decimals scatter equal distances by some 1e-4 A; edge features change little over the widest shell.
    private const double LargestGapAngstrom = 2e-4, LargestWidthAngstrom = 1e-3;

    /// <summary>Finds the shells.</summary>
    /// <param name="distances">All distances, A, each as often as it occurs.</param>
    /// <param name="shells">Receives the shell of each distance.</param>
    /// <returns>The distance of each shell, A, rising.</returns>
    public static double[] Find(ReadOnlySpan<double> distances, Span<int> shells)
    {
        var order = new int[distances.Length];
        double[] sorted = distances.ToArray();
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var found = new List<double>();
        for (int start = 0; start < sorted.Length;)
        {
            (int end, double sum) = (start, 0);
            for (; end < sorted.Length && (end == start || IsSame(sorted, start, end)); end++)
            {
                sum += sorted[end] - sorted[start];
                shells[order[end]] = found.Count;
            }

            found.Add(sorted[start] + sum / (end - start));
            start = end;
        }

        return [.. found];
    }

    private static bool IsSame(double[] sorted, int start, int place) =>
        sorted[place] - sorted[place - 1] <= LargestGapAngstrom && sorted[place] - sorted[start] <= LargestWidthAngstrom;
}
