namespace CrystalHpc.Core.Coordination;

/// <summary>
/// From weights of neighbors to likelihoods of coordination numbers, as CrystalNN does it: the distinct weights cut a quarter of
/// the unit circle into strips; the share of the strip between a weight and the next smaller one is the likelihood that just the
/// neighbors down to that weight coordinate (N. E. R. Zimmermann, A. Jain, RSC Adv. 10 (2020) 6063, doi 10.1039/C9RA07755C).
/// </summary>
internal static class CoordinationLikelihood
{
    /// <summary>The likeliest number of neighbors.</summary>
    /// <param name="weights">Rounded weights in descending order, all in (0, 1].</param>
    public static int LikeliestCount(ReadOnlySpan<double> weights)
    {
        int best = 0;
        double highest = 0, sum = 0;
        for (int end = NextStrip(weights, 0); end >= 0; end = NextStrip(weights, end))
        {
            double likelihood = Strip(weights, end);
            sum += likelihood;
            if (likelihood > highest + CoordinationTolerances.Likelihood)
                (best, highest) = (end, likelihood);
        }

        return 1 - sum > highest + CoordinationTolerances.Likelihood ? 0 : best;
    }

    /// <summary>For each neighbor, the sum of the likelihoods of all coordination numbers that include it.</summary>
    public static void Accumulate(ReadOnlySpan<double> weights, Span<double> shares)
    {
        // That sum telescopes: all strips from zero up to the neighbor's own weight.
        for (int i = 0; i < weights.Length; i++)
            shares[i] = QuarterCircle(weights[i]);
    }

    // Number of neighbors up to the end of the next run of equal weights; -1 behind the last.
    private static int NextStrip(ReadOnlySpan<double> weights, int start)
    {
        if (start >= weights.Length)
            return -1;
        int end = start + 1;
        while (end < weights.Length && weights[end] == weights[start])
            end++;
        return end;
    }

    private static double Strip(ReadOnlySpan<double> weights, int end) =>
        QuarterCircle(weights[end - 1]) - (end < weights.Length ? QuarterCircle(weights[end]) : 0);

    // Share of the area of the quarter circle between 0 and x.
    private static double QuarterCircle(double x) => 2 / Math.PI * (x * Math.Sqrt(1 - x * x) + Math.Asin(x));
}
