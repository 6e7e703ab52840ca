namespace CrystalHpc.Core.Crystals;

/// <summary>What is known of a measured value: a number, or two between which it lies.</summary>
/// <param name="Low">Least possible value.</param>
/// <param name="High">Greatest possible value; may be infinite.</param>
public readonly record struct ValueRange(double Low, double High)
{
    /// <summary>A value that is known.</summary>
    public static ValueRange Exactly(double value) => new(value, value);

    /// <summary>
    /// The value where it is known, else the middle of what it may be; the finite end where there is but one, null where there is none.
    /// </summary>
    public double? Typical => !double.IsFinite(Low) ? null : Low == High || !double.IsFinite(High) ? Low : (Low + High) / 2;

    /// <summary>Everything that either may be, and what lies between.</summary>
    public ValueRange Hull(ValueRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    /// <summary>Both ends times a positive factor.</summary>
    internal ValueRange Times(double factor) => new(Low * factor, High * factor);

    /// <summary>Such as <c>293</c>, <c>4.2 to 299</c>.</summary>
    public override string ToString() => Low == High
        ? FormattableString.Invariant($"{Low:0.######}")
        : FormattableString.Invariant($"{Low:0.######} to {High:0.######}");
}
