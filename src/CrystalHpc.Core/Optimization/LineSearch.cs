namespace CrystalHpc.Core.Optimization;

/// <summary>
/// A step along a line that fulfils the strong Wolfe conditions (Nocedal and Wright 2006, Algorithms 3.5 and 3.6, with secants of the
/// slope).
/// Near a minimum, where the function no longer resolves the step, decrease counts up to rounding and the slope decides, after
/// Hager and Zhang (2005), doi 10.1137/030601880. A value that is not finite counts as too high.
/// </summary>
/// <param name="objective">Function and gradient.</param>
/// <param name="curvature">The slope at the accepted step is at most this part of that at the start: 0.9 for quasi-Newton directions, 0.1
/// for conjugate ones.</param>
internal sealed class LineSearch(IObjective objective, double curvature = 0.9)
{
    private const double SufficientDecrease = 1e-4;
    private const double Rounding = 1e-14;
    private const int MaxEvaluations = 40;

    private readonly double[] _trial = new double[objective.ParameterCount];
    private readonly double[] _gradient = new double[objective.ParameterCount];

    /// <summary>Point of the last evaluation: the accepted one after a search that succeeded.</summary>
    public ReadOnlySpan<double> Point => _trial;

    /// <summary>Gradient at <see cref="Point"/>.</summary>
    public ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>Value at <see cref="Point"/>.</summary>
    public double Value { get; private set; }

    /// <summary>Evaluations in the last search.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Searches along origin + step * direction.</summary>
    /// <param name="origin">Start of the line.</param>
    /// <param name="direction">Direction of descent.</param>
    /// <param name="value">Function value at the start.</param>
    /// <param name="slope">Derivative along the direction at the start, negative.</param>
    /// <param name="firstStep">First step to try.</param>
    /// <param name="maxStep">Largest step that stays within the bounds.</param>
    /// <param name="bounds">Bounds, against the last bit of rounding.</param>
    /// <returns>False when no step is good enough.</returns>
    public bool TrySearch(
        ReadOnlySpan<double> origin, ReadOnlySpan<double> direction, double value, double slope, double firstStep, double maxStep,
        Bounds bounds)
    {
        Evaluations = 0;
        double ceiling = Rounding * Math.Abs(value);
        double low = 0, lowSlope = slope, lowValue = value;
        double high = double.NaN, highSlope = double.NaN;
        double step = Math.Min(firstStep, maxStep);
        while (Evaluations < MaxEvaluations)
        {
            double stepSlope = Evaluate(origin, direction, step, bounds);
            bool isFinite = double.IsFinite(Value) && double.IsFinite(stepSlope);
            if (!isFinite || Value > value + SufficientDecrease * step * slope + ceiling || Value > lowValue + ceiling)
            {
                (high, highSlope) = (step, isFinite ? stepSlope : double.NaN);
            }
            else if (Math.Abs(stepSlope) <= curvature * Math.Abs(slope) || (stepSlope < 0 && step >= maxStep))
            {
                return true;
            }
            else
            {
                // The minimum lies on the side to which the slope points down.
                if (stepSlope * (double.IsNaN(high) ? 1 : high - low) > 0)
                    (high, highSlope) = (low, lowSlope);
                (low, lowSlope, lowValue) = (step, stepSlope, Value);
            }

            step = double.IsNaN(high) ? Math.Min(4 * step, maxStep) : Between(low, lowSlope, high, highSlope);
            if (step == low || step == high)
                return false;
        }

        return false;
    }

    private double Evaluate(ReadOnlySpan<double> origin, ReadOnlySpan<double> direction, double step, Bounds bounds)
    {
        for (int i = 0; i < _trial.Length; i++)
            _trial[i] = bounds.Clip(i, origin[i] + step * direction[i]);
        Value = objective.Evaluate(_trial, _gradient);
        Evaluations++;
        double slope = 0;
        for (int i = 0; i < _trial.Length; i++)
            slope += _gradient[i] * direction[i];
        return slope;
    }

    // Where the secant of the slopes vanishes, kept off both ends; the middle when the slopes do not bracket a minimum.
    private static double Between(double low, double lowSlope, double high, double highSlope)
    {
        double fraction = lowSlope * highSlope < 0 ? lowSlope / (lowSlope - highSlope) : 0.5;
        return low + Math.Clamp(fraction, 0.1, 0.9) * (high - low);
    }
}
