using CrystalHpc.Learning.Metrics;
using CrystalHpc.Potentials.Model;

namespace CrystalHpc.Potentials.Prediction;

/// <summary>Finds how sure a potential is from structures that it was not trained on.</summary>
internal static class Calibration
{
    /// <summary>So many standard errors to each side are meant to hold nine tenths of all cases.</summary>
    public const double HalfWidth = 1.645;

    private const double Share = 0.9;

    // One in twenty validation structures may be warned about.
    private const double WarnedShare = 0.05;

    // Where networks of a committee agree by chance, the error is not zero: a share of the median spread is added.
    private const double LeastSpread = 0.5;

    /// <summary>Calibrates on structures.</summary>
    /// <param name="frames">Structures with predictions, one at least.</param>
    /// <param name="members">Number of networks.</param>
    public static Confidence Find(IReadOnlyList<JudgedFrame> frames, int members)
    {
        double[] excesses = [.. frames.Select(frame => frame.Excess).Order()];
        (double energy, double energyFactor) = Fit(
            [.. frames.Select(frame => frame.EnergyError)],
                [.. frames.Select(frame => frame.Prediction.EnergySpread / frame.Row.Frame.AtomCount)], members);
        double[] forces = [.. frames.SelectMany(frame => frame.ForceErrors)];
        double[] spreads = [.. frames.SelectMany(frame => members == 1 ? frame.ForceErrors.Select(_ => 0.0)
            : frame.Prediction.ForceSpreads.Take(frame.ForceErrors.Count()))];
        (double force, double forceFactor) = forces.Length > 0 ? Fit(forces, spreads, members) : (double.NaN, double.NaN);
        return new Confidence(energy, energyFactor, force, forceFactor,
            Math.Max(1e-6, excesses[(int)((1 - WarnedShare) * (excesses.Length - 1))]));
    }

    private static (double Constant, double Factor) Fit(double[] errors, double[] spreads, int members)
    {
        double least = members == 1 ? 1 : Math.Max(1e-12, LeastSpread * spreads.Order().ElementAt(spreads.Length / 2));
        double[] raw = [.. spreads.Select(spread => Math.Sqrt(least * least + spread * spread))];
        double factor = RegressionMetrics.ErrorFactor(errors, new double[errors.Length], raw, HalfWidth, Share);
        return (factor * least, factor);
    }
}
