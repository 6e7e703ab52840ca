namespace CrystalHpc.Core.Optimization;

/// <summary>
/// Nonlinear conjugate gradients: Polak and Ribiere with restarts where their factor is negative (PR+; Gilbert and Nocedal 1992, doi
/// 10.1137/0802003), and the line search of <see cref="BoundedLbfgs"/>. Needs four vectors whatever the number of iterations.
/// Deterministic, as that is.
/// </summary>
public static class NonlinearConjugateGradient
{
    // Conjugate directions need exact steps more than quasi-Newton ones do (Nocedal and Wright 2006, section 5.2).
    private const double Curvature = 0.1;

    /// <summary>Minimizes a function from a start.</summary>
    /// <param name="objective">Function and gradient.</param>
    /// <param name="start">Starting point.</param>
    /// <param name="options">Limits and tolerances; <see cref="LbfgsOptions.History"/> means nothing here.</param>
    /// <param name="observer">Told about the start and each iteration.</param>
    public static LbfgsResult Minimize(IObjective objective, ReadOnlySpan<double> start, LbfgsOptions options,
        LbfgsObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(options);
        int n = objective.ParameterCount;
        if (start.Length != n)
            throw new ArgumentException("the start must have one entry for each parameter", nameof(start));

        double[] x = start.ToArray(), gradient = new double[n], direction = new double[n];
        Bounds bounds = Bounds.None(n);
        var search = new LineSearch(objective, Curvature);
        double value = objective.Evaluate(x, gradient), stepLength = 0, firstStep = 0;
        int evaluations = 1;
        if (!double.IsFinite(value) || gradient.Any(g => !double.IsFinite(g)))
            return new LbfgsResult(StoppingReason.NotFinite, x, value, 0, evaluations);
        bool isUnchanged = false, isSteepest = true;
        for (int i = 0; i < n; i++)
            direction[i] = -gradient[i];
        for (int iteration = 0; ; iteration++)
        {
            double largest = Largest(gradient);
            observer?.Invoke(new LbfgsIteration(iteration, value, largest, largest, stepLength, evaluations), x);
            StoppingReason? reason =
                largest <= options.GradientTolerance ? StoppingReason.Gradient
                : isUnchanged ? StoppingReason.FunctionChange
                : iteration >= options.MaxIterations ? StoppingReason.MaxIterations
                : null;
            if (reason is StoppingReason found)
                return new LbfgsResult(found, x, value, iteration, evaluations);

            double slope = Dot(direction, gradient);
            bool isAccepted = false;
            while (!isAccepted)
            {
                // Directions have no length of their own: the first step is short, later ones gain as much as the last one promised
                // (Nocedal and Wright 2006, eq. 3.60).
                double step = isSteepest || slope >= 0 ? Math.Min(1, 1 / largest) : firstStep / slope;
                isAccepted = slope < 0 && search.TrySearch(x, direction, value, slope, step, double.PositiveInfinity, bounds);
                evaluations += slope < 0 ? search.Evaluations : 0;
                if (isAccepted)
                    break;
                if (isSteepest)
                    return new LbfgsResult(StoppingReason.LineSearchFailed, x, value, iteration, evaluations);
                isSteepest = true;
                for (int i = 0; i < n; i++)
                    direction[i] = -gradient[i];
                slope = Dot(direction, gradient);
            }

            // PR+: beta = max(0, g' (g' - g) / g g).
            double turn = 0, square = Dot(gradient, gradient);
            stepLength = 0;
            for (int i = 0; i < n; i++)
            {
                turn += search.Gradient[i] * (search.Gradient[i] - gradient[i]);
                stepLength = Math.Max(stepLength, Math.Abs(search.Point[i] - x[i]));
            }

            double beta = Math.Max(0, turn / square);
            firstStep = slope * StepTaken(x, search.Point, direction);
            search.Point.CopyTo(x);
            search.Gradient.CopyTo(gradient);
            for (int i = 0; i < n; i++)
                direction[i] = beta * direction[i] - gradient[i];
            isSteepest = beta == 0;
            isUnchanged = options.RelativeChangeTolerance > 0
                && Math.Abs(value - search.Value) <= options.RelativeChangeTolerance * Math.Max(1, Math.Abs(search.Value));
            value = search.Value;
        }
    }

    // Of the component that shows it best.
    private static double StepTaken(ReadOnlySpan<double> from, ReadOnlySpan<double> to, ReadOnlySpan<double> direction)
    {
        int largest = 0;
        for (int i = 1; i < direction.Length; i++)
        {
            if (Math.Abs(direction[i]) > Math.Abs(direction[largest]))
                largest = i;
        }

        return (to[largest] - from[largest]) / direction[largest];
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    private static double Largest(ReadOnlySpan<double> vector)
    {
        double largest = 0;
        foreach (double component in vector)
            largest = Math.Max(largest, Math.Abs(component));
        return largest;
    }
}
