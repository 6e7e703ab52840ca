using CrystalHpc.BondValence.Equations;
using CrystalHpc.Core.Elements;

namespace CrystalHpc.BondValence.Fit;

/// <summary>What one key says of its ln B, the prior left aside.</summary>
/// <param name="Anion">Anion of the key.</param>
/// <param name="LogSoftness">Estimate of ln B.</param>
/// <param name="Variance">Its variance.</param>
internal readonly record struct LogSoftnessEstimate(Species Anion, double LogSoftness, double Variance)
{
    /// <summary>Takes a normal prior out of a posterior: precisions subtract. Null where the data said nothing.</summary>
    public static LogSoftnessEstimate? FromPosterior(Species anion, double mean, double variance, double priorMean, double priorPrecision)
    {
        double precision = 1 / variance - priorPrecision;
        return precision > 0 ? new(anion, (mean / variance - priorMean * priorPrecision) / precision, 1 / precision) : null;
    }
}

/// <summary>
/// The mean of ln B of each anion, estimated from the keys with that anion (empirical Bayes, two-stage normal model). Anions with few data
/// stay near the common mean.
/// </summary>
/// <remarks>
/// The estimate x of a key with variance v scatters about the mean of its anion with variance v + w^2, w the width of the prior of ln B;
/// the means scatter about the common one with a width of their own. The posterior mean is in closed form (Lindley and Smith 1972,
/// J. R. Stat. Soc. B 34, 1).
/// </remarks>
internal static class AnionSoftness
{
    /// <summary>Moves the centers of the priors on ln B from the common one to the means of their anions.</summary>
    /// <param name="problem">The fit; its priors move, its keys with data have a say.</param>
    /// <param name="point">The minimum that was found, a full parameter vector.</param>
    /// <param name="uncertainties">Its uncertainties.</param>
    /// <param name="anionWidth">Standard deviation of the means of anions about the common one.</param>
    /// <param name="keyWidth">Standard deviation of the ln B of keys about the mean of their anion.</param>
    public static void Center(FitProblem problem, double[] point, ParameterUncertainty[] uncertainties, double anionWidth, double keyWidth)
    {
        (FitPriors priors, IReadOnlyList<BondKey> keys) = (problem.Priors, problem.Keys);
        List<LogSoftnessEstimate> estimates = [];
        foreach (int key in problem.KeysWithData)
        {
            // At a bound the curvature says nothing of the error.
            int g = ParameterLayout.LogSoftness(key);
            if (point[g] > priors.Bounds.Lower[g] && point[g] < priors.Bounds.Upper[g] && LogSoftnessEstimate.FromPosterior(
                keys[key].Anion, point[g], uncertainties[key].LogSoftnessVariance, priors.LogSoftnessMeans[key], priors.Precision(g))
                is { } estimate)
            {
                estimates.Add(estimate);
            }
        }

        Dictionary<Species, double> means = estimates.Count == 0 ? [] : Means(estimates, priors.LogSoftnessMeans[0], anionWidth, keyWidth);
        for (int key = 0; key < keys.Count; key++)
            priors.LogSoftnessMeans[key] = means.GetValueOrDefault(keys[key].Anion, priors.LogSoftnessMeans[key]);
    }

    /// <summary>Mean of ln B of each anion that has an estimate.</summary>
    /// <param name="estimates">Estimates, in an order that is the same in every process.</param>
    /// <param name="commonMean">Mean of all anions, ln B.</param>
    /// <param name="anionWidth">Standard deviation of the means of anions about it.</param>
    /// <param name="keyWidth">Standard deviation of the ln B of keys about the mean of their anion.</param>
    public static Dictionary<Species, double> Means(
        IEnumerable<LogSoftnessEstimate> estimates, double commonMean, double anionWidth, double keyWidth)
    {
        Dictionary<Species, (double Sum, double Precision)> sums = [];
        double common = 1 / (anionWidth * anionWidth);
        foreach (LogSoftnessEstimate estimate in estimates)
        {
            (double sum, double precision) = sums.GetValueOrDefault(estimate.Anion, (common * commonMean, common));
            double weight = 1 / (estimate.Variance + keyWidth * keyWidth);
            sums[estimate.Anion] = (sum + weight * estimate.LogSoftness, precision + weight);
        }

        return sums.ToDictionary(pair => pair.Key, pair => pair.Value.Sum / pair.Value.Precision);
    }
}
