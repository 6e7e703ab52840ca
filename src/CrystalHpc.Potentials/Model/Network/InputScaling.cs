namespace CrystalHpc.Potentials.Model.Network;

/// <summary>
/// How the values of symmetry functions become inputs of a network, (value - shift) factor, and the range that the training has seen.
/// </summary>
/// <param name="Shift">What is subtracted.</param>
/// <param name="Factor">What is multiplied by.</param>
/// <param name="Lowest">Lowest value in the training data.</param>
/// <param name="Highest">Highest value in the training data.</param>
public sealed record InputScaling(double[] Shift, double[] Factor, double[] Lowest, double[] Highest)
{
    // Functions that never change carry nothing: their input is 0 as long as they do not.
    private const double SmallestSpread = 1e-8;

    /// <summary>Number of inputs.</summary>
    public int Count => Shift.Length;

    /// <summary>Inputs with the mean 0 whose training range has the length 2.</summary>
    /// <param name="means">Means of the training data.</param>
    /// <param name="lowest">Lowest values.</param>
    /// <param name="highest">Highest values.</param>
    public static InputScaling Centered(double[] means, double[] lowest, double[] highest)
    {
        ArgumentNullException.ThrowIfNull(means);
        double[] factors = [.. lowest.Zip(highest, (low, high) => high - low > SmallestSpread * Math.Max(1, Math.Abs(high))
            ? 2 / (high - low) : 1)];
        return new InputScaling(means, factors, lowest, highest);
    }

    /// <summary>
    /// Inputs that are 0 where a function is 0, and 1 at its largest value: those of an element that is absent say exactly nothing.
    /// </summary>
    /// <param name="lowest">Lowest values.</param>
    /// <param name="highest">Highest values, none below 0.</param>
    public static InputScaling FromZero(double[] lowest, double[] highest)
    {
        ArgumentNullException.ThrowIfNull(highest);
        return new InputScaling(new double[highest.Length], [.. highest.Select(high => high > SmallestSpread ? 1 / high : 1)], lowest,
            highest);
    }

    /// <summary>The inputs of an atom.</summary>
    public void Apply(ReadOnlySpan<double> values, Span<double> inputs)
    {
        for (int i = 0; i < values.Length; i++)
            inputs[i] = (values[i] - Shift[i]) * Factor[i];
    }
}
