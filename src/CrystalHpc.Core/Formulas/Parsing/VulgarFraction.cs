namespace CrystalHpc.Core.Formulas;

/// <summary>Fractions that are one character: one half, one third ...</summary>
internal static class VulgarFraction
{
    // U+2150 to U+215E in order; U+00BC to U+00BE are 1/4, 1/2, 3/4.
    private static readonly (int Numerator, int Denominator)[] Later =
    [
        (1, 7), (1, 9), (1, 10), (1, 3), (2, 3), (1, 5), (2, 5), (3, 5), (4, 5), (1, 6), (5, 6), (1, 8), (3, 8), (5, 8), (7, 8),
    ];

    /// <summary>Numerator and denominator.</summary>
    public static (int Numerator, int Denominator) Of(char fraction) => fraction switch
    {
        '\u00BC' => (1, 4),
        '\u00BD' => (1, 2),
        '\u00BE' => (3, 4),
        _ => Later[fraction - '\u2150'],
    };
}
