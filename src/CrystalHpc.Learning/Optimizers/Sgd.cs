using System.Numerics;

namespace CrystalHpc.Learning.Optimizers;

/// <summary>
/// Stochastic gradient descent with momentum: v = m v + g + decay w, w = w - rate v (Polyak 1964, doi 10.1016/0041-5553(64)90137-5).
/// </summary>
/// <param name="decay">Weight decay of each parameter: the gradient of decay w^2 / 2, so-called L2.</param>
/// <param name="momentum">m, from 0 to below 1.</param>
/// <param name="rateFactor">Factor of the learning rate of each parameter; null for 1.</param>
public sealed class Sgd<T>(T[] decay, double momentum, T[]? rateFactor = null) : IOptimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _velocity = new T[decay.Length];

    /// <inheritdoc/>
    public IReadOnlyList<T[]> State => [_velocity];

    /// <inheritdoc/>
    public void Step(Span<T> values, ReadOnlySpan<T> gradient, long step, double rate)
    {
        T m = T.CreateChecked(momentum), r = T.CreateChecked(rate);
        for (int i = 0; i < values.Length; i++)
        {
            _velocity[i] = m * _velocity[i] + gradient[i] + decay[i] * values[i];
            values[i] -= r * (rateFactor is null ? T.One : rateFactor[i]) * _velocity[i];
        }
    }
}
