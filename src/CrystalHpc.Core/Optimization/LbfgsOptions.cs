namespace CrystalHpc.Core.Optimization;

/// <summary>Limits and tolerances of <see cref="BoundedLbfgs"/>.</summary>
/// <param name="History">Corrections remembered.</param>
/// <param name="MaxIterations">Iterations after which to stop.</param>
/// <param name="GradientTolerance">Stop when the projected step x - P(x - g/curvature) is below this in every component.</param>
/// <param name="RelativeChangeTolerance">Stop when |F change| is at most this times max(1, |F|); 0 switches the test off.</param>
/// <param name="LargestStep">No parameter changes by more than this in one iteration: where the function is known to be rough.</param>
public sealed record LbfgsOptions(
    int History, int MaxIterations, double GradientTolerance, double RelativeChangeTolerance, double LargestStep = double.PositiveInfinity);
