namespace CrystalHpc.Core.Optimization;

/// <summary>Lower and upper limits of each parameter; infinite where there is none.</summary>
public sealed class Bounds
{
    private readonly double[] _lower;
    private readonly double[] _upper;

    /// <summary>Limits from two vectors of the same length, lower not above upper.</summary>
    public Bounds(IEnumerable<double> lower, IEnumerable<double> upper)
    {
        (_lower, _upper) = ([.. lower], [.. upper]);
        if (_lower.Length != _upper.Length || _lower.Zip(_upper).Any(pair => !(pair.First <= pair.Second)))
            throw new ArgumentException("bounds differ in length or are not in order");
    }

    /// <summary>No limits.</summary>
    public static Bounds None(int parameterCount) =>
        new(Enumerable.Repeat(double.NegativeInfinity, parameterCount), Enumerable.Repeat(double.PositiveInfinity, parameterCount));

    /// <summary>Number of parameters.</summary>
    public int Count => _lower.Length;

    /// <summary>Lower limits.</summary>
    public ReadOnlySpan<double> Lower => _lower;

    /// <summary>Upper limits.</summary>
    public ReadOnlySpan<double> Upper => _upper;

    /// <summary>The value moved to the nearest limit if it lies outside; NaN stays NaN.</summary>
    public double Clip(int index, double value) => value < _lower[index] ? _lower[index] : value > _upper[index] ? _upper[index] : value;
}
