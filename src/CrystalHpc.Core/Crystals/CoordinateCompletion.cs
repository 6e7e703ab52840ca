using CrystalHpc.Core.Cif;

namespace CrystalHpc.Core.Crystals;

/// <summary>Completes coordinates that are written with few digits but must be fractions without a finite decimal, such as 0.333 for 1/3.</summary>
internal static class CoordinateCompletion
{
    // With one decimal every coordinate would be near a third; with seven and more, rounding is no longer seen.
    private const int FewestDecimals = 2;
    internal const int MostDecimals = 6;

    /// <summary>
    /// True when the number is a multiple of 1/24, though not of 1/8 (which is exact with three decimals), rounded or cut off at its last
    /// digit. Fewer digits allow only simpler fractions: two decimals sixths, three decimals twelfths.
    /// </summary>
    /// <param name="number">A coordinate without standard uncertainty: refined coordinates are not fixed by symmetry.</param>
    /// <param name="completed">The fraction.</param>
    public static bool TryComplete(CifNumber number, out double completed)
    {
        completed = number.Value;
        if (number.DecimalPlaces is < FewestDecimals or > MostDecimals)
            return false;
        int denominator = number.DecimalPlaces switch { 2 => 6, 3 => 12, _ => 24 };
        double numerator = Math.Round(number.Value * denominator);
        double fraction = numerator / denominator;
        if (numerator % 3 == 0)
            return false;
        double unit = Math.Pow(10, -number.DecimalPlaces);
        double lacking = Math.Abs(fraction) - Math.Abs(number.Value);
        bool rounded = Math.Abs(lacking) <= 0.5 * unit;
        bool cut = number.DecimalPlaces > FewestDecimals && lacking > 0 && lacking < unit;
        if (!rounded && !cut)
            return false;
        completed = fraction;
        return true;
    }
}
