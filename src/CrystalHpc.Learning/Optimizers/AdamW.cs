using System.Numerics;
using System.Runtime.Intrinsics;

namespace CrystalHpc.Learning.Optimizers;

/// <summary>
/// Adam with decoupled weight decay (Kingma and Ba 2015, arXiv 1412.6980; Loshchilov and Hutter 2019, arXiv 1711.05101); without decay it
/// is Adam.
/// b1 = 0.9, b2 = 0.999, epsilon = 1e-8.
/// </summary>
/// <param name="decay">Weight decay of each parameter: it shrinks by rate x decay in each step.</param>
/// <param name="rateFactor">Factor of the learning rate of each parameter; null for 1.</param>
public sealed class AdamW<T>(T[] decay, T[]? rateFactor = null) : IOptimizer<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double FirstDecay = 0.9, SecondDecay = 0.999;

    private readonly T[] _first = new T[decay.Length], _second = new T[decay.Length];

    /// <inheritdoc/>
    public IReadOnlyList<T[]> State => [_first, _second];

    /// <inheritdoc/>
    public void Step(Span<T> values, ReadOnlySpan<T> gradient, long step, double rate)
    {
        T b1 = T.CreateChecked(FirstDecay), b2 = T.CreateChecked(SecondDecay), epsilon = T.CreateChecked(1e-8);
        T c1 = T.One / T.CreateChecked(1 - PowerOf(FirstDecay, step)), c2 = T.One / T.CreateChecked(1 - PowerOf(SecondDecay, step));
        T largest = T.CreateChecked(rate);

        // Element by element, so that the bits do not depend on the width of the vectors.
        int width = Vector512<T>.Count, i = 0;
        for (; i + width <= values.Length; i += width)
        {
            Vector512<T> g = Load(gradient, i), w = Load(values, i), r = rateFactor is null ? Vector512.Create(largest) : largest * Load(
                rateFactor, i);
            Vector512<T> first = b1 * Load(_first, i) + (T.One - b1) * g, second = b2 * Load(_second, i) + (T.One - b2) * (g * g);
            first.CopyTo(_first, i);
            second.CopyTo(_second, i);
            Vector512<T> change = r * Load(decay, i) * w + r * (first * c1) / (Vector512.Sqrt(second * c2) + Vector512.Create(epsilon));
            (w - change).CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            T r = rateFactor is null ? largest : largest * rateFactor[i], g = gradient[i];
            _first[i] = b1 * _first[i] + (T.One - b1) * g;
            _second[i] = b2 * _second[i] + (T.One - b2) * (g * g);
            values[i] -= r * decay[i] * values[i] + r * (_first[i] * c1) / (T.Sqrt(_second[i] * c2) + epsilon);
        }
    }

    private static Vector512<T> Load(ReadOnlySpan<T> values, int start) => Vector512.Create(values[start..]);

    // Powers by squaring: the same bits everywhere, unlike those of the platform.
    private static double PowerOf(double number, long exponent)
    {
        double power = 1;
        for (; exponent > 0; exponent >>= 1, number *= number)
        {
            if ((exponent & 1) != 0)
                power *= number;
        }

        return power;
    }
}
