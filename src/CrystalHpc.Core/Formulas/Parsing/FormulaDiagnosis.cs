using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Formulas;

/// <summary>
/// What a text is that is no formula: a mark for a missing value, an identifier, a reaction ... Said instead of the place where reading
/// ended.
/// </summary>
internal static class FormulaDiagnosis
{
    private static readonly string[] MissingMarks =
    [
        "nan", "na", "n/a", "n.a.", "#n/a", "none", "null", "nil", "nat", "<na>", "-", "--", "?", ".", "missing", "unknown", "undefined",
    ];

    private static readonly string[] Databases =
    [
        "icsd", "cod", "csd", "ccdc", "pdf", "jcpds", "oqmd", "mp", "mvc", "aflow", "jvasp", "amcsd", "pcod", "agm", "tcod",
        "materials project",
    ];

    private static readonly string[] Arrows = ["->", "=>", "<=>", "\u2192", "\u21CC", "\u27F6", "\u2192"];

    /// <summary>Texts that read as formulas and are hardly meant so: NaN, and identifiers whose letters are all symbols.</summary>
    public static FormulaRefusal? OfLookalike(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> word = text.Trim();
        if (word is "NaN")
            return Refuse(FormulaFindings.Missing, 0, "a mark for a missing value; sodium nitrides are Na3N or Na1N1");
        return word.Length > 5 && word[0] is 'I' or 'C' or 'P' && IsIdentifier(word)
            ? Refuse(FormulaFindings.Identifier, 0, "an identifier of a database")
            : null;
    }

    /// <summary>A better reason where the whole text shows one, or else the reason given.</summary>
    public static FormulaRefusal Explain(ReadOnlySpan<char> text, FormulaRefusal refusal)
    {
        ReadOnlySpan<char> word = text.Trim();
        int start = text.Length - text.TrimStart().Length;
        if (IsAny(word, MissingMarks))
            return Refuse(FormulaFindings.Missing, start, "a mark for a missing value");
        if (word.Length > 0 && word[0] is '=' or '#' or '\'' or '"')
            return Refuse(FormulaFindings.Character, start, $"'{word[0]}' is that of a spreadsheet, or a quote");
        foreach (string arrow in Arrows)
        {
            if (text.Contains(arrow, StringComparison.Ordinal))
                return Refuse(FormulaFindings.Mixture, text.IndexOf(arrow, StringComparison.Ordinal), "a reaction");
        }

        if (text.Contains('%'))
            return Refuse(FormulaFindings.Percent, text.IndexOf('%'), "a percentage, of mass or of atoms");
        if (IsIdentifier(word))
            return Refuse(FormulaFindings.Identifier, start, "an identifier of a database");
        return IsPhase(word) ? Refuse(FormulaFindings.Label, start, "the label of a phase stands before the formula") : refusal;
    }

    private static FormulaRefusal Refuse(FindingCode code, int at, string reason) => new(code, at + 1, reason);

    private static bool IsAny(ReadOnlySpan<char> word, string[] words)
    {
        foreach (string candidate in words)
        {
            if (word.Equals(candidate, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // The name of a database, then a number of two digits or more.
    private static bool IsIdentifier(ReadOnlySpan<char> word)
    {
        foreach (string database in Databases)
        {
            if (!word.StartsWith(database, StringComparison.OrdinalIgnoreCase))
                continue;
            ReadOnlySpan<char> rest = word[database.Length..];
            ReadOnlySpan<char> number = rest.TrimStart(" -_:#.");
            int least = rest.Length > number.Length ? 1 : 4;
            if (number.Length >= least && !number.ContainsAnyExceptInRange('0', '9'))
                return true;
        }

        return false;
    }

    // alpha-Al2O3, c-Si, or words before the formula.
    private static bool IsPhase(ReadOnlySpan<char> word)
    {
        int letters = 0;
        while (letters < word.Length && (char.IsAsciiLetterLower(word[letters]) || word[letters] is >= '\u03B1' and <= '\u03C9'))
            letters++;
        ReadOnlySpan<char> rest = word[letters..];
        return letters > 0 && rest.Length > 1 && rest[0] is '-' or ' ' && char.IsAsciiLetterUpper(rest[1]);
    }
}
