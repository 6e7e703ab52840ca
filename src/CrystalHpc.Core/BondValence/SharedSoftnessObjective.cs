using CrystalHpc.Core.Optimization;

namespace CrystalHpc.Core.BondValence;

/// <summary>
/// A fit with one B for all keys: parameters a of each key, then one ln B, in front of the function whose every key has its own.
/// The prior on ln B counts once for each key.
/// </summary>
internal sealed class SharedSoftnessObjective(BondValenceObjective inner) : IObjective
{
    private readonly double[] _point = new double[inner.ParameterCount];
    private readonly double[] _gradient = new double[inner.ParameterCount];

    /// <inheritdoc/>
    public int ParameterCount => inner.ParameterCount / 2 + 1;

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        Expand(parameters, _point);
        double value = inner.Evaluate(_point, _gradient);
        Contract(_gradient, gradient);
        return value;
    }

    /// <summary>From the shared vector to one with a and ln B of each key.</summary>
    public static void Expand(ReadOnlySpan<double> shared, Span<double> full)
    {
        for (int i = 0; i < full.Length; i++)
            full[i] = i % 2 == 0 ? shared[i / 2] : shared[^1];
    }

    /// <summary>From derivatives by a and ln B of each key to those of the shared vector: ln B collects.</summary>
    public static void Contract(ReadOnlySpan<double> full, Span<double> shared)
    {
        shared[^1] = 0;
        for (int i = 0; i < full.Length; i++)
        {
            if (i % 2 == 0)
                shared[i / 2] = full[i];
            else
                shared[^1] += full[i];
        }
    }
}
