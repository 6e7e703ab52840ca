namespace CrystalHpc.Engine.Report;

/// <summary>Where an axis is marked, and with what words.</summary>
/// <param name="Value">Value on the scale.</param>
/// <param name="Label">How people read it.</param>
public readonly record struct Tick(double Value, string Label);

/// <summary>Maps values to places along one direction of a drawing.</summary>
/// <param name="Low">Value at the start.</param>
/// <param name="High">Value at the end.</param>
/// <param name="Start">Place of the lowest value, in units of the drawing.</param>
/// <param name="End">Place of the highest value; may lie before the start, as on vertical axes.</param>
public abstract record Scale(double Low, double High, double Start, double End)
{
    /// <summary>Place of a value.</summary>
    public double Map(double value) => Start + Fraction(value) * (End - Start);

    /// <summary>Place of a value; values beyond an end are put there.</summary>
    public double MapInside(double value) => Start + Math.Clamp(Fraction(value), 0, 1) * (End - Start);

    /// <summary>True for values that the scale shows.</summary>
    public bool Holds(double value) => value >= Low && value <= High;

    /// <summary>About so many round values between the ends.</summary>
    public abstract IReadOnlyList<Tick> Ticks(int about);

    /// <summary>0 at the low end, 1 at the high end.</summary>
    protected abstract double Fraction(double value);
}

/// <summary>Equal differences are equally far apart.</summary>
public sealed record LinearScale(double Low, double High, double Start, double End) : Scale(Low, High, Start, End)
{
    /// <summary>Distance of the marks; 0 to choose it when asked.</summary>
    private double TickStep { get; init; }

    /// <summary>A scale whose ends are round values at or beyond the given ones.</summary>
    public static LinearScale Round(double low, double high, double start, double end, int about)
    {
        if (!(high > low))
            high = low + 1;
        double step = TickMarks.Step(low, high, about);
        return new LinearScale(Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step, start, end) {
            TickStep = step };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(int about)
        => TickMarks.Linear(Low, High, TickStep > 0 ? TickStep : TickMarks.Step(Low, High, about));

    /// <inheritdoc/>
    protected override double Fraction(double value) => (value - Low) / (High - Low);
}

/// <summary>Equal ratios are equally far apart; the ends are positive.</summary>
public sealed record LogScale(double Low, double High, double Start, double End) : Scale(Low, High, Start, End)
{
    /// <summary>A scale from a power of ten to a power of ten.</summary>
    public static LogScale Round(double low, double high, double start, double end)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9), last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        return new LogScale(TickMarks.PowerOfTen(first), TickMarks.PowerOfTen(Math.Max(last, first + 1)), start, end);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tick> Ticks(int about) => TickMarks.Logarithmic(Low, High, about);

    /// <inheritdoc/>
    protected override double Fraction(double value) => Math.Log(value / Low) / Math.Log(High / Low);
}
