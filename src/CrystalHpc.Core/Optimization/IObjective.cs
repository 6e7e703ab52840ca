namespace CrystalHpc.Core.Optimization;

/// <summary>A differentiable function of a flat parameter vector, to be made small.</summary>
public interface IObjective
{
    /// <summary>Length of the parameter vector.</summary>
    int ParameterCount { get; }

    /// <summary>Value and gradient at a point. NaN or infinity is a legal answer: the optimizer rejects the step.</summary>
    /// <param name="parameters">Point, length <see cref="ParameterCount"/>.</param>
    /// <param name="gradient">Receives the gradient, same length.</param>
    double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient);
}
