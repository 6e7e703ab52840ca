namespace CrystalHpc.Core.Optimization;

/// <summary>State after one iteration; iteration 0 is the start.</summary>
/// <param name="Iteration">Number of the iteration.</param>
/// <param name="Value">Function value.</param>
/// <param name="ProjectedGradient">Largest component of the gradient that the bounds leave free.</param>
/// <param name="ProjectedStep">Largest component of x - P(x - g/curvature): what the stopping test compares.</param>
/// <param name="StepLength">Largest change of a parameter in this iteration.</param>
/// <param name="Evaluations">Evaluations of the function so far.</param>
public readonly record struct LbfgsIteration(
    int Iteration, double Value, double ProjectedGradient, double ProjectedStep, double StepLength, int Evaluations);

/// <summary>Receives each iteration as it ends.</summary>
/// <param name="iteration">The iteration.</param>
/// <param name="parameters">The point, valid during the call.</param>
public delegate void LbfgsObserver(LbfgsIteration iteration, ReadOnlySpan<double> parameters);

/// <summary>Outcome of a minimization.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Parameters">Best point found, within the bounds.</param>
/// <param name="Value">Function value there.</param>
/// <param name="Iterations">Iterations done.</param>
/// <param name="Evaluations">Evaluations of the function.</param>
public sealed record LbfgsResult(StoppingReason Reason, IReadOnlyList<double> Parameters, double Value, int Iterations, int Evaluations);
