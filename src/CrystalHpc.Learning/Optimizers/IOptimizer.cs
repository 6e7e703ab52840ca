using System.Numerics;

namespace CrystalHpc.Learning.Optimizers;

/// <summary>
/// Changes parameters along a gradient, one step at a time. What it remembers can be saved and given back, so that a stopped training goes
/// on alike.
/// </summary>
public interface IOptimizer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What it remembers, as buffers to save and to fill again.</summary>
    IReadOnlyList<T[]> State { get; }

    /// <summary>One step.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="gradient">Gradient of the loss.</param>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="rate">Learning rate of the step.</param>
    void Step(Span<T> values, ReadOnlySpan<T> gradient, long step, double rate);
}
