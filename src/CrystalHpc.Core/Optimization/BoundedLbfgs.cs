namespace CrystalHpc.Core.Optimization;

/// <summary>
/// Limited-memory BFGS within bounds: variables whose gradient pushes them against a limit are held, a quasi-Newton step is taken in the
/// others and projected (Bertsekas 1982, doi 10.1137/0320018; Nocedal and Wright 2006, chapter 7), with a strong Wolfe line search.
/// Deterministic: the same objective and start give the same bits, so that all ranks take the same path.
/// </summary>
public static class BoundedLbfgs
{
    /// <summary>Minimizes a function from a start.</summary>
    /// <param name="objective">Function and gradient.</param>
    /// <param name="start">Starting point; moved into the bounds.</param>
    /// <param name="bounds">Limits of the parameters.</param>
    /// <param name="curvature">Rough positive second derivative of each parameter, which sets its scale; ones when nothing is
    /// known.</param>
    /// <param name="options">Limits and tolerances.</param>
    /// <param name="observer">Told about the start and each iteration.</param>
    /// <param name="checkpointing">How to save the state and where to go on from; null: neither.</param>
    public static LbfgsResult Minimize(
        IObjective objective, ReadOnlySpan<double> start, Bounds bounds, ReadOnlySpan<double> curvature, LbfgsOptions options,
        LbfgsObserver? observer = null, LbfgsCheckpointing? checkpointing = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(bounds);
        ArgumentNullException.ThrowIfNull(options);
        int n = objective.ParameterCount;
        if (start.Length != n || bounds.Count != n || curvature.Length != n)
            throw new ArgumentException("start, bounds and curvature must have one entry for each parameter");

        double[] x = new double[n], gradient = new double[n], direction = new double[n], step = new double[n], change = new double[n];
        bool[] isFree = new bool[n];
        LbfgsMemory memory = new(options.History, n);
        LineSearch search = new(objective);
        (double value, int evaluations, double stepLength, bool isUnchanged) = (0, 0, 0, false);
        LbfgsState? resumed = checkpointing?.ResumeFrom;
        List<LbfgsIteration> passed = [.. resumed?.Passed ?? []];
        if (resumed is not null)
        {
            resumed.Point.CopyTo(x, 0);
            resumed.Gradient.CopyTo(gradient, 0);
            memory.Restore(resumed.Steps, resumed.GradientChanges);
            (value, evaluations, stepLength, isUnchanged) = (resumed.Value, resumed.Evaluations, resumed.StepLength, resumed.IsUnchanged);
        }
        else
        {
            for (int i = 0; i < n; i++)
                x[i] = bounds.Clip(i, start[i]);
            (value, evaluations) = (objective.Evaluate(x, gradient), 1);
            if (!double.IsFinite(value) || gradient.Any(g => !double.IsFinite(g)))
                return new LbfgsResult(StoppingReason.NotFinite, x, value, 0, evaluations);
        }

        for (int iteration = resumed?.Iteration ?? 0; ; iteration++)
        {
            (double projectedGradient, double projectedStep) = Project(x, gradient, curvature, bounds, isFree);
            LbfgsIteration now = new(iteration, value, projectedGradient, projectedStep, stepLength, evaluations);
            observer?.Invoke(now, x);
            StoppingReason? reason =
                projectedStep <= options.GradientTolerance ? StoppingReason.Gradient
                : isUnchanged ? StoppingReason.FunctionChange
                : iteration >= options.MaxIterations ? StoppingReason.MaxIterations
                : null;
            if (reason is StoppingReason found)
                return new LbfgsResult(found, x, value, iteration, evaluations);

            checkpointing?.OnIteration(() => Capture(now, isUnchanged, x, gradient, memory, passed));
            passed.Add(now);

            bool isAccepted = false;
            for (bool isLastTry = false; !isAccepted && !isLastTry;)
            {
                isLastTry = memory.IsEmpty;
                double slope = Direction(memory, x, gradient, curvature, bounds, isFree, direction);
                if (slope < 0)
                {
                    double firstStep = isLastTry ? Math.Min(1, 1 / Largest(direction)) : 1;
                    double maxStep = Math.Min(MaxStep(x, direction, bounds), options.LargestStep / Largest(direction));
                    isAccepted = search.TrySearch(x, direction, value, slope, firstStep, maxStep, bounds);
                    evaluations += search.Evaluations;
                }

                if (!isAccepted)
                    memory.Clear();
            }

            if (!isAccepted)
                return new LbfgsResult(StoppingReason.LineSearchFailed, x, value, iteration, evaluations);

            for (int i = 0; i < n; i++)
            {
                step[i] = search.Point[i] - x[i];
                change[i] = search.Gradient[i] - gradient[i];
            }

            memory.Push(step, change);
            search.Point.CopyTo(x);
            search.Gradient.CopyTo(gradient);
            stepLength = Largest(step);
            isUnchanged = options.RelativeChangeTolerance > 0
                && Math.Abs(value - search.Value) <= options.RelativeChangeTolerance * Math.Max(1, Math.Abs(search.Value));
            value = search.Value;
        }
    }

    private static LbfgsState Capture(
        LbfgsIteration now, bool isUnchanged, double[] x, double[] gradient, LbfgsMemory memory, List<LbfgsIteration> passed)
    {
        (double[][] steps, double[][] changes) = memory.Copy();
        return new LbfgsState
        {
            Iteration = now.Iteration,
            Evaluations = now.Evaluations,
            Value = now.Value,
            StepLength = now.StepLength,
            IsUnchanged = isUnchanged,
            Point = [.. x],
            Gradient = [.. gradient],
            Steps = steps,
            GradientChanges = changes,
            Passed = [.. passed],
        };
    }

    // Marks the variables that may move and measures what the gradient still asks of them.
    private static (double Gradient, double Step) Project(
        ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, ReadOnlySpan<double> curvature, Bounds bounds, Span<bool> isFree)
    {
        double largestGradient = 0, largestStep = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double move = Math.Abs(bounds.Clip(i, x[i] - gradient[i] / curvature[i]) - x[i]);
            isFree[i] = move > 0;
            if (isFree[i])
                largestGradient = Math.Max(largestGradient, Math.Abs(gradient[i]));
            largestStep = Math.Max(largestStep, move);
        }

        return (largestGradient, largestStep);
    }

    // The quasi-Newton direction, bent at the bounds; returns the slope along it. Without memory it is scaled steepest descent, which
    // descends even when bent; with memory the caller falls back to that when the slope is not negative.
    private static double Direction(
        LbfgsMemory memory, ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, ReadOnlySpan<double> curvature, Bounds bounds,
        ReadOnlySpan<bool> isFree, Span<double> direction)
    {
        gradient.CopyTo(direction);
        memory.Apply(direction, curvature, isFree);
        double slope = 0;
        for (int i = 0; i < x.Length; i++)
        {
            direction[i] = isFree[i] ? bounds.Clip(i, x[i] - direction[i]) - x[i] : 0;
            slope += direction[i] * gradient[i];
        }

        return slope;
    }

    private static double MaxStep(ReadOnlySpan<double> x, ReadOnlySpan<double> direction, Bounds bounds)
    {
        double maxStep = double.PositiveInfinity;
        for (int i = 0; i < x.Length; i++)
        {
            double room = direction[i] > 0 ? bounds.Upper[i] - x[i] : x[i] - bounds.Lower[i];
            if (direction[i] != 0)
                maxStep = Math.Min(maxStep, room / Math.Abs(direction[i]));
        }

        // The bent direction stays within the bounds up to a step of 1; rounding must not say otherwise.
        return Math.Max(maxStep, 1);
    }

    private static double Largest(ReadOnlySpan<double> vector)
    {
        double largest = 0;
        foreach (double component in vector)
            largest = Math.Max(largest, Math.Abs(component));
        return largest;
    }
}
