using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Potentials.Simulation.Relaxation;

/// <summary>
/// Fast inertial relaxation engine: motion that is steered downhill and stopped when it goes uphill (E. Bitzek et al., Phys. Rev. Lett. 97
/// (2006) 170201).
/// </summary>
internal static class Fire
{
    private const double Acceleration = 1.1, Brake = 0.5, StartMixing = 0.1, MixingDecay = 0.99, FirstStep = 0.1, LongestStep = 1,
        LargestMove = 0.2;
    private const int Patience = 5;

    /// <summary>Minimizes a function.</summary>
    /// <param name="objective">The function.</param>
    /// <param name="start">Where to start.</param>
    /// <param name="tolerance">Done when no component of the gradient is larger.</param>
    /// <param name="mostSteps">Steps after which to give up.</param>
    /// <param name="onStep">Told the number of each step.</param>
    /// <returns>True when the tolerance was reached.</returns>
    public static bool Minimize(IObjective objective, double[] start, double tolerance, int mostSteps, Action<int> onStep)
    {
        double[] x = [.. start], gradient = new double[x.Length], velocity = new double[x.Length];
        (double time, double mixing, int downhill) = (FirstStep, StartMixing, 0);
        for (int step = 0; ; step++)
        {
            if (!double.IsFinite(objective.Evaluate(x, gradient)))
                return false;
            onStep(step);
            if (gradient.Max(Math.Abs) <= tolerance)
                return true;
            if (step == mostSteps)
                return false;
            double power = -Dot(gradient, velocity), speed = Math.Sqrt(Dot(velocity, velocity)), slope = Math.Sqrt(Dot(gradient, gradient));
            if (power > 0)
            {
                for (int i = 0; i < x.Length; i++)
                    velocity[i] = (1 - mixing) * velocity[i] - mixing * speed / slope * gradient[i];
                if (++downhill > Patience)
                    (time, mixing) = (Math.Min(time * Acceleration, LongestStep), mixing * MixingDecay);
            }
            else
            {
                Array.Clear(velocity);
                (time, mixing, downhill) = (time * Brake, StartMixing, 0);
            }

            for (int i = 0; i < x.Length; i++)
                velocity[i] -= time * gradient[i];
            double move = time * velocity.Max(Math.Abs), share = move > LargestMove ? LargestMove / move : 1;
            for (int i = 0; i < x.Length; i++)
                x[i] += share * time * velocity[i];
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
