using System.Numerics;
using CrystalHpc.Learning.Layers;

namespace CrystalHpc.Learning.Optimizers;

/// <summary>Optimizers that take one step a batch.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with decoupled weight decay.</summary>
    Adamw,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}

/// <summary>Makes optimizers for the parameters of a network.</summary>
public static class OptimizerOf
{
    /// <summary>An optimizer that lets weights decay, gives each parameter its rate, and leaves statistics alone.</summary>
    /// <param name="kind">Which one.</param>
    /// <param name="parameters">The parameters, in the order of their buffer.</param>
    /// <param name="decay">Weight decay.</param>
    /// <param name="momentum">Momentum of stochastic gradient descent.</param>
    public static IOptimizer<T> Parameters<T>(OptimizerKind kind, IReadOnlyList<Parameter<T>> parameters, double decay, double momentum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] decays = Each(parameters, parameter => parameter.Kind == ParameterKind.Weight ? decay : 0);
        T[] factors = Each(parameters, parameter => parameter.Kind == ParameterKind.Statistic ? 0 : parameter.RateFactor);
        return kind == OptimizerKind.Sgd ? new Sgd<T>(decays, momentum, factors) : new AdamW<T>(decays, factors);
    }

    private static T[] Each<T>(IReadOnlyList<Parameter<T>> parameters, Func<Parameter<T>, double> value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. parameters.SelectMany(parameter => Enumerable.Repeat(T.CreateChecked(value(parameter)), parameter.Length))];
}
