using CrystalHpc.Core.Numerics;

namespace CrystalHpc.Learning.Losses;

/// <summary>Answers yes or no by x, the logarithm of the odds of yes.</summary>
public static class Odds
{
    /// <summary>Probability of yes, 1 / (1 + exp(-x)).</summary>
    public static double Probability(double odds)
    {
        double small = PortableMath.Exp(-Math.Abs(odds));
        return odds >= 0 ? 1 / (1 + small) : small / (1 + small);
    }

    /// <summary>The other way; probabilities of 0 and 1 count as 1e-9 less certain.</summary>
    public static double Of(double probability)
    {
        const double Least = 1e-9;
        double p = Math.Clamp(probability, Least, 1 - Least);
        return PortableMath.Log(p / (1 - p));
    }

    /// <summary>-ln of the probability of an answer, 1 for yes and 0 for no.</summary>
    public static double Loss(double odds, double answer) =>
        Math.Max(odds, 0) - odds * answer + PortableMath.Log(1 + PortableMath.Exp(-Math.Abs(odds)));
}
