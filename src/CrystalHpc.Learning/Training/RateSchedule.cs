namespace CrystalHpc.Learning.Training;

/// <summary>How the learning rate changes with the steps.</summary>
public enum RateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>
    /// Up from a 25th within the first quarter of the steps, then down to a 250,000th, along cosines (Smith 2018, arXiv 1803.09820).
    /// </summary>
    OneCycle,

    /// <summary>Down to zero along a cosine (Loshchilov and Hutter 2017, arXiv 1608.03983).</summary>
    Cosine,
}

/// <summary>Learning rates of steps.</summary>
public static class LearningRate
{
    private const double CycleRise = 0.25, CycleStart = 1.0 / 25, CycleEnd = 1.0 / 250_000;

    /// <summary>The rate of a step.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="largest">The largest rate.</param>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="steps">Number of all steps.</param>
    public static double At(RateSchedule schedule, double largest, long step, long steps)
    {
        double passed = steps > 1 ? (step - 1.0) / (steps - 1) : 0;
        return schedule switch
        {
            RateSchedule.OneCycle when passed < CycleRise => largest * Between(CycleStart, 1, passed / CycleRise),
            RateSchedule.OneCycle => largest * Between(1, CycleEnd, (passed - CycleRise) / (1 - CycleRise)),
            RateSchedule.Cosine => largest * Between(1, 0, (step - 1.0) / steps),
            _ => largest,
        };
    }

    private static double Between(double first, double last, double passed)
        => last + (first - last) * 0.5 * (1 + CosineOfHalfTurns(passed));

    // cos(pi x), 0 <= x <= 1, by its series around 1/2: ranks on unlike nodes must get the same bits, which the platform does not promise.
    private static double CosineOfHalfTurns(double x)
    {
        const int Terms = 12;
        double y = Math.PI * (0.5 - x), square = y * y, sum = 0;
        for (int k = Terms; k >= 1; k--)
            sum = 1 - square / (2 * k * (2 * k + 1)) * (k == Terms ? 1 : sum);
        return y * sum;
    }
}
