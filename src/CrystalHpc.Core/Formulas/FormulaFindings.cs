using CrystalHpc.Core.Findings;

namespace CrystalHpc.Core.Formulas;

/// <summary>Why the text of a formula is refused, and what is odd about one that was read.</summary>
public static class FormulaFindings
{
    /// <summary>Nothing there.</summary>
    public static readonly FindingCode Missing = Error(
        "formula-missing", "There is no formula: the text is empty or a mark for a missing value.");

    /// <summary>No element.</summary>
    public static readonly FindingCode UnknownSymbol = Error("formula-unknown-symbol", "A symbol is none of an element.");

    /// <summary>Lower case where a symbol begins.</summary>
    public static readonly FindingCode LetterCase = Error(
        "formula-letter-case", "A small letter stands where a symbol begins: Co and CO cannot be told apart without capitals.");

    /// <summary>A variable.</summary>
    public static readonly FindingCode Variable = Error("formula-variable", "An amount holds a variable, such as x or delta.");

    /// <summary>Arithmetic.</summary>
    public static readonly FindingCode Arithmetic = Error("formula-arithmetic", "An amount holds arithmetic, such as 1-0.3.");

    /// <summary>A range.</summary>
    public static readonly FindingCode Range = Error("formula-range", "An amount is a range, approximate or an inequality.");

    /// <summary>A bad number.</summary>
    public static readonly FindingCode BadAmount = Error(
        "formula-bad-amount", "An amount is zero, negative, malformed, too large or too precise for 64 bits, or stands alone.");

    /// <summary>Brackets that do not match.</summary>
    public static readonly FindingCode BadBracket = Error(
        "formula-bad-bracket", "A bracket is empty, not closed, not opened, or closed by another kind.");

    /// <summary>Too many brackets.</summary>
    public static readonly FindingCode TooDeep = Error("formula-too-deep", "Brackets are nested more than 64 deep.");

    /// <summary>A separator without a part.</summary>
    public static readonly FindingCode BadSeparator = Error(
        "formula-bad-separator", "A separator of parts has no part before or after it.");

    /// <summary>A period with two readings.</summary>
    public static readonly FindingCode AmbiguousPeriod = Error(
        "formula-ambiguous-period", "A period or comma can be a decimal or separate two parts (or thousands); a middle dot is clear.");

    /// <summary>Elements that share a site.</summary>
    public static readonly FindingCode SharedSite = Error("formula-shared-site", "Elements are listed with commas, without amounts.");

    /// <summary>A percentage.</summary>
    public static readonly FindingCode Percent = Error(
        "formula-percent", "The text states percentages; which are meant, of mass or atoms, is not certain.");

    /// <summary>A dopant.</summary>
    public static readonly FindingCode Dopant = Error(
        "formula-dopant", "A colon sets off a dopant, whose amount is not that of a formula.");

    /// <summary>Several substances.</summary>
    public static readonly FindingCode Mixture = Error("formula-mixture", "The text names several substances, or a reaction.");

    /// <summary>A charge with two readings.</summary>
    public static readonly FindingCode BadCharge = Error(
        "formula-bad-charge",
        "A charge stands inside the formula, cannot be told from an amount, or is an oxidation state in Roman numerals.");

    /// <summary>A superscript that is no isotope.</summary>
    public static readonly FindingCode BadIsotope = Error(
        "formula-bad-isotope", "A superscript, or a number before a symbol in brackets, is no mass number of the element that follows.");

    /// <summary>A phase.</summary>
    public static readonly FindingCode Label = Error(
        "formula-label", "A label of a phase or state stands beside the formula, such as alpha- or (l).");

    /// <summary>An identifier.</summary>
    public static readonly FindingCode Identifier = Error("formula-identifier", "The text is an identifier of a database.");

    /// <summary>Words.</summary>
    public static readonly FindingCode Text = Error("formula-text", "The text holds words that are no formula.");

    /// <summary>A foreign character.</summary>
    public static readonly FindingCode Character = Error(
        "formula-character", "A character is none of formulas: a letter of another alphabet, a quote, a control character.");

    /// <summary>Markup.</summary>
    public static readonly FindingCode Markup = Error("formula-markup", "Markup other than subscripts, superscripts and upright type.");

    /// <summary>Legal, but hardly meant.</summary>
    public static readonly FindingCode Suspicious = new(
        "formula-suspicious", FindingSeverity.Warning,
        "The formula is legal but may be a slip: a capital for a small letter, zero for O, a lost separator.");

    /// <summary>All codes of this part.</summary>
    public static IReadOnlyList<FindingCode> All { get; } =
    [
        Missing, UnknownSymbol, LetterCase, Variable, Arithmetic, Range, BadAmount, BadBracket, TooDeep, BadSeparator, AmbiguousPeriod,
        SharedSite,
        Percent, Dopant, Mixture, BadCharge, BadIsotope, Label, Identifier, Text, Character, Markup, Suspicious,
    ];

    private static FindingCode Error(string name, string meaning) => new(name, FindingSeverity.Error, meaning);
}
