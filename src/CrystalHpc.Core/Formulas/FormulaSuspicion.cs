using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Formulas;

/// <summary>Formulas that are legal and hardly meant: capitals for small letters, zero for O, a lost separator, an abbreviation.</summary>
public static class FormulaSuspicion
{
    private const int ManyAtoms = 100;

    // Written in capitals these begin with two other symbols; CO, HF, NO and CS2 are compounds themselves.
    private static readonly string[] Metals = ["SI", "SN", "NI", "NB", "BI", "IN", "SB", "SC", "CU", "PB", "YB"];

    /// <summary>What is odd about a formula that was read; null when nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="formula">What it was read as.</param>
    public static Finding? Of(ReadOnlySpan<char> text, Formula formula)
    {
        ArgumentNullException.ThrowIfNull(formula);
        string? reason = ReasonOf(text.Trim(), formula);
        return reason is null ? null : new Finding(FormulaFindings.Suspicious, 1, 1, reason);
    }

    private static string? ReasonOf(ReadOnlySpan<char> text, Formula formula)
    {
        bool isUpper = !text.ContainsAnyInRange('a', 'z');
        if (isUpper && StartsWithMetal(text))
            return $"capitals only: {text[0]} and {text[1]}, not {text[0]}{char.ToLowerInvariant(text[1])}";
        if (isUpper && text.Length >= 4 && !text.ContainsAnyExceptInRange('A', 'Z') && formula.Terms.Count == text.Length)
            return "capitals without amounts are often an abbreviation";
        if (!isUpper && text.Contains("CI", StringComparison.Ordinal))
            return "C and I, not Cl";
        if (HasLeadingZero(text))
            return "an amount begins with 0: O may be meant";
        if (formula.Terms is [{ Element.Symbol: not "C" } only] && only.Amount == new Rational(20))
            return "20 atoms of one element: 2 and O may be meant";
        if (EndsWithLostHydrate(text))
            return "a separator may be lost before the last H2O";
        return formula.Terms.Any(term => term.Amount > new Rational(ManyAtoms) && term.Amount.IsWhole) && formula.Terms.Count == 1
            ? "an amount that large is often part of a name"
            : null;
    }

    private static bool StartsWithMetal(ReadOnlySpan<char> text)
    {
        foreach (string metal in Metals)
        {
            if (text.StartsWith(metal, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool HasLeadingZero(ReadOnlySpan<char> text)
    {
        for (int i = 1; i + 1 < text.Length; i++)
        {
            if (text[i] == '0' && char.IsAsciiLetter(text[i - 1]) && char.IsAsciiDigit(text[i + 1]))
                return true;
        }

        return false;
    }

    // An amount of ten and more, in which the last digit may be the coefficient: CoSO47H2O.
    private static bool EndsWithLostHydrate(ReadOnlySpan<char> text) =>
        text.Length > 5 && text.EndsWith("H2O", StringComparison.Ordinal) && char.IsAsciiDigit(text[^4]) && char.IsAsciiDigit(text[^5])
        && !text.ContainsAny('.', '\u00B7', '*') && text[..^3].TrimEnd("0123456789").EndsWith("O", StringComparison.Ordinal);
}
