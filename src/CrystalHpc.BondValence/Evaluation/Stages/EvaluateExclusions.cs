namespace CrystalHpc.BondValence.Evaluation;

/// <summary>
/// Which sites the filtered figures leave out. The rule is the same for every table: none can get rid of the sites that it alone misses.
/// </summary>
internal static class EvaluateExclusions
{
    /// <summary>Every table misses the site grossly.</summary>
    public const string Gate = "gate";

    /// <summary>A table warns of its own parameters for one of the bonds.</summary>
    public const string DoubtfulParameters = "doubtful-parameters";

    /// <summary>Why a site is excluded; null when it is not.</summary>
    public static string? ReasonOf(EvaluatedRow row, EvaluationOptions options)
    {
        if (!row.IsComplete)
            return null;
        if (SmallestMisfit(row) >= options.GateAngstrom)
            return Gate;
        return options.ExcludeDoubtfulParameters && row.IsDoubtful ? DoubtfulParameters : null;
    }

    /// <summary>
    /// The smallest |0.37 ln(V/sum)| over the tables that cover the site, Å; infinite for sums of zero, null when no table covers it.
    /// </summary>
    public static double? SmallestMisfit(EvaluatedRow row) => SiteMisfit.SmallestAngstrom(Math.Abs(row.Center.Charge), row.Sums);
}
