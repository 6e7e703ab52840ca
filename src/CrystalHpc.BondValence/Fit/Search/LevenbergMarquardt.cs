using CrystalHpc.Core.Optimization;

namespace CrystalHpc.BondValence.Fit;

/// <summary>
/// Damped Gauss-Newton steps within bounds (Levenberg 1944, Marquardt 1963), for a robust loss: each residual's curvature is the weight
/// rho'(z)/z of iteratively reweighted least squares, so that every matrix is positive. Variables whose gradient pushes them against a
/// limit are held.
/// </summary>
internal static class LevenbergMarquardt
{
    private const double FirstDamping = 1e-3;
    private const double LeastDamping = 1e-12;
    private const double MostDamping = 1e12;
    private const double Rounding = 1e-15;

    /// <summary>Minimizes the function from a start.</summary>
    /// <param name="objective">Function and gradient.</param>
    /// <param name="divisor">What the function was divided by; the system was not.</param>
    /// <param name="systemAt">The Gauss-Newton system at a point.</param>
    /// <param name="start">Starting point.</param>
    /// <param name="bounds">Limits of the parameters.</param>
    /// <param name="curvature">Rough second derivative of each parameter, for the stopping test.</param>
    /// <param name="options">Limits and tolerances.</param>
    /// <param name="observer">Told about the start and each iteration.</param>
    public static LbfgsResult Minimize(
        IObjective objective, double divisor, Func<double[], GaussNewtonSystem> systemAt, ReadOnlySpan<double> start, Bounds bounds,
        ReadOnlySpan<double> curvature, LbfgsOptions options, LbfgsObserver? observer)
    {
        int n = objective.ParameterCount;
        double[] x = new double[n], gradient = new double[n], trial = new double[n], trialGradient = new double[n], step = new double[n];
        bool[] isFree = new bool[n];
        for (int i = 0; i < n; i++)
            x[i] = bounds.Clip(i, start[i]);
        double value = objective.Evaluate(x, gradient);
        if (!double.IsFinite(value))
            return new LbfgsResult(StoppingReason.NotFinite, x, value, 0, 1);

        (int evaluations, double damping, double stepLength, bool isUnchanged) = (1, FirstDamping, 0, false);
        for (int iteration = 0; ; iteration++)
        {
            (double projectedGradient, double projectedStep) = Project(x, gradient, curvature, bounds, isFree);
            observer?.Invoke(new LbfgsIteration(iteration, value, projectedGradient, projectedStep, stepLength, evaluations), x);
            StoppingReason? reason =
                projectedStep <= options.GradientTolerance ? StoppingReason.Gradient
                : isUnchanged ? StoppingReason.FunctionChange
                : iteration >= options.MaxIterations ? StoppingReason.MaxIterations
                : null;
            GaussNewtonSystem? system = reason is null ? systemAt(x) : null;
            while (system is not null)
            {
                if (damping > MostDamping)
                {
                    reason = StoppingReason.LineSearchFailed;
                    break;
                }

                for (int i = 0; i < n; i++)
                    step[i] = isFree[i] ? gradient[i] * divisor : 0;
                double trialValue = double.NaN;
                if (system.TryFactor(damping, isFree))
                {
                    system.Solve(step);
                    for (int i = 0; i < n; i++)
                        trial[i] = bounds.Clip(i, x[i] - step[i]);
                    trialValue = objective.Evaluate(trial, trialGradient);
                    evaluations++;
                }

                if (trialValue <= value + Rounding * Math.Abs(value))
                {
                    damping = Math.Max(damping / 10, LeastDamping);
                    isUnchanged = options.RelativeChangeTolerance > 0 && value - trialValue <= options.RelativeChangeTolerance * Math.Max(1,
                        Math.Abs(trialValue));
                    value = trialValue;
                    break;
                }

                damping *= 8;
            }

            if (reason is { } found)
                return new LbfgsResult(found, x, value, iteration, evaluations);
            stepLength = 0;
            for (int i = 0; i < n; i++)
                stepLength = Math.Max(stepLength, Math.Abs(trial[i] - x[i]));
            trial.CopyTo(x, 0);
            trialGradient.CopyTo(gradient, 0);
        }
    }

    // Marks the variables that may move; the largest component of what the gradient still asks of them, as it is and as a step.
    private static (double Gradient, double Step) Project(double[] x, double[] gradient, ReadOnlySpan<double> curvature, Bounds bounds,
        bool[] isFree)
    {
        (double largestGradient, double largestStep) = (0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            double move = Math.Abs(bounds.Clip(i, x[i] - gradient[i] / curvature[i]) - x[i]);
            isFree[i] = !(x[i] <= bounds.Lower[i] && gradient[i] > 0) && !(x[i] >= bounds.Upper[i] && gradient[i] < 0);
            if (isFree[i])
                largestGradient = Math.Max(largestGradient, Math.Abs(gradient[i]));
            largestStep = Math.Max(largestStep, move);
        }

        return (largestGradient, largestStep);
    }
}
